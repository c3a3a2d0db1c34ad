import { listOf } from "../../../manifests/json-list.ts";
import type { Json } from "../../../manifests/manifest.ts";
import type { Check } from "../../../rules/functions.ts";
import { read, textOf } from "./json.ts";

const path = "$cluster/spec/provider/controlPlaneConfig/loadBalancerClasses";

/** What the class named default overwrites. */
function defaultClass(classes: Json | undefined): string {
  const found = listOf(classes).findLast((one) => read(one, "name") === "default");
  return ["ipPoolName", "tcpAppProfileName", "udpAppProfileName"]
    .map((key) => textOf(read(found, key)))
    .join(" ")
    .trim();
}

/** The default load balancer class is immutable; the others may change. */
export const vsphereDefaultClass: Check = ({ base, head }) => {
  if (base === undefined || head === undefined) return [];
  const before = defaultClass(base.get(path));
  const after = defaultClass(head.get(path));
  return before === after ? [] : [{ path, before, after }];
};
