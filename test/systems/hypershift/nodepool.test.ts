import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../../../src/manifests/manifest.ts";
import type { Effect } from "../../../src/rules/words.ts";
import { change, judge } from "./judge.ts";
import { clusterOf, type Platform, poolOf, type UpgradeType } from "./objects.ts";

type Changes = Readonly<Record<string, Json | undefined>>;
interface Case {
  readonly says: string;
  readonly on?: Platform;
  readonly upgrade?: UpgradeType;
  readonly from?: Changes;
  readonly to?: Changes;
  readonly clusterTo?: Changes;
  readonly effect: Effect;
}

const taints = [
  { key: "a", value: "1", effect: "NoSchedule" },
  { key: "b", effect: "NoExecute" },
];
const note = (name: string): string => `metadata/annotations/hypershift.openshift.io~1${name}`;

const cases: readonly Case[] = [
  { says: "more replicas", to: { "spec/replicas": 5 }, effect: "scale" },
  { says: "no replicas written out", from: { "spec/replicas": undefined }, to: { "spec/replicas": 0 }, effect: "none" },
  {
    says: "autoscaling instead of replicas",
    to: { "spec/replicas": undefined, "spec/autoScaling": { min: 5, max: 9 } },
    effect: "scale",
  },
  {
    says: "a higher maximum",
    from: { "spec/replicas": undefined, "spec/autoScaling": { min: 1, max: 3 } },
    to: { "spec/autoScaling/max": 4 },
    effect: "scale",
  },
  { says: "replicas where nobody manages machines", on: "None", to: { "spec/replicas": 5 }, effect: "none" },
  { says: "a label", to: { "spec/nodeLabels": { "example.com/team": "a" } }, effect: "new-nodes-only" },
  { says: "a label, InPlace", upgrade: "InPlace", to: { "spec/nodeLabels": { team: "a" } }, effect: "new-nodes-only" },
  { says: "a taint", to: { "spec/taints": taints }, effect: "new-nodes-only" },
  {
    says: "taints reordered",
    from: { "spec/taints": taints },
    to: { "spec/taints": taints.toReversed() },
    effect: "none",
  },
  { says: "a drain timeout", to: { "spec/nodeDrainTimeout": "10m" }, effect: "inplace" },
  {
    says: "the same drain timeout in another unit",
    from: { "spec/nodeDrainTimeout": "10m" },
    to: { "spec/nodeDrainTimeout": "600s" },
    effect: "none",
  },
  {
    says: "a detach timeout, InPlace",
    upgrade: "InPlace",
    to: { "spec/nodeVolumeDetachTimeout": "10m" },
    effect: "inplace",
  },
  { says: "repair of unhealthy nodes", to: { "spec/management/autoRepair": true }, effect: "none" },
  {
    says: "a surge",
    to: { "spec/management/replace": { strategy: "RollingUpdate", rollingUpdate: { maxSurge: 3 } } },
    effect: "none",
  },
  {
    says: "nodes at a time, InPlace",
    upgrade: "InPlace",
    to: { "spec/management/inPlace/maxUnavailable": "20%" },
    effect: "none",
  },
  { says: "labels of the object", to: { "metadata/labels": { app: "x" } }, effect: "none" },
  {
    says: "an annotation of another tool",
    to: { "metadata/annotations/argocd.argoproj.io~1sync-wave": "3" },
    effect: "none",
  },
  { says: "a health check annotation", to: { [note("machine-health-check-timeout")]: "9m" }, effect: "none" },
  {
    says: "an annotation that the controller sets",
    to: { [note("canonical-data-plane-images")]: "true" },
    effect: "unknown",
  },
  { says: "no machine management", clusterTo: { [note("disable-machine-management")]: "true" }, effect: "unknown" },
  {
    says: "status and server metadata",
    to: { status: { replicas: 2 }, "metadata/resourceVersion": "9" },
    effect: "none",
  },
  { says: "status of the cluster", clusterTo: { status: { version: { history: [] } } }, effect: "none" },
  {
    says: "a section of another platform",
    to: { "spec/platform/agent": { agentLabelSelector: { matchLabels: { rack: "r1" } } } },
    effect: "none",
  },
  {
    says: "fields of the control plane",
    clusterTo: { "spec/nodeSelector": { a: "b" }, "spec/configuration/oauth/tokenConfig/accessTokenMaxAgeSeconds": 5 },
    effect: "none",
  },
  {
    says: "credentials for the infrastructure cluster",
    on: "KubeVirt",
    clusterTo: {
      "spec/platform/kubevirt/credentials": {
        infraNamespace: "vms",
        infraKubeConfigSecret: { name: "k", key: "kubeconfig" },
      },
    },
    effect: "replace",
  },
];

for (const { says, on = "AWS", upgrade, from = {}, to = {}, clusterTo = {}, effect } of cases)
  test(`${effect}: ${says}`, () => {
    const pool = change(poolOf(on, upgrade), from);
    const judged = judge([clusterOf(on), pool], [change(clusterOf(on), clusterTo), change(pool, to)]).get(
      "clusters/workers",
    );
    const said = [...(judged?.causes ?? []), ...(judged?.checked ?? [])].map(({ rule }) => rule);
    assert.equal(judged?.effect ?? "none", effect, said.join(", "));
    assert.ok(said.length > 0, "a change is never passed over in silence");
  });

test("a pool whose platform section the controller refuses is frozen, and says what to wait for", () => {
  const pool = change(poolOf("KubeVirt"), { "spec/platform/kubevirt/additionalNetworks": undefined });
  const head = change(pool, { "spec/platform/kubevirt/attachDefaultNetwork": false });
  const judged = judge([clusterOf("KubeVirt"), pool], [clusterOf("KubeVirt"), head]).get("clusters/workers");
  assert.equal(judged?.effect, "none");
  assert.equal(judged?.pending?.until, "fixed");
  assert.equal(judged?.pending?.effect, "replace");
});
