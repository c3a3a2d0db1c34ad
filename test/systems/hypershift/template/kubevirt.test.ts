import { annotation, run } from "./template-run.ts";

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
    to: { [annotation("kubevirt-vm-jsonpatch")]: '[{"op":"remove","path":"/spec/x"}]' },
    effect: "replace",
  },
  { says: "an empty JSON patch", to: { [annotation("kubevirt-vm-jsonpatch")]: "[]" }, effect: "none" },
  {
    says: "a JSON patch laid out otherwise",
    from: { [annotation("kubevirt-vm-jsonpatch")]: '[{"op":"remove","path":"/a"}]' },
    to: { [annotation("kubevirt-vm-jsonpatch")]: '[ {"path":"/a", "op":"remove"} ]' },
    effect: "none",
  },
  {
    says: "a JSON patch of the cluster",
    clusterTo: { [annotation("kubevirt-vm-jsonpatch")]: '[{"op":"remove","path":"/spec/x"}]' },
    effect: "replace",
  },
  {
    says: "a JSON patch without op",
    to: { [annotation("kubevirt-vm-jsonpatch")]: '[{"path":"/spec/x"}]' },
    effect: "rejected",
  },
  {
    says: "a JSON patch that is no JSON",
    to: { [annotation("kubevirt-vm-jsonpatch")]: "- op: add" },
    effect: "rejected",
  },
]);
