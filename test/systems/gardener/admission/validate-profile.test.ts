import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, type Plain, type PlainObject, shoot, worker } from "../shoots.ts";

const offers: PlainObject = {
  type: "aws",
  kubernetes: {
    versions: [
      { version: "1.33.2" },
      { version: "1.33.5" },
      { version: "1.32.9", expirationDate: "2026-01-01T00:00:00Z" },
    ],
  },
  machineImages: [
    {
      name: "gardenlinux",
      versions: [
        { version: "1592.9.0" },
        { version: "1592.8.0", expirationDate: "2026-01-01T00:00:00Z" },
        {
          version: "1877.4.0",
          architectures: ["amd64", "arm64"],
          inPlaceUpdates: { supported: true, minVersionForUpdate: "1600.0.0" },
        },
        { version: "1900.0.0", lifecycle: [{ classification: "supported", startTime: "2027-01-01T00:00:00Z" }] },
      ],
    },
  ],
  machineTypes: [
    { name: "m5.large", cpu: "2", gpu: "0", memory: "8Gi" },
    { name: "m5.xlarge", cpu: "4", gpu: "0", memory: "16Gi", usable: false },
    { name: "m5.2xlarge", cpu: "8", gpu: "0", memory: "32Gi" },
    {
      name: "i3.large",
      cpu: "2",
      gpu: "0",
      memory: "16Gi",
      storage: { class: "standard", type: "gp3", minSize: "60Gi" },
    },
    { name: "m6g.large", cpu: "2", gpu: "0", memory: "8Gi", architecture: "arm64" },
  ],
  volumeTypes: [
    { name: "gp3", class: "standard", minSize: "20Gi" },
    { name: "gp2", class: "standard", usable: false },
    { name: "st1", class: "standard" },
  ],
  regions: [
    {
      name: "eu-west-1",
      zones: [
        { name: "eu-west-1a", unavailableMachineTypes: ["m5.2xlarge"], unavailableVolumeTypes: ["st1"] },
        { name: "eu-west-1b" },
      ],
    },
  ],
  limits: { maxNodesTotal: 9 },
};

const profile = (spec: PlainObject, more: PlainObject = {}): PlainObject => ({
  apiVersion: "core.gardener.cloud/v1beta1",
  kind: "CloudProfile",
  metadata: { name: "aws" },
  spec: { ...spec, ...more },
});
/** A change of the profile that no check minds. */
const touched = { providerConfig: { note: "x" } };
const now = new Date("2026-06-01T00:00:00Z");

const judge = (set: PlainObject, before = offers, after: PlainObject = offers, workers?: readonly PlainObject[]) =>
  compare([shoot({}, workers), profile(before)], [shoot(set, workers), profile(after, touched)], { now });
const saidOf = (report: ReturnType<typeof compare>): string[] =>
  (report.pools[0]?.causes ?? []).filter(({ rule }) => rule === "gardener/profile-lacks").map(({ because }) => because);

