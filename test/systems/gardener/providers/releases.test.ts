import assert from "node:assert/strict";
import { test } from "node:test";
import { effectOf, loadBalancerClasses, type Part, reportOf, type TrialShoot, workerConfig } from "../trial-shoot.ts";

/** What a change of the WorkerConfig does under a release of the extension; an absent config stands for none at all. */
const under =
  (provider: string, kubernetes: string) =>
  (release: string, before: Part | undefined, after: Part | undefined): string => {
    const worker = (fields: Part | undefined): Part =>
      fields === undefined ? {} : { providerConfig: workerConfig(provider, fields) };
    return effectOf(
      { provider, kubernetes, worker: worker(before) },
      { worker: worker(after) },
      { targets: { [`provider-${provider}`]: release } },
    );
  };
const virtual = (amount: number, more: Part = {}): Part => ({
  nodeTemplate: { ...more, virtualCapacity: { "a/b": amount } },
});

test("provider-aws hashed single fields, then the JSON, then single fields again", () => {
  const aws = under("aws", "1.34.1");
  const effects = (before: Part | undefined, after: Part | undefined): string[] =>
    ["1.61", "1.65", "1.66", "1.67"].map((release) => aws(release, before, after));
  assert.deepEqual(effects(undefined, {}), ["none", "replace", "replace", "none"]);
  assert.deepEqual(effects({}, { volume: { iops: 4000 } }), ["none", "replace", "replace", "replace"]);
  assert.deepEqual(effects({}, { iamInstanceProfile: { name: "a" } }), ["replace", "replace", "replace", "replace"]);
  assert.equal(aws("1.66", {}, virtual(1)), "replace");
  assert.equal(aws("1.66", virtual(1), virtual(2)), "inplace");
  assert.equal(aws("1.67", {}, virtual(1)), "inplace");
});

test("provider-gcp before 1.44 sorted scopes and volumes, and hashed an encryption that is true", () => {
  const gcp = under("gcp", "1.35.1");
  const account = (...scopes: readonly string[]): Part => ({ serviceAccount: { email: "a", scopes } });
  const effects = (before: Part | undefined, after: Part | undefined): string[] =>
    ["1.43", "1.49", "1.50"].map((release) => gcp(release, before, after));
  assert.deepEqual(effects(account("a", "b"), account("b", "a")), ["none", "replace", "replace"]);
  assert.deepEqual(effects(undefined, {}), ["none", "replace", "none"]);
  assert.deepEqual(effects({}, { volume: {} }), ["none", "replace", "replace"]);
  const disk = (more: Part): Part => ({ dataVolumes: [{ name: "a", size: "1Gi", type: "pd-ssd", ...more }] });
  const base: TrialShoot = { provider: "gcp", worker: disk({}) };
  const encrypted = (release: string): string =>
    effectOf(base, { worker: disk({ encrypted: true }) }, { targets: { "provider-gcp": release } });
  assert.deepEqual(["1.43", "1.44"].map(encrypted), ["replace", "none"]);
});

test("provider-azure before 1.53 hashed an enabled diagnosticsProfile only", () => {
  const azure = under("azure", "1.35.1");
  const effects = (before: Part | undefined, after: Part | undefined): string[] =>
    ["1.52", "1.59", "1.60"].map((release) => azure(release, before, after));
  assert.deepEqual(effects({}, { diagnosticsProfile: { enabled: true } }), ["replace", "replace", "replace"]);
  assert.deepEqual(effects({}, { diagnosticsProfile: { enabled: false } }), ["none", "replace", "replace"]);
  assert.deepEqual(effects(undefined, {}), ["none", "replace", "none"]);
});

