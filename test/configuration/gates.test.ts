import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { breachesOf, type GateSettings } from "../../src/configuration/gates.ts";
import { analyze } from "../../src/index.ts";
import type { PoolReport, Report } from "../../src/report/report.ts";
import { nodePool, release } from "../rendering/shoots.ts";
import { sideOf } from "../side.ts";

const pool = (cluster: string, name: string, more: Partial<PoolReport> = {}): PoolReport => ({
  system: "gardener",
  kind: "Shoot",
  namespace: "garden-prod",
  cluster,
  pool: name,
  effect: "replace",
  effects: ["replace"],
  pending: null,
  nodes: { minimum: 1, maximum: 3, surge: "1", unavailable: "0", strategy: null },
  causes: [],
  checked: [],
  ...more,
});

const report = (...pools: readonly PoolReport[]): Report => ({
  formatVersion: "1.0",
  tool: { name: "will-it-roll", version: "0" },
  rules: [],
  base: { label: "base", revision: null },
  head: { label: "head", revision: null },
  verdict: "replace",
  complete: true,
  counts: {},
  fingerprint: "",
  pools: [...pools],
  objects: [],
  diagnostics: [],
});

const hit = (of: Report, settings: Partial<GateSettings>): string[] =>
  breachesOf(of, { failOn: [], anyEffect: false, gates: [], ...settings }).map(
    (breach) => `${breach.gate}: ${breach.pools.map((one) => one.pool).join(" ")}`,
  );

const fleet = report(
  pool("payments-prod", "a", { labels: { stage: "production" } }),
  pool("payments-prod", "b", { effect: "inplace", effects: ["inplace", "scale"], labels: { stage: "production" } }),
  pool("search-prod", "c"),
  pool("search-dev", "d", { namespace: "garden-dev", effect: "none", effects: ["none"] }),
);