const a = "/spec/provider/workers/a";
const refused: readonly (readonly [string, PlainObject, string])[] = [
  ["a machine type", { [`${a}/machine/type`]: "m7.large" }, 'machine type "m7.large" is not offered'],
  [
    "a machine type that is not for use",
    { [`${a}/machine/type`]: "m5.xlarge" },
    'machine type "m5.xlarge" is unusable',
  ],
  ["a machine type that a zone lacks", { [`${a}/machine/type`]: "m5.2xlarge" }, 'is unavailable in zone "eu-west-1a"'],
  [
    "an architecture that the machine type lacks",
    {
      [`${a}/machine`]: {
        type: "m6g.large",
        architecture: "amd64",
        image: { name: "gardenlinux", version: "1592.9.0" },
      },
    },
    'does not support CPU architecture "amd64"',
  ],
  [
    "an architecture that the image lacks",
    {
      [`${a}/machine`]: {
        type: "m6g.large",
        architecture: "arm64",
        image: { name: "gardenlinux", version: "1592.9.0" },
      },
    },
    'version 1592.9.0 of machine image "gardenlinux" does not support CPU architecture "arm64"',
  ],
  ["an image", { [`${a}/machine/image`]: { name: "suse", version: "15.6.0" } }, 'machine image "suse" is not offered'],
  ["a version of an image", { [`${a}/machine/image/version`]: "2000.0.0" }, "version 2000.0.0 of machine image"],
  ["an older version that is expired", { [`${a}/machine/image/version`]: "1592.8.0" }, "is expired"],
  ["a Kubernetes version", { "/spec/kubernetes/version": "1.33.9" }, "Kubernetes 1.33.9 is not offered"],
  ["a volume type", { [`${a}/volume/type`]: "sc1" }, 'volume type "sc1" is not offered'],
  ["a volume type that is not for use", { [`${a}/volume/type`]: "gp2" }, 'volume type "gp2" is unusable'],
  ["a volume type that a zone lacks", { [`${a}/volume/type`]: "st1" }, 'volume type "st1" is unavailable'],
  ["a volume that is too small for its type", { [`${a}/volume/size`]: "19Gi" }, "is at least 20Gi large"],
  ["a volume that is too small for its machine", { [`${a}/machine/type`]: "i3.large" }, "is at least 60Gi large"],
  [
    "a zone",
    { [`${a}/zones`]: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] },
    'zone "eu-west-1c" of region "eu-west-1" is not offered',
  ],
  [
    "more nodes than the limit",
    { [`${a}/minimum`]: 4, "/spec/provider/workers/b/maximum": 6, "/spec/provider/workers/b/minimum": 6 },
    "exceeds the limit of 9",
  ],
];
for (const [what, set, message] of refused)
  test(`the Shoot comes to use ${what} that its profile does not offer`, () => {
    const report = judge(set);
    assert.equal(report.pools[0]?.effect, "rejected");
    assert.ok(
      saidOf(report).some((because) => because.includes(message)),
      saidOf(report).join("\n"),
    );
  });

const taken: readonly (readonly [string, PlainObject])[] = [
  ["a machine type with what it asks", { [`${a}/machine/type`]: "i3.large", [`${a}/volume/size`]: "60Gi" }],
  ["a newer version of the image", { [`${a}/machine/image/version`]: "1877.4.0" }],
  ["a version of which only a part is written", { [`${a}/machine/image/version`]: "1877" }],
  ["another Kubernetes version", { "/spec/kubernetes/version": "1.33.5" }],
  ["another name of a label", { [`${a}/labels`]: { team: "b" } }],
];
for (const [what, set] of taken)
  test(`the profile offers ${what}`, () => {
    assert.deepEqual(saidOf(judge(set)), []);
  });

test("an expired version is offered to pools that come up to it, and to no new pool", () => {
  const old = worker("a", { kubernetes: { version: "1.32.8" } });
  const up = [shoot({}, [old]), shoot({ [`${a}/kubernetes/version`]: "1.32.9" }, [old])] as const;
  assert.deepEqual(saidOf(compare([up[0], profile(offers)], [up[1], profile(offers, touched)], { now })), []);
  const fresh = worker("fresh", { kubernetes: { version: "1.32.9" } });
  const added = shoot({}, [worker("a"), fresh]);
  const report = compare([shoot({}, [worker("a")]), profile(offers)], [added, profile(offers, touched)], { now });
  assert.ok(saidOf(report).some((because) => because.includes("Kubernetes 1.32.9 is expired")));
  // Nobody said when this is.
  const timeless = compare([shoot({}, [worker("a")]), profile(offers)], [added, profile(offers, touched)]);
  assert.deepEqual(saidOf(timeless), []);
});

test("a version is no offer before its lifecycle begins", () => {
  const later = worker("later", { machine: { type: "m5.large", image: { name: "gardenlinux", version: "1900.0.0" } } });
  const added = shoot({}, [worker("a"), later]);
  const report = compare([shoot({}, [worker("a")]), profile(offers)], [added, profile(offers, touched)], { now });
  assert.ok(saidOf(report).some((because) => because.includes("version 1900.0.0")));
});

