import { annotation, run } from "./template-run.ts";

const patch = annotation("kubevirt-vm-jsonpatch");
const replacing = (name: string, value: number | string, op = "replace"): string =>
  JSON.stringify([{ op, path: `/spec/template/spec/domain/cpu/${name}`, value }]);
const withoutWebhooks = { landscape: { "hypershift.admission-webhooks": false } };

run("KubeVirt", [
  { says: "another number of cores", to: { "compute/cores": 8 }, effect: "replace" },
  { says: "the same memory in another unit", to: { "compute/memory": "8192Mi" }, effect: "none" },
  { says: "the same memory as a plain number", to: { "compute/memory": "8589934592" }, effect: "replace" },
  {
    says: "the defaults of compute written out",
    from: { compute: undefined },
    to: { compute: { cores: 2, memory: "8Gi" } },
    effect: "none",
  },
  {
    says: "compute without cores",
    from: { compute: undefined },
    to: { compute: { memory: "8Gi" } },
    effect: "replace",
  },
  { says: "the quality of service written out", to: { "compute/qosClass": "Burstable" }, effect: "none" },
  { says: "networks reordered", to: { additionalNetworks: [{ name: "ns/b" }, { name: "ns/a" }] }, effect: "replace" },
  { says: "the default network written out", to: { attachDefaultNetwork: true }, effect: "none" },
  { says: "multiqueue written out", to: { networkInterfaceMultiqueue: "Enable" }, effect: "none" },
  { says: "multiqueue off", to: { networkInterfaceMultiqueue: "Disable" }, effect: "replace" },
  { says: "an empty node selector", to: { nodeSelector: {} }, effect: "none" },
  {
    says: "one device counted twice is two devices",
    from: { hostDevices: [{ deviceName: "gpu", count: 2 }] },
    to: { hostDevices: [{ deviceName: "gpu" }, { deviceName: "gpu" }] },
    effect: "none",
  },
  {
    says: "a device more",
    from: { hostDevices: [{ deviceName: "gpu" }] },
    to: { hostDevices: [{ deviceName: "gpu", count: 2 }] },
    effect: "replace",
  },
  { says: "an image cache", to: { "rootVolume/cacheStrategy": { type: "PVC" } }, effect: "replace" },
  { says: "no image cache, written out", to: { "rootVolume/cacheStrategy": { type: "None" } }, effect: "none" },
  {
    says: "an image cache beside a container disk",
    from: { "rootVolume/diskImage": { containerDiskImage: "quay.io/x:1" } },
    to: { "rootVolume/cacheStrategy": { type: "PVC" } },
    effect: "none",
  },
  {
    says: "a JSON patch of the pool",
    to: { [patch]: '[{"op":"add","path":"/spec/template/spec/hostname","value":"a"}]' },
    effect: "replace",
  },
  {
    says: "a JSON patch that makes a template of any size",
    to: {
      [patch]: JSON.stringify(
        Array.from({ length: 40 }, (_, index) => ({ op: "copy", from: "/spec", path: `/spec/c${index}`, value: 1 })),
      ),
    },
    effect: "unknown",
  },
  {
    says: "a JSON patch that is nested deeply",
    to: { [patch]: `[{"op":"add","path":"/spec/x","value":${"[".repeat(5000)}${"]".repeat(5000)}}]` },
    effect: "unknown",
  },
  {
    says: "more devices than are told apart",
    from: { hostDevices: [{ deviceName: "gpu", count: 2_000_000_000 }] },
    to: { hostDevices: [{ deviceName: "gpu", count: 2_000_000_001 }] },
    effect: "unknown",
  },
  { says: "an empty JSON patch", to: { [patch]: "[]" }, effect: "none" },
  {
    says: "a JSON patch laid out otherwise",
    from: { [patch]: '[{"op":"remove","path":"/spec/template/spec/topologySpreadConstraints"}]' },
    to: { [patch]: '[ {"path":"/spec/template/spec/topologySpreadConstraints", "op":"remove"} ]' },
    effect: "none",
  },
  {
    says: "a JSON patch of the cluster",
    clusterTo: { [patch]: '[{"op":"remove","path":"/spec/template/spec/topologySpreadConstraints"}]' },
    effect: "replace",
  },
  {
    says: "a JSON patch of the affinity, which pools of a release that knows spreading do not have",
    to: { [patch]: '[{"op":"remove","path":"/spec/template/spec/affinity"}]' },
    effect: "none",
  },
  {
    says: "a JSON patch with cores in quotes, which the controller cannot read",
    to: { [patch]: replacing("cores", "6") },
    effect: "none",
  },
  {
    says: "a JSON patch with a label that is no text",
    to: { [patch]: '[{"op":"add","path":"/spec/template/metadata/labels/a","value":true}]' },
    effect: "none",
  },
  {
    says: "a JSON patch with a label without a value, which becomes the empty text",
    to: { [patch]: '[{"op":"add","path":"/spec/template/metadata/labels/a","value":null}]' },
    effect: "replace",
  },
  {
    says: "a JSON patch with memory as a number, which is read, and written in decimals",
    to: { [patch]: '[{"op":"replace","path":"/spec/template/spec/domain/memory/guest","value":8589934592}]' },
    effect: "replace",
  },
  {
    says: "a JSON patch with a list and a map that are empty, which are not written",
    to: {
      [patch]:
        '[{"op":"add","path":"/spec/template/spec/tolerations","value":[]},{"op":"add","path":"/spec/template/spec/nodeSelector","value":{}}]',
    },
    effect: "none",
  },
  {
    says: "a JSON patch beside metadata and spec, which no template has",
    to: { [patch]: '[{"op":"add","path":"/status","value":{"ready":true}}]' },
    effect: "none",
  },
  { says: "a JSON patch that writes what is there", to: { [patch]: replacing("cores", 4) }, effect: "none" },
  { says: "a test that holds", to: { [patch]: replacing("cores", 4, "test") }, effect: "none" },
  {
    says: "a patch of the metadata, which is decoded over what was there",
    to: { [patch]: '[{"op":"remove","path":"/metadata/labels"}]' },
    effect: "none",
  },
  {
    says: "add instead of replace",
    from: { [patch]: replacing("cores", 6) },
    to: { [patch]: replacing("cores", 6, "add") },
    effect: "none",
  },
  {
    says: "cores that a patch overwrites",
    from: { [patch]: replacing("cores", 6) },
    to: { "compute/cores": 8 },
    effect: "none",
  },
  {
    says: "another patch of the cluster, which that of the pool overwrites",
    from: { [patch]: replacing("cores", 6) },
    clusterFrom: { [patch]: replacing("cores", 5) },
    clusterTo: { [patch]: replacing("cores", 7) },
    effect: "none",
  },
  {
    says: "cores that a patch overwrites, and memory that none does",
    from: { [patch]: replacing("cores", 6) },
    to: { "compute/cores": 8, "compute/memory": "16Gi" },
    effect: "replace",
  },
  {
    says: "a patch that does not apply, so that the controller stops",
    to: { [patch]: replacing("nothing/deeper", 6), "compute/cores": 8 },
    effect: "none",
  },
  { says: "a test that does not hold", to: { [patch]: replacing("cores", 5, "test") }, effect: "none" },
  {
    says: "a JSON patch without op",
    to: { [patch]: '[{"path":"/spec/x"}]' },
    effect: "rejected",
  },
  {
    says: "a JSON patch of an operation that there is not",
    to: { [patch]: '[{"op":"merge","path":"/spec","value":{}}]' },
    effect: "rejected",
  },
  {
    says: "a copy from nowhere",
    to: { [patch]: '[{"op":"copy","path":"/spec","value":{}}]' },
    effect: "rejected",
  },
  {
    says: "a JSON patch that is no JSON",
    to: { [patch]: "- op: add" },
    effect: "rejected",
  },
  {
    says: "a JSON patch that no webhook looks at, so that the controller stops",
    to: { [patch]: "- op: add", "compute/cores": 8 },
    options: withoutWebhooks,
    effect: "none",
  },
  {
    says: "a test without value, which the webhook refuses",
    to: { [patch]: '[{"op":"test","path":"/spec/template/spec/hostname"}]' },
    effect: "rejected",
  },
  {
    says: "a test without value, which only the webhook refuses",
    to: { [patch]: '[{"op":"test","path":"/spec/template/spec/hostname"}]', "compute/cores": 8 },
    options: withoutWebhooks,
    effect: "replace",
  },
]);
