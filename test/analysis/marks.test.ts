import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../src/index.ts";
import type { JsonObject } from "../../src/manifests/manifest.ts";
import type { Report } from "../../src/report/report.ts";
import { shoot } from "../rendering/shoots.ts";
import { sideOf } from "../side.ts";
import { change, put } from "../systems/hypershift/judge.ts";
import { clusterOf, poolOf } from "../systems/hypershift/objects.ts";

const side = (label: string, text: string) => sideOf({ [`${label}.yaml`]: text }, label);
const written = (objects: readonly JsonObject[]): string =>
  objects.map((object) => `${JSON.stringify(object)}\n`).join("---\n");
const reportOf = (base: readonly JsonObject[], head: readonly JsonObject[]): Report =>
  analyze(side("base", written(base)), side("head", written(head)));
const effects = ({ pools }: Report): string[] => pools.map(({ pool, effect }) => `${pool} ${effect}`);
const reasons = ({ pools }: Report): string => pools.flatMap(({ causes }) => causes.map((one) => one.because)).join();

const [cluster, pool] = [clusterOf("AWS"), poolOf("AWS")];
const marked = (object: JsonObject, key: string, value: string, among = "annotations"): JsonObject =>
  put(object, `metadata/${among}/${key.replaceAll("/", "~1")}`, value);
const flux = "kustomize.toolkit.fluxcd.io";
const argo = "argocd.argoproj.io/sync-options";
/** The API server takes no other architecture for a pool that is there. */
const refused = (object: JsonObject): JsonObject => put(object, "spec/arch", "arm64");

test("a refused change rejects a pool that tells no tool to force it", () => {
  assert.deepEqual(effects(reportOf([cluster, pool], [cluster, refused(pool)])), ["workers rejected"]);
  for (const [key, value] of [
    [`${flux}/force`, "disabled"],
    [argo, "force=true"],
    [argo, "Force=false,Prune=false"],
    [`${flux}/ssa`, "enabled"],
  ] as const) {
    const from = marked(pool, key, value);
    assert.deepEqual(effects(reportOf([cluster, from], [cluster, refused(from)])), ["workers rejected"], value);
  }
});

for (const [key, value, among, said] of [
  [`${flux}/force`, "enabled", "annotations", /Flux then deletes the NodePool .*force: enabled$/],
  [`${flux}/force`, "Enabled", "labels", /Flux then deletes/],
  [argo, "ServerSideApply=false, Force=true", "annotations", /Argo CD then deletes .*sync-options: Force=true$/],
] as const)
  test(`a refused pool is deleted and made again that says ${key}: ${value}`, () => {
    const from = marked(pool, key, value, among);
    const report = reportOf([cluster, from], [cluster, refused(from)]);
    assert.deepEqual(effects(report), ["workers delete"]);
    assert.match(reasons(report), said);
    // The object that runs says so as well as the new one, and either is enough.
    assert.deepEqual(effects(reportOf([cluster, from], [cluster, refused(pool)])), ["workers delete"]);
    assert.deepEqual(effects(reportOf([cluster, pool], [cluster, refused(from)])), ["workers delete"]);
    // Nothing is there to be deleted.
    const invalid = put(from, "spec/management/upgradeType", "Sideways");
    assert.deepEqual(effects(reportOf([cluster], [cluster, invalid])), ["workers rejected"]);
    const unaffected = put(from, "spec/replicas", 7);
    assert.deepEqual(effects(reportOf([cluster, from], [cluster, unaffected])), ["workers scale"]);
  });

test("a refused HostedCluster that is forced takes all its pools along, a refused pool only itself", () => {
  const forced = marked(cluster, `${flux}/force`, "enabled");
  const two = change(pool, { "metadata/name": "other" });
  const moved = put(forced, "spec/infraID", "other");
  const report = reportOf([forced, pool, two], [moved, pool, two]);
  assert.deepEqual(effects(report).toSorted(), ["other delete", "workers delete"]);
  assert.match(reasons(report), /then deletes the HostedCluster/);
  const beside = reportOf([forced, pool, two], [forced, refused(pool), two]);
  assert.deepEqual(effects(beside).toSorted(), ["other none", "workers rejected"]);
});

test("a refused Shoot is deleted only where it confirms its deletion", () => {
  const text = (annotations: string, region: string, workers: readonly string[]): string =>
    shoot("a", workers)
      .replace("metadata:\n", `metadata:\n  annotations: { ${annotations} }\n`)
      .replace("region: eu-west-1", `region: ${region}`);
  const judged = (annotations: string): string[] =>
    effects(
      analyze(
        side("base", text(annotations, "eu-west-1", ["one"])),
        side("head", text(annotations, "eu-central-1", ["one", "two"])),
      ),
    );
  const force = `${flux}/force: enabled`;
  assert.deepEqual(judged(force), ["one rejected", "two rejected"]);
  assert.deepEqual(judged(`${force}, confirmation.gardener.cloud/deletion: "true"`), ["one delete", "two create"]);
  assert.deepEqual(judged('confirmation.gardener.cloud/deletion: "true"'), ["one rejected", "two rejected"]);
});

for (const [key, value, tool] of [
  [`${flux}/prune`, "disabled", "Flux"],
  [`${flux}/reconcile`, "disabled", "Flux"],
  [`${flux}/ssa`, "Ignore", "Flux"],
  [argo, "Delete=false,Prune=false", "Argo CD"],
  ["helm.sh/resource-policy", " Keep", "Helm"],
] as const)
  test(`of a removed pool with ${key}: ${value} it is said what keeps it`, () => {
    const said = reasons(reportOf([cluster, marked(pool, key, value)], [cluster]));
    assert.match(said, new RegExp(`deleted if your GitOps tool prunes; ${tool} leaves it as it is, since it says `));
    assert.doesNotMatch(reasons(reportOf([cluster, pool], [cluster])), /leaves it/);
    // The cluster goes, and its pool with it.
    const both = reasons(reportOf([cluster, marked(pool, key, value)], []));
    assert.match(both, /prunes\)$/);
  });

for (const [key, value, isNewToo] of [
  [`${flux}/reconcile`, "disabled", true],
  [`${flux}/ssa`, "ignore", true],
  [`${flux}/ssa`, "IfNotPresent", false],
  ["argocd.argoproj.io/hook", "Skip", true],
] as const)
  test(`of a changed pool with ${key}: ${value} it is said that the tool does not apply it`, () => {
    const notices = ({ diagnostics }: Report): string[] =>
      diagnostics.flatMap(({ code, message, file }) =>
        code === "hypershift/not-applied" ? [`${file} ${message}`] : [],
      );
    const larger = put(pool, "spec/platform/aws/instanceType", "m5.4xlarge");
    const report = reportOf([cluster, pool], [cluster, marked(larger, key, value)]);
    assert.deepEqual([effects(report), report.complete], [["workers replace"], true]);
    assert.match(notices(report).join(), /^head\.yaml The NodePool \S+ says .*: where .* changes nothing of it/);
    const isLive = notices(reportOf([cluster, marked(pool, key, value)], [cluster, larger])).length === 1;
    assert.equal(isLive, isNewToo && key.startsWith(flux));
    const created = notices(reportOf([cluster], [cluster, marked(pool, key, value)]));
    assert.equal(/does not create it/.test(created.join()), isNewToo);
    assert.deepEqual(notices(reportOf([cluster, pool], [cluster, larger])), []);
  });
