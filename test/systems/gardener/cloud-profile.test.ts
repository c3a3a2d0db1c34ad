import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, type Plain, type PlainObject, put, shoot } from "./shoots.ts";

const profile = (name: string, spec: PlainObject = {}, kind = "CloudProfile", namespace?: string): PlainObject => ({
  apiVersion: "core.gardener.cloud/v1beta1",
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  spec: {
    type: "aws",
    machineImages: [{ name: "gardenlinux", versions: [{ version: "1592.9.0" }] }],
    kubernetes: { versions: [{ version: "1.33.2" }] },
    ...spec,
  },
});
const certificate = { caBundle: "certificate" };
const inNamespace = (namespace: string, cloudProfile: Plain): PlainObject =>
  put(shoot({ "/spec/cloudProfile": cloudProfile }), ["metadata", "namespace"], namespace) as PlainObject;

test("a profile reaches the Shoots of every namespace that name it, and only those", () => {
  const shoots = [
    inNamespace("garden-a", { kind: "CloudProfile", name: "aws" }),
    inNamespace("garden-b", { name: "aws" }),
    inNamespace("garden-c", { kind: "CloudProfile", name: "aws-2" }),
  ];
  const { pools } = compare([...shoots, profile("aws")], [...shoots, profile("aws", certificate)]);
  assert.deepEqual(
    pools.map(({ namespace, pool, effect }) => `${namespace}/${pool} ${effect}`),
    ["garden-a/a inplace", "garden-a/b inplace", "garden-b/a inplace", "garden-b/b inplace"],
  );
});

test("a NamespacedCloudProfile reaches the Shoots of its namespace", () => {
  const named = { kind: "NamespacedCloudProfile", name: "own" };
  const shoots = [inNamespace("garden-a", named), inNamespace("garden-b", named)];
  const own = (spec: PlainObject): PlainObject => profile("own", spec, "NamespacedCloudProfile", "garden-a");
  const { pools } = compare([...shoots, own({})], [...shoots, own(certificate)]);
  assert.deepEqual(
    pools.map(({ namespace, effect }) => `${namespace} ${effect}`),
    ["garden-a inplace", "garden-a inplace"],
  );
});

test("a CloudProfile reaches the Shoots of the NamespacedCloudProfiles that it is the parent of", () => {
  const child = (name: string, namespace: string, parent: string): PlainObject => ({
    apiVersion: "core.gardener.cloud/v1beta1",
    kind: "NamespacedCloudProfile",
    metadata: { name, namespace },
    spec: { parent: { kind: "CloudProfile", name: parent } },
  });
  const others = [
    inNamespace("garden-a", { kind: "NamespacedCloudProfile", name: "own" }),
    inNamespace("garden-b", { kind: "NamespacedCloudProfile", name: "own" }),
    // A CloudProfile of the name of a NamespacedCloudProfile is not what such a Shoot means.
    inNamespace("garden-c", { kind: "NamespacedCloudProfile", name: "aws" }),
    child("own", "garden-a", "aws"),
    child("own", "garden-b", "gcp"),
    child("aws", "garden-c", "gcp"),
  ];
  const { pools } = compare([...others, profile("aws")], [...others, profile("aws", certificate)]);
  assert.deepEqual(
    pools.map(({ namespace, pool, effect }) => `${namespace}/${pool} ${effect}`),
    ["garden-a/a inplace", "garden-a/b inplace"],
  );
});

test("a version counts as the NamespacedCloudProfile dates it", () => {
  const named = inNamespace("garden-a", { kind: "NamespacedCloudProfile", name: "own" });
  const dated = (day: number): PlainObject => ({
    kubernetes: { versions: [{ version: "1.33.2", expirationDate: `2027-01-0${day}T00:00:00Z` }] },
  });
  const own = (spec: PlainObject): PlainObject => ({
    apiVersion: "core.gardener.cloud/v1beta1",
    kind: "NamespacedCloudProfile",
    metadata: { name: "own", namespace: "garden-a" },
    spec: { parent: { kind: "CloudProfile", name: "aws" }, ...spec },
  });
  const effectsWith = (spec: PlainObject): string[] =>
    compare([named, own(spec), profile("aws", dated(1))], [named, own(spec), profile("aws", dated(2))]).pools.map(
      ({ effect }) => effect,
    );
  assert.deepEqual(effectsWith({}), ["unknown", "unknown"]);
  assert.deepEqual(effectsWith(dated(5)), ["none", "none"]);
});

test("a new profile is no news for a Shoot that is made with it", () => {
  const { pools } = compare([], [shoot(), profile("aws")]);
  assert.deepEqual(
    pools.map(({ effect }) => effect),
    ["create", "create"],
  );
});

test("an image that goes into the profile and into the Shoot replaces the pool that takes it, whatever maintenance does", () => {
  const off = { "/spec/maintenance/autoUpdate": { machineImageVersion: false } };
  const images = [{ name: "gardenlinux", versions: [{ version: "1592.9.0" }, { version: "1877.4.0" }] }];
  const taken = { ...off, "/spec/provider/workers/a/machine/image/version": "1877.4.0" };
  const { pools } = compare([shoot(off), profile("aws")], [shoot(taken), profile("aws", { machineImages: images })]);
  assert.deepEqual(
    pools.map(({ pool, effect }) => `${pool} ${effect}`),
    ["a replace", "b none"],
  );
});
