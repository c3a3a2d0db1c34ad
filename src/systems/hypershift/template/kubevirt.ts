import type { Json } from "../../../manifests/manifest.ts";
import { type Derived, type Encoding, Unknown } from "../../../rules/functions.ts";
import { parsePatch, patchAnnotation } from "./json-patch.ts";
import { listOf, objectOf, textOf } from "../values.ts";

const kubevirt = "$pool/spec/platform/kubevirt";

/** Every device as often as it is counted: the template numbers them one by one. */
export const kubevirtHostDevices: Derived = (scope) => {
  const devices = listOf(scope.get(`${kubevirt}/hostDevices`)).flatMap((entry) => {
    const item = objectOf(entry);
    const count = item?.["count"];
    return Array.from(
      { length: typeof count === "number" ? Math.max(0, Math.min(count, 10_000)) : 1 },
      () => textOf(item?.["deviceName"]) ?? "",
    );
  });
  return devices.length === 0 ? undefined : devices;
};

/** Only `PVC` counts, and not with a container disk of the pool's own. */
export const kubevirtImageCache: Encoding = (value, scope) => {
  if (scope.get(`${kubevirt}/rootVolume/diskImage/containerDiskImage`) !== undefined) return undefined;
  return value === "PVC" ? value : undefined;
};

/** The operations that both annotations apply, the HostedCluster's first; their layout as text does not count. */
export const kubevirtJsonPatches: Derived = (scope) => {
  const operations: Json[] = [];
  for (const root of ["$cluster", "$pool"]) {
    const text = scope.get(`${root}${patchAnnotation}`);
    if (typeof text !== "string") continue;
    const patch = parsePatch(text);
    if (patch === undefined)
      return new Unknown(
        `the JSON patch of the ${root === "$pool" ? "NodePool" : "HostedCluster"} cannot be read: the webhook refuses it, or the controller stops`,
        text,
      );
    operations.push(...patch);
  }
  return operations.length === 0 ? undefined : operations;
};
