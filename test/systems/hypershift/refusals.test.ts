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
  readonly pool?: readonly [Changes, Changes];
  readonly cluster?: readonly [Changes, Changes];
  readonly effect: Effect;
}

const refusals: readonly Case[] = [
  { says: "another architecture", pool: [{}, { "spec/arch": "arm64" }], effect: "rejected" },
  { says: "the default architecture written out", pool: [{}, { "spec/arch": "amd64" }], effect: "none" },
  { says: "another cluster", pool: [{}, { "spec/clusterName": "other" }], effect: "rejected" },
  { says: "another upgrade type", pool: [{}, { "spec/management": { upgradeType: "InPlace" } }], effect: "rejected" },
  { says: "replicas beside autoscaling", pool: [{}, { "spec/autoScaling": { min: 1, max: 3 } }], effect: "rejected" },
  {
    says: "crossed bounds",
    pool: [{}, { "spec/replicas": undefined, "spec/autoScaling": { min: 4, max: 3 } }],
    effect: "rejected",
  },
  {
    says: "scale from zero outside AWS and Azure",
    on: "KubeVirt",
    pool: [{}, { "spec/replicas": undefined, "spec/autoScaling": { min: 0, max: 3 } }],
    effect: "rejected",
  },
  {
    says: "scale from zero on AWS",
    pool: [{}, { "spec/replicas": undefined, "spec/autoScaling": { min: 0, max: 3 } }],
    effect: "scale",
  },
  {
    says: "parameters of InPlace under Replace",
    pool: [{}, { "spec/management/inPlace": { maxUnavailable: 1 } }],
    effect: "rejected",
  },
  {
    says: "OnDelete with parameters of a rolling update",
    pool: [
      { "spec/management/replace": { strategy: "RollingUpdate", rollingUpdate: { maxSurge: 1 } } },
      { "spec/management/replace/strategy": "OnDelete" },
    ],
    effect: "rejected",
  },
  {
    says: "OnDelete alone, where an apply keeps the parameters that the API server had filled in",
    pool: [{}, { "spec/management/replace": { strategy: "OnDelete" } }],
    effect: "rejected",
  },
  {
    says: "OnDelete that takes away the parameters that the manifest named",
    pool: [
      { "spec/management/replace": { strategy: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } },
      { "spec/management/replace": { strategy: "OnDelete" } },
    ],
    effect: "none",
  },
  {
    says: "from OnDelete to a rolling update",
    upgrade: "OnDelete",
    pool: [{}, { "spec/management/replace": undefined }],
    effect: "unknown",
  },
  {
    says: "an OS stream removed",
    pool: [{ "spec/osImageStream": { name: "rhel-9" } }, { "spec/osImageStream": undefined }],
    effect: "rejected",
  },
  {
    says: "an older OS stream",
    pool: [{ "spec/osImageStream": { name: "rhel-10" } }, { "spec/osImageStream/name": "rhel-9" }],
    effect: "rejected",
  },
  {
    says: "spot with a tenancy",
    pool: [{}, { "spec/platform/aws/placement": { marketType: "Spot", tenancy: "dedicated" } }],
    effect: "rejected",
  },
  {
    says: "capacity blocks without a reservation",
    pool: [{}, { "spec/platform/aws/placement": { marketType: "CapacityBlocks" } }],
    effect: "rejected",
  },
  {
    says: "a subnet by id and by filters",
    pool: [{}, { "spec/platform/aws/subnet/filters": [{ name: "a", values: ["b"] }] }],
    effect: "rejected",
  },
  {
    says: "another subnet on Azure",
    on: "Azure",
    pool: [{}, { "spec/platform/azure/subnetID": "/other" }],
    effect: "rejected",
  },
  {
    says: "services reordered",
    cluster: [
      {},
      {
        "spec/services": [
          { service: "Ignition", servicePublishingStrategy: { type: "Route" } },
          { service: "APIServer", servicePublishingStrategy: { type: "LoadBalancer" } },
        ],
      },
    ],
    effect: "rejected",
  },
  {
    says: "a capability disabled later",
    cluster: [{}, { "spec/capabilities": { disabled: ["ImageRegistry"] } }],
    effect: "rejected",
  },
  { says: "empty capabilities written out", cluster: [{}, { "spec/capabilities": {} }], effect: "none" },
  {
    says: "another size of etcd",
    cluster: [
      {},
      {
        "spec/etcd": {
          managementType: "Managed",
          managed: { storage: { type: "PersistentVolume", persistentVolume: { size: "16Gi" } } },
        },
      },
    ],
    effect: "rejected",
  },
  {
    says: "another platform of the cluster's",
    on: "Azure",
    cluster: [{}, { "spec/platform/azure/location": "northeurope" }],
    effect: "rejected",
  },
  { says: "another infrastructure id", cluster: [{}, { "spec/infraID": "other" }], effect: "rejected" },
  { says: "the infrastructure id removed", cluster: [{}, { "spec/infraID": undefined }], effect: "rejected" },
  {
    says: "encryption of secrets removed",
    cluster: [
      { "spec/secretEncryption": { type: "aescbc", aescbc: { activeKey: { name: "k" } } } },
      { "spec/secretEncryption": undefined },
    ],
    effect: "rejected",
  },
  { says: "a project of GCP", on: "GCP", cluster: [{}, { "spec/platform/gcp/project": "q" }], effect: "rejected" },
  {
    says: "the passthrough of KubeVirt",
    on: "KubeVirt",
    cluster: [{}, { "spec/platform/kubevirt/baseDomainPassthrough": false }],
    effect: "rejected",
  },
  {
    says: "a market type that there is not",
    pool: [{}, { "spec/platform/aws/placement": { marketType: "spot" } }],
    effect: "rejected",
  },
  {
    says: "a zone as a number",
    on: "Azure",
    pool: [{}, { "spec/platform/azure/availabilityZone": 1 }],
    effect: "rejected",
  },
  { says: "a pause as a boolean", pool: [{}, { "spec/pausedUntil": true }], effect: "rejected" },
  { says: "a number of replicas as text", pool: [{}, { "spec/replicas": "4" }], effect: "rejected" },
  { says: "repair as text", pool: [{}, { "spec/management/autoRepair": "true" }], effect: "rejected" },
  { says: "a label as a boolean", pool: [{}, { "spec/nodeLabels": { gpu: true } }], effect: "rejected" },
  {
    says: "a tag as a number",
    pool: [{}, { "spec/platform/aws/resourceTags": [{ key: "cc", value: 4711 }] }],
    effect: "rejected",
  },
  {
    says: "a tag of the cluster as a number",
    cluster: [{}, { "spec/platform/aws/resourceTags": [{ key: "cc", value: 4711 }] }],
    effect: "rejected",
  },
  {
    says: "an annotation of the cluster as a boolean",
    cluster: [{}, { "metadata/annotations": { a: true } }],
    effect: "rejected",
  },
  {
    says: "a value that was refused all along",
    pool: [{ "spec/platform/aws/placement": { marketType: "spot" } }, { "spec/replicas": 4 }],
    effect: "scale",
  },
  {
    says: "the shards of etcd reordered",
    cluster: [
      {
        "spec/etcd": {
          managementType: "Managed",
          managed: {
            shards: [
              { name: "a", replicas: 1 },
              { name: "b", replicas: 3 },
            ],
          },
        },
      },
      {
        "spec/etcd/managed/shards": [
          { name: "b", replicas: 3 },
          { name: "a", replicas: 1 },
        ],
      },
    ],
    effect: "none",
  },
  {
    says: "mirrors that are a text",
    cluster: [
      { "spec/imageContentSources": [{ source: "quay.io/a", mirrors: ["mirror.example.com/a"] }] },
      { "spec/imageContentSources": [{ source: "quay.io/a", mirrors: "mirror.example.com/a" }] },
    ],
    effect: "rejected",
  },
  {
    says: "registries that are a text",
    cluster: [{}, { "spec/configuration/image": { allowedRegistriesForImport: "quay.io" } }],
    effect: "rejected",
  },
];

