import assert from "node:assert/strict";
import { test } from "node:test";
import { expectEffects, expectRefusals } from "./expect.ts";
import { changed, compare, type Plain, type PlainObject, shoot } from "./shoots.ts";

const pool = (field: string, value: Plain): PlainObject => ({ [`/spec/provider/workers/a/${field}`]: value });
const inPlace = pool("updateStrategy", "AutoInPlaceUpdate");

test("machine, image and root volume are part of the key", () => {
  expectEffects([
    { set: pool("machine/type", "m5.xlarge"), a: "replace" },
    { set: { ...pool("machine/type", "m6g.large"), ...pool("machine/architecture", "arm64") }, a: "replace" },
    { set: pool("machine/image", { name: "ubuntu", version: "22.4.20250730" }), a: "replace" },
    { set: pool("machine/image", { name: "ubuntu" }), a: "replace" },
    { set: pool("machine/image/version", "1877.2.0"), a: "replace" },
    { set: pool("volume/size", "050Gi"), a: "replace" },
    { set: pool("volume/name", "root") },
    { set: pool("machine/architecture", "amd64") },
    { set: pool("cri", { name: "containerd" }) },
  ]);
});

test("an image that a manifest does not name stays as it is, and is not known", () => {
  expectEffects([
    { set: pool("machine/image", null) },
    { set: pool("machine/image/version", null) },
    { set: pool("machine/image/version", "") },
    { set: pool("machine/image", { name: "gardenlinux", version: "" }) },
    { set: pool("machine/image", { name: "ubuntu", version: "" }), a: "replace" },
    { set: pool("machine/image/version", "1877"), a: "unknown" },
    { base: pool("machine/image/version", null), set: pool("machine/image/version", "1592.9.0"), a: "unknown" },
    {
      base: pool("machine/image", null),
      set: pool("machine/image", { name: "gardenlinux", version: "1592.9.0" }),
      a: "unknown",
    },
    { base: pool("machine/image", null), set: pool("maximum", 5), a: "scale" },
  ]);
});

test("labels, annotations, taints and kernel settings change the running nodes", () => {
  expectEffects([
    { set: pool("labels", { team: "payments" }), a: "inplace" },
    {
      set: pool("labels", {
        "worker.gardener.cloud/pool": "x",
        "kubernetes.io/arch": "z",
      }),
    },
    { set: pool("labels", { "topology.kubernetes.io/region": "y" }), a: "inplace" },
    { set: pool("labels", { "worker.gardener.cloud/system-components": "true" }) },
    { set: pool("labels", {}) },
    { set: pool("labels", { gone: null }) },
    { set: pool("annotations", { note: "x" }), a: "inplace" },
    { set: pool("taints", []) },
    { set: pool("taints", [{ key: "gpu", effect: "NoSchedule" }]), a: "inplace" },
    { set: pool("sysctls", { "fs.file-max": "20000000", "vm.max_map_count": "135217728" }) },
    // The kubelet's are written with slashes: with dots it is another line.
    { set: pool("sysctls", { "vm/overcommit_memory": "1", "kernel/panic": "10" }) },
    { set: pool("sysctls", { "vm.overcommit_memory": "1" }), a: "inplace" },
    { set: pool("sysctls", { "vm.max_map_count": "262144" }), a: "inplace" },
    { set: pool("cri", { name: "containerd", containerRuntimes: [{ type: "gvisor" }] }), a: "inplace" },
    {
      // Gardener writes the label of a container runtime over whatever a pool says.
      base: pool("cri", { name: "containerd", containerRuntimes: [{ type: "gvisor" }] }),
      set: pool("labels", { "containerruntime.worker.gardener.cloud/gvisor": "false" }),
    },
    { set: pool("systemComponents", {}), a: "inplace" },
    { set: pool("systemComponents", { allow: false }), a: "inplace" },
    { set: pool("systemComponents", { allow: true }) },
  ]);
});

