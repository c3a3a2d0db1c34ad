import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../src/index.ts";
import type { Report } from "../../src/report/report.ts";
import { sideOf } from "../side.ts";
import { change } from "../systems/hypershift/judge.ts";
import { poolOf } from "../systems/hypershift/objects.ts";

const side = (label: string, text: string) => sideOf({ [`${label}.yaml`]: text }, label);
/** The pools with their effects, and what is said beside them; `!` where the report is not complete. */
function seen(base: string, head: string): string {
  const { pools, diagnostics, complete }: Report = analyze(side("base", base), side("head", head));
  const effects = pools.map(({ pool, effect }) => `${pool} ${effect}`);
  const codes = diagnostics.map(({ code }) => code);
  return [...effects, ...codes, ...(complete ? [] : ["!"])].join(", ");
}

const pool = (cores: number): string =>
  JSON.stringify(change(poolOf("KubeVirt"), { "metadata/name": "a", "spec/platform/kubevirt/compute/cores": cores }));

interface Says {
  readonly parent?: string;
  readonly own?: string;
  readonly type?: string;
}
const policy =
  ({ parent = "", own = "", type = "musthave" }: Says) =>
  (cores: number): string =>
    `apiVersion: policy.open-cluster-management.io/v1
kind: Policy
metadata: {name: p, namespace: policies}
spec:
  placeholder: true
  ${parent}
  policy-templates:
    - objectDefinition:
        apiVersion: policy.open-cluster-management.io/v1
        kind: ConfigurationPolicy
        metadata: {name: q}
        spec:
          ${own}
          object-templates:
            - complianceType: ${type}
              objectDefinition: ${pool(cores)}
`;
const work =
  (strategy: string) =>
  (cores: number): string =>
    `apiVersion: work.open-cluster-management.io/v1
kind: ManifestWork
metadata: {name: w, namespace: managed}
spec:
  manifestConfigs:
    - resourceIdentifier: {group: hypershift.openshift.io, resource: nodepools, namespace: clusters, name: other}
      updateStrategy: {type: ReadOnly}
    - resourceIdentifier: {group: hypershift.openshift.io, resource: nodepools, namespace: clusters, name: a}
      updateStrategy: {type: ${strategy}}
  workload: {manifests: [${pool(cores)}]}
`;
const syncSet =
  (behavior: string) =>
  (cores: number): string =>
    `apiVersion: hive.openshift.io/v1
kind: SyncSet
metadata: {name: s, namespace: managed}
spec:
  applyBehavior: ${behavior}
  resources: [${pool(cores)}]
`;
const crossplane =
  (may: string) =>
  (cores: number): string =>
    `apiVersion: kubernetes.crossplane.io/v1alpha2
kind: Object
metadata: {name: o}
spec:
  ${may}
  forProvider: {manifest: ${pool(cores)}}
`;

const enforce = policy({ own: "remediationAction: enforce" });
const inform = policy({ own: "remediationAction: inform" });
const forbid = policy({ own: "remediationAction: enforce", type: "mustnothave" });

for (const [what, applied] of [
  ["a policy that enforces", enforce],
  ["a policy of which nothing is said", policy({})],
  [
    "a policy whose parent enforces",
    policy({ parent: "remediationAction: Enforce", own: "remediationAction: inform" }),
  ],
  ["a work that updates", work("Update")],
  ["a SyncSet that applies", syncSet("Apply")],
  ["an Object that may do all", crossplane('managementPolicies: ["*"]')],
  ["an Object that may update", crossplane("managementPolicies: [Observe, Create, Update]")],
  ["an Object of which nothing is said", crossplane("managementPolicies: []")],
] as const)
  test(`${what} applies what is in it`, () => {
    assert.equal(seen(applied(2), applied(4)), "a replace");
    assert.equal(seen("", applied(4)), "a create");
    assert.equal(seen(applied(2), ""), "a delete");
  });

for (const [what, left] of [
  ["a policy that informs", inform],
  ["a policy whose parent informs", policy({ parent: "remediationAction: inform", own: "remediationAction: enforce" })],
  [
    "a policy that only ever informs",
    policy({ parent: "remediationAction: enforce", own: "remediationAction: InformOnly" }),
  ],
  ["a disabled policy", policy({ parent: "disabled: true", own: "remediationAction: enforce" })],
  ["a work that reads", work("ReadOnly")],
  ["an Object that observes", crossplane("managementPolicies: [Observe, Delete]")],
  ["an Object that observes, in the older way", crossplane("managementPolicy: ObserveDelete")],
] as const)
  test(`${what} applies nothing`, () => {
    assert.equal(seen(left(2), left(4)), "not-applied");
    assert.equal(seen("", left(4)), "");
    assert.equal(seen(left(2), ""), "");
  });

for (const [what, created] of [
  ["a work that creates", work("CreateOnly")],
  ["a SyncSet that creates", syncSet("CreateOnly")],
  ["an Object that may create", crossplane("managementPolicies: [Observe, Create]")],
] as const)
  test(`${what} leaves what is there as it is`, () => {
    assert.equal(seen(created(2), created(4)), "not-applied");
    assert.equal(seen("", created(4)), "a create");
    assert.equal(seen(created(2), ""), "a delete");
  });

test("what begins to be applied is not known, and what no longer is stays as it was", () => {
  assert.equal(seen(inform(2), enforce(2)), "begins-to-be-applied, !");
  assert.equal(seen(inform(2), enforce(4)), "a replace, begins-to-be-applied, !");
  assert.equal(seen(work("CreateOnly")(2), work("Update")(2)), "begins-to-be-applied, !");
  assert.equal(seen(enforce(2), inform(2)), "not-applied");
  assert.equal(seen(enforce(2), inform(4)), "not-applied");
});

test("what a policy forbids is deleted, unless it only informs", () => {
  assert.equal(seen(enforce(2), forbid(2)), "a delete");
  assert.equal(seen(inform(2), forbid(2)), "a delete");
  assert.equal(seen(forbid(2), enforce(2)), "a create");
  assert.equal(seen(forbid(2), forbid(4)), "");
  assert.equal(seen(forbid(2), ""), "");
  const said = policy({ own: "remediationAction: inform", type: "mustnothave" });
  assert.equal(seen(enforce(2), said(2)), "not-applied");
});