test("an image is reached in place from the version that it names", () => {
  const from = (version: string): PlainObject[] => [
    worker("a", {
      updateStrategy: "AutoInPlaceUpdate",
      machine: { type: "m5.large", image: { name: "gardenlinux", version } },
    }),
    worker("b"),
  ];
  const to = { [`${a}/machine/image/version`]: "1877.4.0" };
  assert.ok(
    saidOf(judge(to, offers, offers, from("1592.9.0"))).some((one) =>
      one.includes("cannot be reached in place from 1592.9.0"),
    ),
  );
  assert.deepEqual(saidOf(judge(to, offers, offers, from("1600.0.0"))), []);
});

test("a new Shoot is held against the profile that comes with it", () => {
  const made = (set: PlainObject): ReturnType<typeof compare> => compare([], [shoot(set), profile(offers)], { now });
  assert.equal(made({}).pools[0]?.effect, "create");
  assert.equal(made({ "/spec/region": "eu-central-9" }).pools[0]?.effect, "rejected");
  assert.equal(made({ "/spec/kubernetes/version": "1.32.9" }).pools[0]?.effect, "rejected");
});

test("what the change takes out of the profile is unknown; what it puts in is a matter of order", () => {
  const without = { ...offers, machineTypes: [{ name: "m5.large", cpu: "2", gpu: "0", memory: "8Gi" }] };
  const more = {
    ...offers,
    machineTypes: [...(offers["machineTypes"] as Plain[]), { name: "m7.large", cpu: "2", gpu: "0", memory: "8Gi" }],
  };
  const to = { [`${a}/machine/type`]: "m7.large" };
  const taking = judge(to, more, without);
  assert.deepEqual(
    taking.pools[0]?.causes.filter(({ rule }) => rule === "gardener/profile-lacks").map(({ effect }) => effect),
    ["unknown"],
  );
  const adding = judge(to, without, more);
  assert.equal(adding.pools[0]?.effect, "replace");
  assert.deepEqual(
    adding.diagnostics
      .filter(({ code }) => code === "gardener/profile-comes-first")
      .map(({ message }) => message.slice(0, 63)),
    ['Pool a comes to use machine type "m7.large" of CloudProfile aws'],
  );
});

test("a list without anything in it is completed elsewhere", () => {
  const bare = { ...offers, machineTypes: [], volumeTypes: [], regions: [{ name: "eu-west-1" }] };
  const set = {
    [`${a}/machine/type`]: "m7.large",
    [`${a}/volume/type`]: "sc1",
    [`${a}/zones`]: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
  };
  assert.deepEqual(saidOf(judge(set, bare, bare)), []);
});

test("a NamespacedCloudProfile does not say all that its parent offers", () => {
  const own = (spec: PlainObject): PlainObject => ({
    apiVersion: "core.gardener.cloud/v1beta1",
    kind: "NamespacedCloudProfile",
    metadata: { name: "own", namespace: "garden-prod" },
    spec,
  });
  const named = { "/spec/cloudProfile": { kind: "NamespacedCloudProfile", name: "own" } };
  const types = (...names: string[]): PlainObject => ({
    machineTypes: names.map((name) => ({ name, cpu: "2", gpu: "0", memory: "8Gi" })),
  });
  const move = (before: PlainObject, after: PlainObject): string[] =>
    saidOf(
      compare([shoot(named), own(before)], [shoot({ ...named, [`${a}/machine/type`]: "m7.large" }), own(after)], {
        now,
      }),
    );
  assert.deepEqual(move(types("x"), types("y")), []);
  assert.equal(move(types("m7.large"), types("y")).length, 1);
});

test("of many reasons some are enough", () => {
  const workers = Array.from({ length: 30 }, (_, index) => worker(index === 0 ? "a" : `w${index}`, { minimum: 0 }));
  const set = Object.fromEntries(
    workers.map(({ name }) => [`/spec/provider/workers/${String(name)}/machine/type`, `m7.${String(name)}`]),
  );
  assert.equal(saidOf(judge(set, offers, offers, workers)).length, 20);
});