describe("gates", () => {
  it("hold a name too long for any pattern to be tried", () => {
    const gates = [{ name: "production", effects: ["replace" as const], pools: ["*-prod"] }];
    assert.deepEqual(hit(report(pool("a", "x".repeat(10_000))), { gates }).length, 1);
    assert.deepEqual(hit(report(pool("a", "x")), { gates }), []);
  });

  it("count every effect of a pool, not only its strongest", () => {
    assert.deepEqual(hit(fleet, { failOn: ["scale"] }), ["fail-on: b"]);
    assert.deepEqual(hit(fleet, { failOn: ["delete"] }), []);
    assert.deepEqual(hit(fleet, { anyEffect: true }), ["exit-code: a b c"]);
    assert.deepEqual(hit(fleet, { failOn: ["none"] }), [], "none is no effect to fail on");
  });

  it("hold where pools that nobody can name may have the effect", () => {
    const hidden: Report = { ...report(), verdict: "unknown", complete: false, unjudged: true };
    const gates = [{ name: "prod", effects: ["unknown" as const], clusters: ["*-prod"], maximum: { pools: 10 } }];
    assert.deepEqual(hit(hidden, { failOn: ["unknown"], anyEffect: true, gates }), [
      "fail-on: ",
      "exit-code: ",
      "prod: ",
    ]);
    assert.deepEqual(hit(hidden, { failOn: ["replace"], gates: [{ name: "prod", effects: ["delete"] }] }), []);
    assert.match(
      breachesOf(hidden, { failOn: ["unknown"], anyEffect: false, gates: [] })[0]?.because ?? "",
      /^there may be pools that could not be judged, so their effect is unknown$/,
    );
    const beside: Report = { ...fleet, complete: false, unjudged: true };
    assert.deepEqual(hit(beside, { failOn: ["unknown"] }), ["fail-on: "], "beside a stronger effect, which is allowed");
    assert.deepEqual(hit(beside, { gates }), ["prod: "]);
  });

  it("let nothing through without a maximum", () => {
    const gates = [{ name: "prod", effects: ["replace" as const], clusters: ["*-prod"] }];
    assert.deepEqual(hit(fleet, { gates }), ["prod: a c"]);
    assert.deepEqual(hit(report(pool("search-dev", "d")), { gates }), []);
  });

  it("say how much of what was found may pass", () => {
    const because = (maximum?: object): string | undefined =>
      breachesOf(fleet, { failOn: [], anyEffect: false, gates: [{ name: "g", effects: ["replace"], ...maximum }] })[0]
        ?.because;
    assert.equal(
      because(),
      "2 pools in 2 clusters with replace (garden-prod/payments-prod/a, garden-prod/search-prod/c); none allowed",
    );
    assert.equal(
      because({ maximum: { pools: 1 } }),
      "2 pools in 2 clusters with replace (garden-prod/payments-prod/a, garden-prod/search-prod/c); at most 1 pool allowed",
    );
    const named = "garden-prod/main/a, garden-prod/main/b, garden-prod/main/c";
    for (const [names, shown] of [
      ["abc", named],
      ["abcd", `${named} and 1 more`],
      ["abcde", `${named} and 2 more`],
    ] as const)
      assert.equal(
        breachesOf(report(...Array.from(names, (name) => pool("main", name))), {
          failOn: ["replace"],
          anyEffect: false,
          gates: [],
        })[0]?.because,
        `${names.length} pools with replace (${shown})`,
      );
  });

  it("count pools and clusters up to their maximum", () => {
    const gate = { name: "few", effects: ["replace" as const] };
    assert.deepEqual(hit(fleet, { gates: [{ ...gate, maximum: { pools: 2 } }] }), []);
    assert.deepEqual(hit(fleet, { gates: [{ ...gate, maximum: { pools: 1 } }] }), ["few: a c"]);
    assert.deepEqual(hit(fleet, { gates: [{ ...gate, maximum: { clusters: 1 } }] }), ["few: a c"]);
    assert.deepEqual(hit(fleet, { gates: [{ ...gate, maximum: { clusters: 2 } }] }), []);
  });

  it("count nodes up to their maximum, and hold where a pool does not say how many it may have", () => {
    const gate = { name: "blast radius", effects: ["replace" as const] };
    assert.deepEqual(hit(fleet, { gates: [{ ...gate, maximum: { nodes: 6 } }] }), []);
    assert.deepEqual(hit(fleet, { gates: [{ ...gate, maximum: { nodes: 5 } }] }), ["blast radius: a c"]);
    const because = (of: Report, maximum: object): string | undefined =>
      breachesOf(of, { failOn: [], anyEffect: false, gates: [{ ...gate, maximum }] })[0]?.because;
    assert.equal(
      because(fleet, { pools: 9, nodes: 5 }),
      "2 pools of up to 6 nodes in 2 clusters with replace (garden-prod/payments-prod/a, garden-prod/search-prod/c); at most 9 pools and 5 nodes allowed",
    );
    const nodes = { minimum: 2, maximum: null, surge: null, unavailable: null, strategy: null };
    assert.equal(
      because(report(pool("main", "a", { nodes })), { nodes: 1000 }),
      "1 pool of an unknown number of nodes in 1 cluster with replace (garden-prod/main/a); at most 1,000 nodes allowed",
    );
  });

  it("do not count what is no number of nodes against others", () => {
    const nodes = { minimum: -50, maximum: -50, surge: null, unavailable: null, strategy: null };
    const gates = [{ name: "nodes", effects: ["replace" as const], maximum: { nodes: 2 } }];
    assert.deepEqual(hit(report(pool("a", "a"), pool("a", "odd", { nodes })), { gates }), ["nodes: a odd"]);
  });

  it("tell clusters of one name in two namespaces apart", () => {
    const twins = report(pool("main", "a", { namespace: "garden-a" }), pool("main", "b", { namespace: "garden-b" }));
    assert.deepEqual(hit(twins, { gates: [{ name: "one", effects: ["replace"], maximum: { clusters: 1 } }] }), [
      "one: a b",
    ]);
  });

  it("tell clusters of one name in two applications apart", () => {
    const twins = report(pool("main", "a", { application: "env/dev" }), pool("main", "a", { application: "env/prod" }));
    const gates = [{ name: "one", effects: ["replace" as const], maximum: { clusters: 1 } }];
    assert.equal(
      breachesOf(twins, { failOn: [], anyEffect: false, gates })[0]?.because,
      "2 pools in 2 clusters with replace (garden-prod/main (env/dev)/a, garden-prod/main (env/prod)/a); at most 1 cluster allowed",
    );
  });

  it("name only effects that are there", () => {
    const found = breachesOf(fleet, { failOn: ["delete", "replace", "scale"], anyEffect: false, gates: [] });
    assert.match(found[0]?.because ?? "", /^3 pools with replace or scale \(/);
  });

  it("choose by pool, namespace and label", () => {
    const effects = ["replace", "inplace", "none"] as const;
    const by = (where: object): string[] => hit(fleet, { gates: [{ name: "g", effects: [...effects], ...where }] });
    assert.deepEqual(by({ pools: ["{a,d}"] }), ["g: a d"]);
    assert.deepEqual(by({ namespaces: ["garden-dev"] }), ["g: d"]);
    assert.deepEqual(by({ clusters: ["garden-prod/payments-prod"] }), ["g: a b"]);
    assert.deepEqual(by({ clusters: ["garden-*/search-*"] }), ["g: c d"]);
    assert.deepEqual(by({ clusters: ["garden-dev/*", "payments-*"] }), ["g: a b d"]);
    assert.deepEqual(by({ clusters: ["garden-dev/payments-prod"] }), []);
    assert.deepEqual(by({ labels: { stage: "prod*" } }), ["g: a b"]);
    assert.deepEqual(by({ labels: { stage: "*", team: "*" } }), []);
    assert.deepEqual(by({ labels: { constructor: "*" } }), []);
  });

  it("ask for labels of the cluster and of the pool's own object, as they were and as they are", () => {
    const labelled = (text: string, stage: string): string =>
      text.replace("metadata:\n", "metadata:\n  labels: " + stage + "\n");
    const held = (before: readonly string[], after: readonly string[]): string[] => {
      const [base, head] = [before, after].map((texts) => sideOf({ "a.yaml": texts.join("---\n") }));
      const labels = { stage: "production" };
      return hit(analyze(base!, head!), { gates: [{ name: "g", effects: ["replace", "delete"], labels }] });
    };
    const cluster = `apiVersion: hypershift.openshift.io/v1beta1
kind: HostedCluster
metadata:
  name: c
  namespace: clusters
spec:
  platform: {type: KubeVirt}
  release: {image: "${release}:4.18.1-x86_64"}
`;
    const [old, rolled] = [nodePool("c", "a", "", 2), nodePool("c", "a", "", 4)];
    const production = "{stage: production}";
    assert.deepEqual(held([labelled(cluster, production), old], [labelled(cluster, production), rolled]), ["g: a"]);
    assert.deepEqual(held([labelled(old, production)], [labelled(rolled, production)]), ["g: a"], "the NodePool alone");
    for (const other of ["{stage: test}", "{}"])
      assert.deepEqual(
        held([labelled(old, production)], [labelled(rolled, other)]),
        ["g: a"],
        "a change cannot take its pools out of a gate",
      );
    assert.deepEqual(held([labelled(old, "{stage: test}")], [labelled(rolled, production)]), ["g: a"]);
    assert.deepEqual(held([labelled(old, production)], []), ["g: a"], "a pool that goes away");
    assert.deepEqual(held([labelled(old, "{stage: test}")], [labelled(rolled, "{stage: test}")]), []);
  });
});
