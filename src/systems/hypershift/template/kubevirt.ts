import { canonicalText } from "../../../rules/canonical.ts";
import { type Derived, type Encoding, Unknown } from "../../../rules/functions.ts";
import { listOf, numberOf, objectOf, textOf } from "../values.ts";

const kubevirt = "$pool/spec/platform/kubevirt";

/** Devices of a pool that are told apart; a node has a few. */
export const mostDevices = 10_000;

/** Every device as often as it is counted: the template numbers them one by one. */
export const kubevirtHostDevices: Derived = (scope) => {
  const listed = scope.get(`${kubevirt}/hostDevices`);
  const devices: string[] = [];
  for (const entry of listOf(listed)) {
    const item = objectOf(entry);
    const times = numberOf(item?.["count"]) ?? 1;
    if (devices.length + times > mostDevices)
      return new Unknown(`a pool with more than ${mostDevices} host devices`, canonicalText(listed));
    for (let index = 0; index < times; index += 1) devices.push(textOf(item?.["deviceName"]) ?? "");
  }
  return devices.length === 0 ? undefined : devices;
};

/** Only `PVC` counts, and not with a container disk of the pool's own. */
export const kubevirtImageCache: Encoding = (value, scope) => {
  if (scope.get(`${kubevirt}/rootVolume/diskImage/containerDiskImage`) !== undefined) return undefined;
  return value === "PVC" ? value : undefined;
};
