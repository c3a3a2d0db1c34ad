import { test } from "node:test";
import type { Effect } from "../../../src/index.ts";
import { expectEffects, type Expectation } from "./expect.ts";
import type { Plain } from "./shoots.ts";

const shared = (field: string, before: Plain, after: Plain, effect: Effect): Expectation => ({
  base: { [`/spec/kubernetes/kubelet/${field}`]: before },
  set: { [`/spec/kubernetes/kubelet/${field}`]: after },
  a: effect,
  b: effect,
});
const own = (before: Plain, after: Plain, effect: Effect): Expectation => ({
  base: { "/spec/provider/workers/a/kubernetes": before },
  set: { "/spec/provider/workers/a/kubernetes": after },
  a: effect,
});

test("the reservation is completed at the Shoot and compared as Go prints it", () => {
  expectEffects([
    shared("kubeReserved", null, { cpu: "80m" }, "none"),
    shared("kubeReserved", null, { cpu: 0.08, memory: "1048576Ki", pid: "0.02M" }, "none"),
    shared("kubeReserved", null, { memory: "1073741824" }, "replace"),
    shared("kubeReserved", null, { pid: "20e3" }, "replace"),
    shared("kubeReserved", { cpu: "200m" }, null, "replace"),
    shared("kubeReserved", { cpu: "1500m" }, { cpu: "1.500" }, "replace"),
    shared("kubeReserved", { cpu: "1050m" }, { cpu: "1.05" }, "none"),
    shared("kubeReserved", { ephemeralStorage: "5Gi" }, { ephemeralStorage: "5120Mi" }, "none"),
  ]);
});

test("a pool's own kubelet block hides the Shoot's as a whole, with the completed reservation", () => {
  expectEffects([
    own(null, { kubelet: {} }, "replace"),
    own(null, { kubelet: { maxPods: 100 } }, "replace"),
    own(null, { kubelet: { kubeReserved: {} } }, "replace"),
    own(null, { kubelet: { kubeReserved: { cpu: "80m", memory: "1Gi", pid: "20k" } } }, "none"),
    own(null, { kubelet: { kubeReserved: { cpu: "80m", memory: "1Gi", pid: "20k" }, maxPods: 100 } }, "inplace"),
    own({ kubelet: { maxPods: 100 } }, { kubelet: { maxPods: 90 } }, "inplace"),
    own({ kubelet: { maxPods: 100 } }, null, "replace"),
    own(null, {}, "none"),
    own(null, { kubelet: null }, "none"),
    own(null, { version: "1.33.2" }, "none"),
    {
      base: { "/spec/provider/workers/a/kubernetes": { kubelet: {} } },
      set: { "/spec/kubernetes/kubelet": { maxPods: 100, evictionHard: {} } },
      b: "replace",
    },
  ]);
});

test("evictionHard is hashed as text, cpuManagerPolicy by its presence", () => {
  expectEffects([
    shared("evictionHard", null, {}, "replace"),
    shared("evictionHard", null, { memoryAvailable: "100Mi" }, "replace"),
    shared("evictionHard", { memoryAvailable: "1Gi" }, { memoryAvailable: "1024Mi" }, "replace"),
    shared("evictionHard", { memoryAvailable: "1Gi" }, null, "replace"),
    shared("cpuManagerPolicy", null, "none", "replace"),
    shared("cpuManagerPolicy", "none", "static", "replace"),
  ]);
});