test("a release refuses what only later ones decode", () => {
  const effects = (provider: string, releases: readonly string[], after: Part): string[] =>
    releases.map((release) => under(provider, "1.35.1")(release, {}, after));
  assert.deepEqual(effects("aws", ["1.69", "1.70"], { placement: { tenancy: "dedicated" } }), ["rejected", "replace"]);
  assert.deepEqual(effects("gcp", ["1.48", "1.49"], { bootVolume: {} }), ["rejected", "replace"]);
  assert.deepEqual(effects("azure", ["1.56", "1.57"], { capacityReservation: {} }), ["rejected", "replace"]);
  assert.deepEqual(effects("openstack", ["1.54", "1.55"], { additionalSecurityGroups: ["a"] }), [
    "rejected",
    "replace",
  ]);
  assert.deepEqual(effects("aws", ["1.63", "1.64"], { iamInstanceProfile: { name: "a b" } }), ["replace", "rejected"]);
  assert.deepEqual(effects("aws", ["1.67", "1.68"], { cpuOptions: {} }), ["rejected", "none"]);
  const whole = virtual(1, { capacity: { cpu: "4", gpu: "0", memory: "8Gi" } });
  assert.deepEqual(effects("openstack", ["1.47", "1.52", "1.53"], whole), ["rejected", "none", "inplace"]);
  const capacity = (...names: readonly string[]): Part => ({
    nodeTemplate: { capacity: Object.fromEntries(names.map((name) => [name, "4"])) },
  });
  const storage = capacity("cpu", "gpu", "memory", "storage");
  const other = capacity("cpu", "gpu", "memory", "a/b");
  assert.deepEqual(effects("azure", ["1.54", "1.59"], storage), ["replace", "replace"]);
  assert.deepEqual(effects("azure", ["1.54", "1.59", "1.60"], other), ["replace", "rejected", "replace"]);
});

test("provider-openstack before 1.49 takes labels and classes without a name", () => {
  const effects = (before: TrialShoot, after: Partial<TrialShoot>): string[] =>
    ["1.48", "1.49"].map((release) => effectOf(before, after, { targets: { "provider-openstack": release } }));
  const labels = (...list: readonly Part[]): Partial<TrialShoot> => ({
    worker: { providerConfig: workerConfig("openstack", { machineLabels: list }) },
  });
  const base: TrialShoot = {
    provider: "openstack",
    ...labels({ name: "a", value: "b", triggerRollingOnUpdate: true }),
  };
  assert.deepEqual(effects(base, labels({ name: "a", triggerRollingOnUpdate: true })), ["replace", "rejected"]);
  assert.deepEqual(effects(base, labels({ name: "a", value: "", triggerRollingOnUpdate: true })), [
    "replace",
    "rejected",
  ]);
  assert.deepEqual(
    effects({ provider: "openstack", ...loadBalancerClasses() }, loadBalancerClasses({ purpose: "default" })),
    ["none", "rejected"],
  );
});

test("provider-azure before 1.55 looked at names of volumes only, and before 1.60 at every zone of an address", () => {
  const at = (releases: readonly string[], before: TrialShoot, after: Partial<TrialShoot>): string[] =>
    releases.map((release) => effectOf(before, after, { targets: { "provider-azure": release } }));
  const volumes = (...list: readonly Part[]): Partial<TrialShoot> => ({
    worker: {
      dataVolumes: [{ name: "a", size: "1Gi", type: "fast" }],
      providerConfig: workerConfig("azure", { dataVolumes: list }),
    },
  });
  const disks: TrialShoot = { provider: "azure", kubernetes: "1.34.1", ...volumes({ name: "a" }) };
  const early = ["1.54", "1.55"];
  assert.deepEqual(at(early, disks, volumes({ name: "b" })), ["rejected", "replace"]);
  assert.deepEqual(at(early, disks, volumes({ name: "a", imageRef: { id: "x" } })), ["replace", "rejected"]);
  const gateway = (...ipAddresses: readonly Part[]): Partial<TrialShoot> => ({
    infrastructure: {
      zoned: true,
      networks: { workers: "10.250.0.0/16", natGateway: { enabled: true, zone: 1, ipAddresses } },
    },
  });
  const address = { name: "a", resourceGroup: "group", zone: 1 };
  const zonal: TrialShoot = { provider: "azure", ...gateway(address) };
  const releases = [...early, "1.59", "1.60"];
  assert.deepEqual(
    at(releases, zonal, gateway({ ...address, zone: 2 })),
    releases.map(() => "rejected"),
  );
  assert.deepEqual(at(releases, zonal, gateway({ ...address, zone: null })), [
    "rejected",
    "rejected",
    "rejected",
    "none",
  ]);
  assert.deepEqual(at(early, zonal, gateway({ ...address, name: "a b" })), ["none", "rejected"]);
  assert.deepEqual(at(early, zonal, gateway({ ...address, resourceGroup: "x" })), ["none", "rejected"]);
  assert.deepEqual(at(early, zonal, gateway({ ...address, name: "" })), ["rejected", "rejected"]);
});

