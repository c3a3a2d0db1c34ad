import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import "../../steady-seed.ts";
import { effects, type Effect } from "../../../src/rules/words.ts";
import { changed, compare, effectsOf, type Plain, type PlainObject, shoot, worker } from "./shoots.ts";

const names = ["a", "b", "c"] as const;

const kubelet = fc.record(
  {
    maxPods: fc.constantFrom(110, 100, 90),
    kubeReserved: fc.constantFrom<PlainObject>(
      { cpu: "80m", memory: "1Gi", pid: "20k" },
      { cpu: "200m" },
      { memory: "1073741824" },
      { ephemeralStorage: "5Gi" },
    ),
    evictionHard: fc.constantFrom<PlainObject>({}, { memoryAvailable: "5%" }, { memoryAvailable: "100Mi" }),
    cpuManagerPolicy: fc.constantFrom("none", "static"),
    evictionPressureTransitionPeriod: fc.constantFrom("4m", "240s", "2m"),
    failSwapOn: fc.constant(true),
  },
  { requiredKeys: [] },
);

const more = fc.record(
  {
    labels: fc.constantFrom<PlainObject>({ team: "payments" }, {}),
    taints: fc.constantFrom<Plain>([], [{ key: "gpu", effect: "NoSchedule" }]),
    sysctls: fc.constantFrom<PlainObject>({ "fs.file-max": "20000000" }, { "vm.max_map_count": "262144" }),
    kubernetes: fc.record({ kubelet }, { requiredKeys: [] }),
    maximum: fc.integer({ min: 3, max: 9 }),
    maxSurge: fc.constantFrom<Plain>(1, 2, "50%"),
    cri: fc.constant({ name: "containerd" }),
    systemComponents: fc.constant({ allow: true }),
    updateStrategy: fc.constantFrom("AutoRollingUpdate", "AutoInPlaceUpdate"),
  },
  { requiredKeys: [] },
);

const workers = fc
  .tuple(more, more, more)
  .map((parts) => parts.map((part, index) => worker(names[index] ?? "", part as unknown as PlainObject)));
const shootsOf = (version: string, shared: PlainObject, pools: readonly PlainObject[]): PlainObject =>
  shoot({ "/spec/kubernetes/version": version, "/spec/kubernetes/kubelet": shared }, pools);
const shoots = fc
  .tuple(fc.constantFrom("1.33.2", "1.34.1", "1.35.0"), kubelet, workers)
  .map(([version, shared, pools]) => shootsOf(version, shared as unknown as PlainObject, pools));

const shuffled = (value: Plain, turn: number): Plain => {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Plain[]).map((item) => shuffled(item, turn));
  const entries = Object.entries(value).map(([key, item]) => [key, shuffled(item, turn)] as const);
  const at = entries.length === 0 ? 0 : turn % entries.length;
  return Object.fromEntries([...entries.slice(at), ...entries.slice(0, at)]);
};

/** The pools in another order; nothing else in a Shoot may be moved. */
const reordered = (value: PlainObject): PlainObject => {
  const { provider } = value["spec"] as { readonly provider: PlainObject };
  return changed(value, { "/spec/provider/workers": (provider["workers"] as readonly Plain[]).toReversed() });
};

/** Changes of one place each, all of which the API server takes by themselves and together. */
const edits: Readonly<Record<string, Plain>> = {
  "/spec/provider/workers/a/machine/image/version": "1877.2.0",
  "/spec/provider/workers/a/maximum": 10,
  "/spec/provider/workers/a/labels": { team: "search" },
  "/spec/provider/workers/b/annotations": { note: "x" },
  "/spec/provider/workers/b/maxUnavailable": 1,
  "/spec/provider/workers/c/sysctls": { "kernel.pid_max": "99999" },
  "/spec/kubernetes/kubelet/podPidsLimit": 4096,
  "/spec/kubernetes/kubelet/imageMaximumGCAge": "48h",
  "/spec/provider/workersSettings": { sshAccess: { enabled: false } },
  "/spec/kubernetes/kubeAPIServer": { eventTTL: "2h" },
  "/metadata/annotations": { note: "x" },
};
const edit = fc.constantFrom(...Object.keys(edits));

