import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../../../../src/manifests/manifest.ts";
import type { Effect } from "../../../../src/rules/words.ts";
import { change, judge } from "../judge.ts";
import { clusterOf, type Platform, poolOf } from "../objects.ts";

/** A value that operators before a version refuse, and one of the neighbours that they take. */
interface OlderPattern {
  readonly of: "pool" | "cluster";
  readonly on?: Platform;
  readonly at: string;
  readonly refused: Json;
  readonly taken: Json;
  /** The last operator with the pattern, and the first without, with what it does of the refused value. */
  readonly last: string;
  readonly next: string;
  readonly later: Effect;
}

const provider = (issuerURL: string): Json => [
  { name: "a", issuer: { issuerURL, audiences: ["b"] }, claimMappings: { username: { claim: "c" } } },
];
const keys = (arn: string): Json => ({
  type: "kms",
  kms: { provider: "AWS", aws: { region: "us-east-2", activeKey: { arn }, auth: { awsKms: "arn:aws:iam::a" } } },
});
const backup = (arn: string): Json => {
  const activeKey = { arn: "arn:aws:kms:us-east-2:111122223333:key/a" };
  const auth = { awsKms: "arn:aws:iam::a" };
  return { type: "kms", kms: { provider: "AWS", aws: { region: "us-east-2", activeKey, backupKey: { arn }, auth } } };
};
const ibmKeys = (url: string): Json => {
  const keyList = [{ crkID: "a", instanceID: "b", correlationID: "c", url, keyVersion: 1 }];
  const auth = { type: "Managed", managed: {} };
  return { type: "kms", kms: { provider: "IBMCloud", ibmcloud: { region: "us-south", auth, keyList } } };
};
const reserved = (capacityReservation: Json): Json => ({ capacityReservation });
const marketplace = (azureMarketplace: Json): Json => ({ type: "AzureMarketplace", azureMarketplace });
const disk = (diskStorageAccountType: string): Json => ({ sizeGiB: 128, diskStorageAccountType });
const provisioner = (name: string, platform: string): Json => ({
  provisionerConfig: { name, karpenter: { platform, aws: { roleARN: "arn:aws:iam::111122223333:role/a" } } },
});
const image = (version: string): Json => ({
  type: "AzureMarketplace",
  azureMarketplace: { publisher: "azureopenshift", offer: "aro4", sku: "aro_417", version },
});
const patterns: readonly OlderPattern[] = [
  {
    of: "cluster",
    at: "spec/secretEncryption",
    refused: backup("a"),
    taken: backup("arn:a"),
    last: "4.21",
    next: "4.22",
    later: "rejected",
  },
  {
    of: "cluster",
    at: "spec/secretEncryption",
    refused: ibmKeys("http://a"),
    taken: ibmKeys("https://a"),
    last: "4.21",
    next: "4.22",
    later: "rejected",
  },
  {
    of: "pool",
    on: "Azure",
    at: "spec/platform/azure/image",
    refused: image("417.9"),
    taken: image("417.9.1"),
    last: "4.17",
    next: "4.18",
    later: "rejected",
  },
  {
    of: "pool",
    at: "spec/taints",
    refused: [{ key: "a", value: "b-", effect: "NoSchedule" }],
    taken: [{ key: "a", value: "", effect: "NoSchedule" }],
    last: "4.17",
    next: "4.18",
    later: "rejected",
  },
  { of: "pool", at: "spec/release/image", refused: "-a", taken: "a1", last: "4.17", next: "4.18", later: "rejected" },
  {
    of: "pool",
    at: "spec/platform/aws/resourceTags",
    refused: [{ key: "a", value: "é" }],
    taken: [{ key: "a", value: "b<c" }],
    last: "5.0",
    next: "5.1",
    later: "rejected",
  },
  {
    of: "pool",
    at: "spec/platform/aws/resourceTags",
    refused: [{ key: "é", value: "b" }],
    taken: [{ key: "a;b", value: "b" }],
    last: "5.0",
    next: "5.1",
    later: "rejected",
  },
  {
    of: "cluster",
    at: "spec/platform/aws/resourceTags",
    refused: [{ key: "a", value: "é" }],
    taken: [{ key: "a", value: "b<c" }],
    last: "5.0",
    next: "5.1",
    later: "rejected",
  },
  {
    of: "cluster",
    at: "spec/platform/aws/resourceTags",
    refused: [{ key: "é", value: "b" }],
    taken: [{ key: "a;b", value: "b" }],
    last: "5.0",
    next: "5.1",
    later: "rejected",
  },
  {
    of: "cluster",
    at: "spec/release/image",
    refused: "-a",
    taken: "a1",
    last: "4.17",
    next: "4.18",
    later: "rejected",
  },
  {
    of: "cluster",
    at: "spec/controlPlaneRelease",
    refused: { image: "a b" },
    taken: { image: "a1" },
    last: "4.17",
    next: "4.18",
    later: "rejected",
  },
  {
    of: "cluster",
    at: "spec/clusterID",
    refused: "a",
    taken: "2f1c6a0e-5b7d-4d0e-9a43-0f6b7c8d9e10",
    last: "4.17",
    next: "4.18",
    later: "rejected",
  },
  {
    of: "pool",
    at: "spec/platform/aws/placement",
    refused: reserved({ marketType: "CapacityBlocks" }),
    taken: reserved({ id: "cr-0123456789abcdef0", marketType: "On-demand" }),
    last: "4.19",
    next: "4.20",
    later: "rejected",
  },
  {
    of: "pool",
    at: "spec/platform/aws/placement",
    refused: reserved({ id: "cr-0123456789abcdef0", marketType: "OnDemand" }),
    taken: reserved({ id: "cr-0123456789abcdef0", marketType: "CapacityBlocks" }),
    last: "4.19",
    next: "4.20",
    later: "replace",
  },
  {
    of: "pool",
    on: "Azure",
    at: "spec/platform/azure/image",
    refused: marketplace({ imageGeneration: "Gen1" }),
    taken: marketplace({ publisher: "azureopenshift", offer: "aro4", sku: "aro_420", version: "420.6.20250101" }),
    last: "4.20",
    next: "4.21",
    later: "unknown",
  },
  {
    of: "pool",
    on: "Azure",
    at: "spec/platform/azure/osDisk",
    refused: disk("Other_LRS"),
    taken: disk("UltraSSD_LRS"),
    last: "4.21",
    next: "4.22",
    later: "rejected",
  },
  {
    of: "pool",
    on: "Azure",
    at: "spec/platform/azure/diagnostics",
    refused: { storageAccountType: "Other" },
    taken: { storageAccountType: "Managed" },
    last: "4.21",
    next: "4.22",
    later: "rejected",
  },
  {
    of: "cluster",
    at: "spec/autoNode",
    refused: provisioner("Other", "AWS"),
    taken: provisioner("Karpenter", "AWS"),
    last: "4.21",
    next: "4.22",
    later: "rejected",
  },
  {
    of: "cluster",
    at: "spec/autoNode",
    refused: provisioner("Karpenter", "Azure"),
    taken: provisioner("Karpenter", "AWS"),
    last: "4.21",
    next: "4.22",
    later: "rejected",
  },
  { of: "cluster", at: "spec/issuerURL", refused: "a", taken: "/a", last: "4.17", next: "4.18", later: "rejected" },
  {
    of: "cluster",
    at: "spec/networking/apiServer",
    refused: { allowedCIDRBlocks: ["fd00::/8"] },
    taken: { allowedCIDRBlocks: ["10.0.0.0/8"] },
    last: "4.18",
    next: "4.19",
    later: "none",
  },
  {
    of: "cluster",
    at: "spec/configuration/authentication/oidcProviders",
    refused: provider("http://a"),
    taken: provider("https://a"),
    last: "4.20",
    next: "4.21",
    later: "rejected",
  },
  {
    of: "cluster",
    at: "spec/secretEncryption",
    refused: keys("a"),
    taken: keys("arn:aws:kms:us-east-2:111122223333:key/a"),
    last: "4.21",
    next: "4.22",
    later: "rejected",
  },
];

for (const { of, on = "AWS", at, refused, taken, last, next, later } of patterns)
  test(`${at} of a ${of}: operators up to ${last} refuse ${JSON.stringify(refused)}`, () => {
    const effect = (value: Json, operator: string): Effect => {
      const [cluster, pool] = [clusterOf(on), poolOf(on)];
      const head = of === "pool" ? [cluster, change(pool, { [at]: value })] : [change(cluster, { [at]: value }), pool];
      const targets = { "hypershift-operator": operator };
      return judge([cluster, pool], head, { targets }).get("clusters/workers")?.effect ?? "none";
    };
    assert.equal(effect(refused, last), "rejected");
    assert.notEqual(effect(taken, last), "rejected");
    assert.equal(effect(refused, next), later);
  });