test("every release of provider-aws asks after endpoints, addresses and prefixes of tags", () => {
  const networks = (vpc: Part, zone: Part = {}): Partial<TrialShoot> => ({
    infrastructure: {
      networks: {
        vpc: { cidr: "10.250.0.0/16", ...vpc },
        zones: [
          { name: "z1", workers: "10.250.0.0/19", public: "10.250.32.0/20", internal: "10.250.48.0/20", ...zone },
        ],
      },
    },
  });
  const at = (after: Partial<TrialShoot>): string[] =>
    ["1.63", "1.64", "1.66"].map((release) =>
      effectOf({ provider: "aws", worker: { zones: ["z1"] }, ...networks({}) }, after, {
        targets: { "provider-aws": release },
      }),
    );
  const always = ["rejected", "rejected", "rejected"];
  assert.deepEqual(at(networks({ gatewayEndpoints: ["s3"] })), ["none", "none", "none"]);
  assert.deepEqual(at(networks({ gatewayEndpoints: ["x y"] })), always);
  assert.deepEqual(at(networks({ gatewayEndpoints: [""] })), always);
  assert.deepEqual(at(networks({}, { elasticIPAllocationID: "" })), ["rejected", "none", "none"]);
  const tags = (prefix: string): Partial<TrialShoot> => ({
    infrastructure: { ...networks({}).infrastructure, ignoreTags: { keyPrefixes: [prefix] } },
  });
  assert.deepEqual(at(tags("gard")), always);
  assert.deepEqual(at(tags("a;b")), ["none", "rejected", "rejected"]);
});

test("provider-gcp before 1.46 took addresses without a name, but never an empty scope", () => {
  const at = (before: TrialShoot, after: Partial<TrialShoot>): string[] =>
    ["1.45", "1.46"].map((release) => effectOf(before, after, { targets: { "provider-gcp": release } }));
  const names = (...natIPNames: readonly Part[]): Partial<TrialShoot> => ({
    infrastructure: { networks: { workers: "10.250.0.0/19", cloudNAT: { natIPNames } } },
  });
  assert.deepEqual(at({ provider: "gcp", ...names() }, names({})), ["none", "rejected"]);
  const account = (...scopes: readonly string[]): Partial<TrialShoot> => ({
    worker: {
      providerConfig: workerConfig("gcp", { serviceAccount: { email: "a@b.iam.gserviceaccount.com", scopes } }),
    },
  });
  const scope = "https://www.googleapis.com/auth/cloud-platform";
  assert.deepEqual(at({ provider: "gcp", ...account(scope) }, account(scope, "")), ["rejected", "rejected"]);
});

test("where releases disagree and none was named, the report says so", () => {
  const base: TrialShoot = { provider: "gcp", kubernetes: "1.35.1" };
  const report = reportOf(base, { ...base, worker: { providerConfig: workerConfig("gcp") } });
  assert.match(JSON.stringify(report), /provider-gcp/);
});

test("hash v1 took the JSON of providerConfig for nearly every provider", () => {
  const worker = { providerConfig: workerConfig("x", {}) };
  const v1 = { landscape: { "gardener.worker-pool-hash": "v1" } };
  const added = (provider: string, options = {}): string =>
    effectOf({ provider, kubernetes: "1.33.1" }, { worker }, options);
  assert.equal(added("local"), "none");
  assert.equal(added("local", v1), "replace");
  assert.equal(added("local", { targets: { gardener: "1.125" } }), "replace");
  assert.equal(added("acme"), "unknown");
  assert.equal(added("acme", v1), "replace");
  assert.equal(added("stackit", v1), "none");
});
