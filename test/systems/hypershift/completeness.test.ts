import assert from "node:assert/strict";
import { test } from "node:test";
import type { CompiledTable } from "../../../src/rules/compile.ts";
import { fromPointer } from "../../../src/rules/path.ts";
import type { Rule } from "../../../src/rules/rule.ts";
import { loadTables } from "../../../src/systems/tables.ts";
import { leafPaths } from "../leaf-paths.ts";

interface Leaf {
  readonly object: string;
  readonly path: string;
}

const table = (): CompiledTable => {
  const found = loadTables().find(({ system }) => system === "hypershift");
  assert.ok(found);
  return found;
};

/** Every leaf of the specs of both CRDs, feature gates included. */
const leaves = (): Leaf[] =>
  Object.entries({ NodePool: "nodepool", HostedCluster: "hostedcluster" }).flatMap(([object, shape]) =>
    [...leafPaths(`@${shape}`, "/spec", (name) => table().shapes[name])].map((path) => ({ object, path })),
  );

/** A refusal with a condition answers for a field only while it refuses, so it is no rule for the other cases. */
const answersAlways = (rule: Rule): boolean => rule.type !== "refusal" || rule.row.when === undefined;

const rulesOf = (compiled: CompiledTable, { object, path }: Leaf): Rule[] =>
  [...compiled.claims.covering(object === "NodePool" ? "pool" : "cluster", fromPointer(path))].filter(answersAlways);

test("the CRDs are read whole: each leaf of both, once", () => {
  const all = leaves().map(({ object, path }) => `${object} ${path}`);
  assert.equal(new Set(all).size, all.length);
  assert.ok(all.includes("NodePool /spec/platform/aws/securityGroups/*/filters/*/values/*"));
  assert.ok(all.includes("HostedCluster /spec/configuration/proxy/readinessEndpoints/*"));
  assert.ok(all.length > 600, `${all.length} leaves`);
});

test("every leaf of both CRDs has a rule", () => {
  const compiled = table();
  const without = leaves().filter((leaf) => rulesOf(compiled, leaf).length === 0);
  assert.deepEqual(
    without.map(({ object, path }) => `${object} ${path}`),
    [],
    "fields without a rule: add a row to rules/hypershift that reads them",
  );
});

test("a field that no CRD has is claimed by no rule", () => {
  const compiled = table();
  for (const path of [
    "/spec/unheardOf",
    "/spec/platform/aws/unheardOf",
    "/spec/platform/aws/placement/unheardOf",
    "/spec/platform/kubevirt/rootVolume/persistent/unheardOf",
    "/spec/platform/openstack/additionalPorts/0/unheardOf",
    "/spec/management/unheardOf",
    "/spec/autoScaling/unheardOf",
  ])
    for (const object of ["NodePool", "HostedCluster"])
      assert.deepEqual(
        rulesOf(compiled, { object, path })
          .filter(({ type, row }) => !(type === "field" && row.when !== undefined))
          .map(({ name }) => name),
        [],
        `${object} ${path}`,
      );
});
