import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { analyze, type PoolReport, type Report } from "../../src/index.ts";
import { renderText } from "../../src/views/text.ts";
import { nodePool, release } from "../rendering/shoots.ts";
import { sideOf } from "../side.ts";
import { judge, orchard, orchardOf, poolOf, tableOf } from "./trial-table.ts";

const side = (...objects: readonly string[]) => sideOf({ "a.yaml": objects.join("---\n") });
const cluster = (pods: string, channel: string): string =>
  `apiVersion: hypershift.openshift.io/v1beta1
kind: HostedCluster
metadata: {name: c, namespace: clusters}
spec:
  channel: ${channel}
  networking: {clusterNetwork: [{cidr: ${pods}}]}
  platform: {type: KubeVirt}
  release: {image: "${release}:4.18.1-x86_64"}
`;
const pool = (cores: number): string => nodePool("c", "workers", "", cores);
const report = (before: readonly string[], after: readonly string[]): Report =>
  analyze(side(...before), side(...after));

describe("a change of two objects of which one is refused", () => {
  const found = report(
    [cluster("10.132.0.0/14", "stable-4.18"), pool(2)],
    [cluster("10.128.0.0/14", "stable-4.18"), pool(4)],
  );

  it("has the effects of the other too: gates ask for them", () => {
    assert.deepEqual(
      found.pools.map(({ effect, effects }) => [effect, effects]),
      [["rejected", ["rejected", "replace"]]],
    );
  });

  it("does not call them prevented", () => {
    const text = renderText(found, { color: false, width: 120 });
    assert.match(text, /^REPLACE /m);
    assert.match(text, /cores: 2 -> 4/);
  });

  it("has no effects of what the refused object asks for beside", () => {
    const refused = report([pool(2)], [pool(4).replace("clusterName: c", "clusterName: d")]);
    assert.deepEqual(
      refused.pools.map(({ effects }) => effects),
      [["rejected"]],
    );
  });
});

describe("what an applied object does beside a refused one", () => {
  const proxied = (proxy: string, ...lines: readonly string[]): string =>
    [`${cluster("10.132.0.0/14", "stable-4.18")}  configuration: {proxy: {httpProxy: "${proxy}"}}`, ...lines, ""].join(
      "\n",
    );
  const [before, after] = ["http://a:3128", "http://b:3128"];
  const effectsOf = (...sides: readonly [readonly string[], readonly string[]]) =>
    report(...sides).pools.map(({ effect, effects, pending, nodes }) => ({ effect, effects, pending, nodes }));

  it("is done with the refused object as it was, not as it was to be", () => {
    const inPlace = pool(2).replace("upgradeType: Replace", "upgradeType: InPlace");
    const [found] = effectsOf([proxied(before), pool(2)], [proxied(after), inPlace]);
    assert.deepEqual(found?.effects, ["rejected", "replace"]);
    const [other] = effectsOf([proxied(before), inPlace], [proxied(after), pool(2)]);
    assert.deepEqual(other?.effects, ["rejected", "inplace-drain"]);
  });

  it("does nothing where the refused object alone asked for anything", () => {
    const channel = (name: string, pods: string): readonly string[] => [cluster(pods, name), pool(2)];
    assert.deepEqual(
      effectsOf(channel("stable-4.18", "10.132.0.0/14"), channel("fast-4.18", "10.128.0.0/14"))[0]?.effects,
      ["rejected"],
    );
  });

  it("waits where the object as it was holds it back", () => {
    const paused = "  pausedUntil: 'true'";
    const moved = (text: string): string => text.replace("10.132.0.0/14", "10.128.0.0/14");
    const [found] = effectsOf([proxied(before, paused), pool(2)], [moved(proxied(before)), pool(4)]);
    assert.deepEqual(found?.effects, ["rejected"]);
    assert.equal(found.pending?.effect, "replace");
    const text = renderText(report([proxied(before, paused), pool(2)], [moved(proxied(before)), pool(4)]), {
      color: false,
      width: 120,
    });
    assert.match(text, /rejected; replace once unpaused/);
    assert.match(text, /cores: 2 -> 4/);
  });
});

describe("a pool that was to go to another cluster, and stays in one that a refused change leaves as it was", () => {
  const map = (cores: number): string =>
    `apiVersion: v1
kind: ConfigMap
metadata: {name: tuned, namespace: clusters}
data: {tuning: '{apiVersion: tuned.openshift.io/v1, kind: Tuned, metadata: {name: a}, spec: {profile: [{name: p, data: "[main]\n\n[sysctl]\n\nvm.swappiness=${cores}"}], recommend: [{profile: p, priority: 20}]}}'}
`;
  const tuned = (name: string): string =>
    pool(2).replace("clusterName: c", `clusterName: ${name}\n  tuningConfig: [{name: tuned}]`);
  const base = side(cluster("10.132.0.0/14", "stable-4.18"), tuned("c"), map(1));

  it("is told the same by the parts of a run as by all of it", () => {
    for (const name of ["d", "e", "f", "g", "h"]) {
      const head = side(cluster("10.128.0.0/14", "stable-4.18"), tuned(name), map(2));
      const whole = analyze(base, head);
      assert.deepEqual(
        whole.pools.map(({ effects }) => effects),
        [["rejected", "inplace"]],
      );
      const parts = [1, 2].flatMap((number) => analyze(base, head, { shard: { number, count: 2 } }).pools);
      assert.deepEqual(parts, whole.pools, name);
    }
  });
});

describe("a change that is refused, and of which another rule knows nothing", () => {
  const unknown = "  - {id: sight, from: /spec/fences/*/height, effect: unknown, because: sight, source: s}\n";
  const refusal = "  - {id: fences, at: /spec/fences/*/height, on: changed, because: fences stay, source: s}\n";
  const judged = (...refusals: readonly string[]): PoolReport => {
    const heights = (height: number) => orchardOf({ beds: [{ name: "a" }], fences: [{ height }, { height: 2 }] });
    const table = tableOf(orchard.replace("refusals:\n", `${unknown}refusals:\n${refusals.join("")}`));
    return poolOf(judge(table, [heights(1)], [heights(3)]), "a");
  };

  it("is refused alone, though the other rule calls it by the list in which it stands", () => {
    const { causes, effects } = judged(refusal);
    assert.deepEqual(effects, ["rejected"]);
    assert.deepEqual(
      causes.map(({ rule, path }) => [rule, path]),
      [["orchard/fences", "/spec/fences/0/height"]],
    );
  });

  it("is unknown where nobody refuses it", () => {
    assert.deepEqual(
      judged().causes.map(({ rule, effect, path }) => [rule, effect, path]),
      [["orchard/sight", "unknown", "/spec/fences"]],
    );
  });

  it("is refused alone for every pool of a cluster, of which the first alone asks for the refusal", () => {
    const ofInfra = (id: string): string =>
      cluster("10.132.0.0/14", "stable-4.18").replace("  channel", `  infraID: ${id}\n  channel`);
    const pools = ["a", "b"].map((name) => nodePool("c", name, "", 2));
    const { pools: judged } = analyze(side(ofInfra("c-1"), ...pools), side(ofInfra("c-2"), ...pools), {
      targets: { "hypershift-operator": "4.18" },
    });
    const refusal = [["hypershift/cluster-infra-id-immutable", "rejected"]];
    assert.deepEqual(
      judged.map(({ pool, causes }) => [pool, causes.map(({ rule, effect }) => [rule, effect])]),
      [
        ["a", refusal],
        ["b", refusal],
      ],
    );
  });
});