for (const { says, on = "AWS", upgrade, pool = [{}, {}], cluster = [{}, {}], effect } of refusals)
  test(`${effect}: ${says}`, () => {
    const base = [change(clusterOf(on), cluster[0]), change(poolOf(on, upgrade), pool[0])];
    const head = [change(base[0] ?? {}, cluster[1]), change(base[1] ?? {}, pool[1])];
    const judged = judge(base, head).get("clusters/workers");
    assert.equal(judged?.effect ?? "none", effect, (judged?.causes ?? []).map(({ rule }) => rule).join(", "));
    assert.doesNotMatch(JSON.stringify(judged ?? null), /could not be evaluated/);
    if (effect === "rejected") assert.match(judged?.causes[0]?.because ?? "", /\S/);
  });

test("a refusal of the cluster takes every pool with it, one of a pool only that pool", () => {
  const base = [clusterOf("AWS"), poolOf("AWS"), poolOf("AWS", "InPlace", "infra")];
  const refusedCluster = judge(base, [change(clusterOf("AWS"), { "spec/infraID": "other" }), ...base.slice(1)]);
  assert.deepEqual(
    [...refusedCluster.values()].map(({ effect }) => effect),
    ["rejected", "rejected"],
  );
  const refusedPool = judge(base, [
    clusterOf("AWS"),
    change(poolOf("AWS"), { "spec/arch": "arm64" }),
    ...base.slice(2),
  ]);
  assert.equal(refusedPool.get("clusters/workers")?.effect, "rejected");
  assert.equal(refusedPool.get("clusters/infra")?.effect ?? "none", "none");
});

test("a new pool and a pool that goes away are not refused for what cannot change", () => {
  const pool = change(poolOf("KubeVirt"), { "spec/arch": "s390x", "spec/osImageStream": { name: "rhel-10" } });
  assert.equal(judge([clusterOf("KubeVirt")], [clusterOf("KubeVirt"), pool]).get("clusters/workers")?.effect, "create");
  assert.equal(judge([clusterOf("KubeVirt"), pool], [clusterOf("KubeVirt")]).get("clusters/workers")?.effect, "delete");
  assert.equal(judge([clusterOf("KubeVirt"), pool], []).get("clusters/workers")?.effect, "delete");
});

test("what is refused in an entry of a list is shown there", () => {
  const providers = (clientID: Json): Changes => ({
    "spec/configuration/oauth/identityProviders": [
      { name: "one", type: "Google", google: { clientID: "a" } },
      { name: "two", type: "Google", google: { clientID, hostedDomain: "x" } },
    ],
    "spec/platform/aws/resourceTags": [
      { key: "team", value: "a" },
      { key: "cost", value: "" },
    ],
  });
  const judged = judge([clusterOf("AWS"), poolOf("AWS")], [change(clusterOf("AWS"), providers(7)), poolOf("AWS")]);
  const causes = judged.get("clusters/workers")?.causes.filter(({ effect }) => effect === "rejected") ?? [];
  assert.deepEqual(
    causes.map(({ path, because }) => `${path} ${because.split(":")[0]}`),
    [
      "/spec/platform/aws/resourceTags/cost/value spec.platform.aws.resourceTags.cost.value",
      "/spec/configuration/oauth/identityProviders/1/google/clientID spec.configuration.oauth.identityProviders.two.google.clientID",
    ],
  );
});
