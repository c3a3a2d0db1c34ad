import assert from "node:assert/strict";
import { test } from "node:test";
import { parsePath } from "../../../src/rules/path.ts";
import type { Shape } from "../../../src/rules/rows.ts";
import { loadTables } from "../../../src/systems/tables.ts";
import { leafPaths } from "../leaf-paths.ts";
import { compare, shoot, worker } from "./shoots.ts";

const table = loadTables().find(({ system }) => system === "gardener");
assert.ok(table !== undefined);
const shapeOf = (name: string): Shape => {
  const shape = table.shapes[name];
  assert.ok(shape !== undefined, name);
  return shape;
};
const leaves = [...leafPaths(shapeOf("shoot-spec"), "/spec")];

test("the shape holds every leaf of the API at the commit that was read, and those that older releases have", () => {
  // 337 leaves of ShootSpec; `controlPlane.exposure.dns` is an empty object upstream and counts as one. 20 that are gone:
  // oidcConfig, systemReserved of the Shoot and of pools, enableStaticTokenKubeconfig.
  assert.equal(new Set(leaves).size, 337 + 20);
  for (const leaf of [
    "/spec/provider/workers/*/taints/*/timeAdded",
    "/spec/kubernetes/kubelet/kubeReserved/pid",
    "/spec/cloudProfile/name",
  ])
    assert.ok(leaves.includes(leaf), leaf);
});

test("every leaf of the API has a rule", () => {
  const without = leaves.filter((leaf) => {
    const inPool = leaf.startsWith("/spec/provider/workers/*/");
    const path = inPool ? leaf.replace("/spec/provider/workers/*", "$pool") : leaf;
    const { root, segments } = parsePath(path, table.defaultRoot);
    const free = leaf.endsWith("/**");
    const concrete = free ? [...segments, "any"] : segments.map((segment) => (segment === "*" ? "0" : segment));
    return table.claims.covering(root, concrete).length === 0;
  });
  assert.deepEqual(without, []);
});

const providers = [
  "aws",
  "gcp",
  "azure",
  "openstack",
  "alicloud",
  "metal",
  "ironcore",
  "ironcore-metal",
  "stackit",
  "somebody",
];
test("what providers decide has a rule for each of them, known or not", () => {
  for (const type of providers) {
    const given = { "/spec/provider/type": type, "/spec/provider/infrastructureConfig": null };
    const before = shoot(given);
    for (const set of [
      { "/spec/provider/workers/a/providerConfig": { kind: "WorkerConfig" } },
      { "/spec/provider/workers/a/volume/encrypted": true },
      { "/spec/provider/workers/a/dataVolumes": [{ name: "data", type: "gp3", size: "10Gi", encrypted: true }] },
      { "/spec/provider/infrastructureConfig": { kind: "InfrastructureConfig" } },
      { "/spec/provider/controlPlaneConfig": { kind: "ControlPlaneConfig" } },
    ]) {
      // metal has no volumes at all, so its admission has refused the base already.
      if (type === "metal" && Object.keys(set).some((place) => /volume/i.test(place))) continue;
      const report = compare([before], [shoot({ ...given, ...set })]);
      const unknown = report.pools
        .flatMap(({ causes }) => causes)
        .filter(({ rule }) => rule === "gardener/unknown-field");
      assert.deepEqual(unknown, [], `${type} ${JSON.stringify(set)}`);
    }
  }
});

test("a field that the API does not have is unknown, with its line; a misspelled one is refused", () => {
  const base = shoot();
  const report = compare([base], [shoot({}, [worker("a", { futureKnob: 1 }), worker("b")])]);
  const [pool] = report.pools.filter(({ pool: name }) => name === "a");
  assert.equal(pool?.effect, "unknown");
  assert.equal(pool.causes[0]?.path, "/spec/provider/workers/a/futureKnob");
  assert.ok((pool.causes[0].line ?? 0) > 1);
  const refused = compare([base], [shoot({}, [worker("a", { minimun: 3 }), worker("b")])]);
  assert.deepEqual(
    refused.pools.map(({ effect }) => effect),
    ["rejected", "rejected"],
  );
});