const rank = (effect: Effect | undefined): number => effects.indexOf(effect ?? "none");
const runs = { numRuns: 25 };

test("a Shoot against itself is an empty report", () => {
  fc.assert(
    fc.property(shoots, (one) => {
      assert.deepEqual(compare([one], [one]).pools, []);
    }),
    runs,
  );
});

test("the order of keys, documents and pools changes nothing", () => {
  const other = changed(shoot(), { "/metadata/name": "other" });
  fc.assert(
    fc.property(shoots, shoots, fc.nat(5), (base, head, turn) => {
      const plain = effectsOf(base, head);
      assert.deepEqual(effectsOf(shuffled(base, turn) as PlainObject, reordered(head)), plain);
      const { pools } = compare([other, base], [reordered(head), other]);
      assert.deepEqual(Object.fromEntries(pools.map(({ pool, effect }) => [pool, effect])), plain);
    }),
    runs,
  );
});

test("defaults that are written out change nothing", () => {
  const defaults: Readonly<Record<string, Plain>> = {
    "/spec/provider/workers/a/updateStrategy": "AutoRollingUpdate",
    "/spec/provider/workers/a/cri": { name: "containerd" },
    "/spec/provider/workers/a/systemComponents": { allow: true },
    "/spec/provider/workers/a/maxSurge": 1,
    "/spec/provider/workers/a/sysctls": { "fs.inotify.max_user_instances": "8192" },
    "/spec/provider/workers/a/machine/architecture": "amd64",
    "/spec/provider/workers/a/kubernetes": { version: "1.33.2" },
    "/spec/kubernetes/kubelet": { kubeReserved: { cpu: "0.08", memory: "1024Mi", pid: 20_000 } },
    "/spec/kubernetes/kubeProxy": { mode: "IPTables", enabled: true },
    "/spec/kubernetes/kubeControllerManager": { nodeMonitorGracePeriod: "40s", nodeCIDRMaskSize: 24 },
    "/spec/provider/workersSettings": { sshAccess: { enabled: true } },
    "/spec/schedulerName": "default-scheduler",
    "/spec/hibernation": { enabled: false },
    "/spec/networking/ipFamilies": ["IPv4"],
  };
  const kubeletDefaults: Readonly<Record<string, Plain>> = {
    maxPods: 110,
    evictionPressureTransitionPeriod: "240s",
    evictionMaxPodGracePeriod: 90,
    containerLogMaxSize: "102400Ki",
    streamingConnectionIdleTimeout: "5m0s",
    protectKernelDefaults: true,
    cpuCFSQuota: true,
    failSwapOn: true,
    imageGCHighThresholdPercent: 50,
    imageGCLowThresholdPercent: 40,
    serializeImagePulls: true,
    evictionSoft: { memoryAvailable: "200Mi", nodeFSAvailable: "10%" },
    evictionSoftGracePeriod: { memoryAvailable: "90s" },
  };
  const base = shoot();
  for (const [place, value] of [
    ...Object.entries(defaults),
    ...Object.entries(kubeletDefaults).map(([field, value]) => [`/spec/kubernetes/kubelet/${field}`, value] as const),
  ])
    assert.ok(
      Object.values(effectsOf(base, changed(base, { [place]: value }))).every((effect) => effect === "none"),
      `${place}: ${JSON.stringify(effectsOf(base, changed(base, { [place]: value })))}`,
    );
});

test("two changes together do at least as much as the stronger of them", () => {
  fc.assert(
    fc.property(shoots, edit, edit, (base, first, second) => {
      const one = effectsOf(base, changed(base, { [first]: edits[first] ?? null }));
      const two = effectsOf(base, changed(base, { [second]: edits[second] ?? null }));
      const both = effectsOf(base, changed(base, { [first]: edits[first] ?? null, [second]: edits[second] ?? null }));
      for (const name of names)
        assert.ok(
          rank(both[name]) <= Math.min(rank(one[name]), rank(two[name])),
          `${name}: ${one[name]} and ${two[name]} give ${both[name]}`,
        );
    }),
    runs,
  );
});