test("numbers of nodes scale, their pace does nothing", () => {
  expectEffects([
    { base: pool("minimum", 0), set: pool("minimum", null) },
    { set: pool("minimum", null), a: "scale" },
    { set: pool("minimum", 3), a: "scale" },
    { set: pool("maximum", 9), a: "scale" },
    { set: { ...pool("minimum", 0), ...pool("maximum", 0) }, a: "scale" },
    { set: pool("zones", ["eu-west-1a", "eu-west-1b", "eu-west-1c"]), a: "scale" },
    { set: { ...pool("maxSurge", "50%"), ...pool("maxUnavailable", 1) } },
    { set: pool("machineControllerManager", { machineDrainTimeout: "30m", maxEvictRetries: 5 }) },
    { set: { ...pool("priority", 10), ...pool("clusterAutoscaler", { scaleDownUnneededTime: "10m" }) } },
  ]);
  expectRefusals([pool("zones", ["eu-west-1a"]), pool("zones", ["eu-west-1b", "eu-west-1a"])]);
});

test("a provider that is not described may let zones move", () => {
  const base = { "/spec/provider/type": "somebody" };
  expectEffects([
    { base, set: pool("zones", ["eu-west-1a"]), a: "unknown" },
    { base, set: pool("zones", ["eu-west-1a", "eu-west-1b", "eu-west-1c"]), a: "scale" },
  ]);
});

test("an in-place strategy drains where a rolling pool would be replaced, and refuses the rest", () => {
  expectEffects([
    { base: inPlace, set: pool("machine/image/version", "1877.2.0"), a: "inplace-drain" },
    { base: inPlace, set: { "/spec/kubernetes/kubelet": { evictionHard: {} } }, a: "inplace-drain", b: "replace" },
    { base: inPlace, set: { "/spec/kubernetes/version": "1.34.1" }, a: "inplace-drain", b: "replace" },
    { base: inPlace, set: pool("labels", { team: "payments" }), a: "inplace" },
    { base: inPlace, set: pool("cri", { name: "containerd" }) },
    { base: { ...inPlace, ...pool("cri", { name: "containerd" }) }, set: pool("cri", null) },
    { base: inPlace, set: pool("machine/image/version", "1593"), a: "unknown" },
    // Both strategies in place: the fields are then not compared, and nothing of them reaches a node.
    { base: inPlace, set: { ...pool("updateStrategy", "ManualInPlaceUpdate"), ...pool("machine/type", "m5.xlarge") } },
  ]);
  expectRefusals(
    [
      pool("machine/type", "m5.xlarge"),
      pool("machine/image", { name: "ubuntu", version: "22.4.20250730" }),
      pool("machine/image/version", "1443.1.0"),
      pool("machine/image/version", "1443"),
      pool("volume/size", "60Gi"),
      pool("updateStrategy", "AutoRollingUpdate"),
      { ...pool("updateStrategy", "ManualInPlaceUpdate"), ...pool("maxSurge", 1) },
      { "/spec/systemComponents": { nodeLocalDNS: { enabled: true } } },
    ],
    inPlace,
  );
  expectRefusals([inPlace]);
});

test("a pool under an in-place update is locked until it is done", () => {
  const base = { ...inPlace, "/status": { inPlaceUpdates: { pendingWorkerUpdates: { autoInPlaceUpdate: ["a"] } } } };
  expectRefusals([pool("maximum", 5)], base);
  expectEffects([
    {
      base,
      set: { ...pool("maximum", 5), "/metadata/annotations": { "gardener.cloud/operation": "force-in-place-update" } },
      a: "scale",
    },
  ]);
});

test("a cause is called by the list or the block of which its values are shown", () => {
  const pathsOf = (set: PlainObject): (readonly [string, string, boolean])[] =>
    compare([shoot()], [changed(shoot(), set)])
      .pools.filter((one) => one.pool === "a")
      .flatMap(({ causes }) => causes.map(({ rule, path, line }) => [rule, path, line !== null] as const));
  const at = "/spec/provider/workers/a";
  assert.deepEqual(pathsOf({ [`${at}/taints`]: [{ key: "dedicated", effect: "NoSchedule" }] }), [
    ["gardener/taints", `${at}/taints`, true],
  ]);
  assert.deepEqual(pathsOf({ [`${at}/dataVolumes`]: [{ name: "data", type: "gp3", size: "20Gi" }] }), [
    ["gardener/aws-data-volumes", `${at}/dataVolumes`, true],
  ]);
  assert.deepEqual(pathsOf({ [`${at}/kubernetes`]: { kubelet: { maxPods: 100 } } }), [
    ["gardener/kube-reserved", `${at}/kubernetes/kubelet`, true],
    ["gardener/kubelet-max-pods", `${at}/kubernetes/kubelet/maxPods`, true],
  ]);
});
