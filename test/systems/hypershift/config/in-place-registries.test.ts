import type { Effect } from "../../../../src/rules/words.ts";
import { configMap, type ConfigurationCase, runConfiguration } from "./configuration-run.ts";

type Mirrors = readonly (readonly [source: string, mirrors: readonly string[], policy?: string])[];

const entries = (mirrors: Mirrors): object[] =>
  mirrors.map(([source, list, mirrorSourcePolicy]) => ({ source, mirrors: list, mirrorSourcePolicy }));
const mirrorSet = (mirrors: Mirrors): string =>
  JSON.stringify({
    apiVersion: "config.openshift.io/v1",
    kind: "ImageDigestMirrorSet",
    metadata: { name: "mirrors" },
    spec: { imageDigestMirrors: entries(mirrors) },
  });
const contentPolicy = (mirrors: Mirrors): string =>
  JSON.stringify({
    apiVersion: "operator.openshift.io/v1alpha1",
    kind: "ImageContentSourcePolicy",
    metadata: { name: "mirrors" },
    spec: { repositoryDigestMirrors: entries(mirrors) },
  });
const signed = (scopes: readonly string[], more: object = {}, keyData = "QQ=="): string =>
  JSON.stringify({
    apiVersion: "config.openshift.io/v1",
    kind: "ClusterImagePolicy",
    metadata: { name: `signed-${scopes.join("-")}` },
    spec: { scopes, policy: { rootOfTrust: { policyType: "PublicKey", publicKey: { keyData } }, ...more } },
  });
const all = (...documents: readonly string[]): string => documents.join("\n---\n");

const inPlace = (
  says: string,
  before: string,
  after: string,
  effect: Effect,
  more: Partial<ConfigurationCase> = {},
): ConfigurationCase => ({
  says: `InPlace: ${says}`,
  upgrade: "InPlace",
  pool: { "spec/config": [{ name: "one" }] },
  beside: [configMap("one", { config: before })],
  besideTo: [configMap("one", { config: after })],
  effect,
  ...more,
});

// registries.conf is made of what all lists of mirrors say together.
runConfiguration([
  inPlace(
    "a source that mirrors itself alone",
    mirrorSet([["a", ["m"]]]),
    mirrorSet([
      ["a", ["m"]],
      ["b", ["b"], "NeverContactSource"],
      ["c", []],
    ]),
    "none",
  ),
  inPlace("mirrors in another kind", contentPolicy([["a", ["m"]]]), mirrorSet([["a", ["m"]]]), "none"),
  inPlace(
    "mirrors that another list names too",
    all(mirrorSet([["a", ["m", "n"]]]), contentPolicy([["a", ["n"]]])),
    mirrorSet([["a", ["m", "n"]]]),
    "none",
  ),
  inPlace(
    "a list of mirrors cut into two",
    mirrorSet([["a", ["m", "n", "o"]]]),
    mirrorSet([
      ["a", ["n", "o"]],
      ["a", ["m", "n"]],
    ]),
    "none",
  ),
  inPlace("the source behind its mirrors", mirrorSet([["a", ["m"]]]), mirrorSet([["a", ["m", "a"]]]), "none"),
  inPlace("the source before its mirrors", mirrorSet([["a", ["m"]]]), mirrorSet([["a", ["a", "m"]]]), "inplace"),
  inPlace("the order of mirrors", mirrorSet([["a", ["m", "n"]]]), mirrorSet([["a", ["n", "m"]]]), "inplace"),
  inPlace("a first mirror set without mirrors", "", mirrorSet([]), "inplace"),
  inPlace(
    "a source that is no longer contacted",
    mirrorSet([["a", ["m"]]]),
    mirrorSet([["a", ["m"], "NeverContactSource"]]),
    "inplace-drain",
  ),
  inPlace(
    "the policy of a source, written out",
    mirrorSet([["a", ["m"]]]),
    mirrorSet([["a", ["m"], "AllowContactingSource"]]),
    "none",
  ),
  inPlace("the last mirrors go away", mirrorSet([["a", ["m"]]]), mirrorSet([]), "inplace-drain"),
  inPlace("mirrors of the cluster that move into the pool", "", mirrorSet([["a", ["m"]]]), "none", {
    cluster: { "spec/imageContentSources": [{ source: "a", mirrors: ["m"] }] },
    clusterTo: { "spec/imageContentSources": null },
  }),
]);

// policy.json is made of scopes, and of what images there must be signed with.
runConfiguration([
  inPlace("a policy cut into two", signed(["a", "b"]), all(signed(["b"]), signed(["a"])), "none"),
  inPlace(
    "the usual identity, written out",
    signed(["a"]),
    signed(["a"], { signedIdentity: { matchPolicy: "MatchRepoDigestOrExact" } }),
    "none",
  ),
  inPlace(
    "another identity",
    signed(["a"]),
    signed(["a"], { signedIdentity: { matchPolicy: "MatchRepository" } }),
    "inplace",
  ),
  inPlace("another key", signed(["a"]), signed(["a"], {}, "Qg=="), "inplace"),
  inPlace("a scope more", signed(["a"]), signed(["a", "b"]), "inplace"),
  inPlace(
    "another key of one of two policies for a scope",
    all(signed(["a"]), signed(["a", "b"])),
    all(signed(["a"], {}, "Qg=="), signed(["a", "b"])),
    "inplace",
  ),
  inPlace(
    "two policies for a scope in another order",
    all(signed(["a"]), signed(["b", "a"], {}, "Qg==")),
    all(signed(["b", "a"], {}, "Qg=="), signed(["a"])),
    "none",
  ),
]);