test("everything else restarts the kubelet, unless the generated configuration stays the same", () => {
  expectEffects([
    shared("evictionSoft", null, { memoryAvailable: "200Mi" }, "none"),
    shared("evictionSoft", null, { memoryAvailable: "204800Ki" }, "inplace"),
    // A block without it takes the threshold for memory from the machine type.
    shared("evictionSoft", null, {}, "inplace"),
    shared("evictionSoft", { nodeFSAvailable: "10%" }, null, "inplace"),
    shared("evictionSoft", {}, { memoryAvailable: "5%" }, "inplace"),
    shared("evictionSoft", {}, { memoryAvailable: "1.5Gi" }, "unknown"),
    shared("evictionSoft", {}, { nodeFSAvailable: "10%" }, "none"),
    shared("evictionSoftGracePeriod", null, { memoryAvailable: "90s" }, "none"),
    shared("evictionMinimumReclaim", null, { memoryAvailable: "50Mi" }, "inplace"),
    shared("evictionMinimumReclaim", { memoryAvailable: "1Gi" }, { memoryAvailable: "1024Mi" }, "none"),
    shared("evictionPressureTransitionPeriod", "4m0s", "240s", "none"),
    shared("evictionMaxPodGracePeriod", null, 91, "inplace"),
    shared("maxPods", null, 200, "inplace"),
    shared("podPidsLimit", null, 2048, "inplace"),
    shared("registryPullQPS", null, 5, "inplace"),
    shared("registryBurst", null, 0, "none"),
    shared("seccompDefault", null, false, "inplace"),
    shared("containerLogMaxSize", "100Mi", "102400Ki", "none"),
    shared("containerLogMaxFiles", null, 5, "inplace"),
    shared("protectKernelDefaults", null, false, "inplace"),
    shared("serializeImagePulls", null, false, "inplace"),
    shared("singleProcessOOMKill", null, false, "inplace"),
    shared("featureGates", null, {}, "none"),
    shared("featureGates", null, { NodeSwap: false }, "inplace"),
    shared("preloadedImagesVerificationAllowlist", null, [], "rejected"),
    shared("imageMinimumGCAge", null, "5m", "none"),
    shared("imageMaximumGCAge", null, "48h", "none"),
  ]);
});

test("swap defaults to LimitedSwap where it is enabled", () => {
  const swap = { failSwapOn: false, featureGates: { NodeSwap: true } };
  const base = { "/spec/kubernetes/kubelet": swap };
  const memorySwap = (swapBehavior: string): Plain => ({ ...swap, memorySwap: { swapBehavior } });
  expectEffects([
    { base, set: { "/spec/kubernetes/kubelet": memorySwap("LimitedSwap") } },
    { base, set: { "/spec/kubernetes/kubelet": memorySwap("NoSwap") }, a: "inplace", b: "inplace" },
  ]);
});

test("with the GKE formula every pool has a block of its own, so the Shoot's is hidden", () => {
  const options = { landscape: { "gardener.reservation": "gke-formula" } };
  expectEffects([
    { set: { "/spec/kubernetes/kubelet": { maxPods: 100 } }, options },
    { set: { "/spec/provider/workers/a/kubernetes": { kubelet: { maxPods: 100 } } }, a: "inplace", options },
    { set: { "/spec/provider/workers/a/machine/type": "m5.xlarge" }, a: "replace", options },
    { set: { "/spec/provider/workers/a/kubernetes": { kubelet: { kubeReserved: { pid: "20k" } } } }, options },
    {
      set: { "/spec/provider/workers/a/kubernetes": { kubelet: { kubeReserved: { pid: "30k" } } } },
      a: "replace",
      options,
    },
  ]);
  // What admission stored in the pools stays there when the Shoot comes to name a reservation of its own.
  const reserved = { "/spec/kubernetes/kubelet": { kubeReserved: { cpu: "100m" } } };
  const none = { "/spec/kubernetes/kubelet": {} };
  expectEffects([
    { set: reserved, options },
    {
      base: reserved,
      set: { "/spec/kubernetes/kubelet": { kubeReserved: { cpu: "200m" } } },
      a: "replace",
      b: "replace",
      options,
    },
    { base: reserved, set: none, a: "replace", b: "replace", options },
  ]);
});

test("older releases hashed the sum of both reservations, or no kubelet settings at all", () => {
  const base = { "/spec/kubernetes/version": "1.30.1", "/spec/kubernetes/kubelet": { kubeReserved: { cpu: "80m" } } };
  const set = { "/spec/kubernetes/kubelet": { kubeReserved: { cpu: "80m" }, systemReserved: { cpu: "20m" } } };
  const targets = (gardener: string) => ({ options: { targets: { gardener } } });
  expectEffects([
    { base, set, a: "replace", b: "replace", ...targets("1.130") },
    { base, set, a: "rejected", b: "rejected", ...targets("1.149") },
    { set: { "/spec/kubernetes/kubelet": { evictionHard: {} } }, a: "inplace", b: "inplace", ...targets("1.110") },
    { set: { "/spec/kubernetes/kubelet": { evictionHard: {} } }, a: "replace", b: "replace", ...targets("1.127") },
  ]);
});
