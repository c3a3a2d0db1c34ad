import { listOf } from "../../../manifests/json-list.ts";
import { isObject } from "../../../manifests/json-object.ts";
import type { Json } from "../../../manifests/manifest.ts";
import type { Check, Scope } from "../../../rules/functions.ts";
import { strictProblems } from "./decode.ts";
import { read, textOf } from "./json.ts";
import { newProblems, type Problem } from "./problems.ts";

const path = "$cluster/spec/networking/providerConfig/overlay";

const families = "$cluster/spec/networking/ipFamilies";

/**
 * IPv6 needs a network without overlay. A manifest that says nothing about the overlay keeps what is stored: off, as admission
 * writes at creation, but in Shoots that are older than that, which have an overlay where nothing is stored.
 */
export const ipv6NeedsNoOverlay: Check = ({ base, head }) => {
  if (!listOf(head?.get(families)).includes("IPv6")) return [];
  const overlay = head?.get(path) ?? base?.get(path);
  if (read(overlay, "enabled") === true) return [{ path: `${path}/enabled` }];
  const isNew = base !== undefined && base.hasCluster && !listOf(base.get(families)).includes("IPv6");
  return overlay === undefined && isNew ? [{ path: families, unknown: notWritten }] : [];
};

const notWritten =
  "IPv6 needs networking.providerConfig.overlay.enabled to be false, and neither manifest speaks of it: admission stores that when a Shoot is made, but did not always, and refuses IPv6 where nothing is stored; look at the live Shoot, or write it";

const config = "$cluster/spec/networking/providerConfig";

/** The webhooks of the providers read the overlay out of the configuration, and fail on a text or a list. */
export const networkingConfigIsObject: Check = ({ head }) => {
  const value = head?.get(config);
  return value === undefined || isObject(value) ? [] : [{ path: config, after: value }];
};

/** ValidateNetworkConfig of calico and cilium: values together, without what the shapes already say. */
const together: Readonly<Record<string, (value: Json, scope: Scope) => readonly Problem[]>> = {
  calico: (value, scope) => [
    ...["ipv4", "ipv6"]
      .filter(
        (family) =>
          read(value, family, "pool") === "vxlan" &&
          ["CrossSubnet", "Off"].includes(textOf(read(value, family, "mode"))),
      )
      .map((family) => ({ path: `${config}/${family}/mode`, message: "must be Always or Never with the pool vxlan" })),
    ...(read(value, "ipam", "type") === "calico-ipam" &&
    listOf(scope.get("$cluster/spec/networking/ipFamilies")).includes("IPv6")
      ? [{ path: `${config}/ipam/type`, message: "calico-ipam is for IPv4 alone; with IPv6 it must be host-local" }]
      : []),
  ],
  cilium: (value) => {
    const encryption = read(value, "encryption");
    const isStrict = read(encryption, "enabled") === true && read(encryption, "strictMode") === true;
    return isStrict && read(encryption, "mode") !== "wireguard"
      ? [{ path: `${config}/encryption/mode`, message: "must be wireguard in strict mode" }]
      : [];
  },
};

/**
 * The webhooks of two providers write snatToUpstreamDNS themselves where there is no overlay, over whatever stands there.
 * They switch the overlay off at creation where the manifest does not speak of it
 * (gardener/gardener-extension-provider-gcp@2286e4a5 pkg/admission/mutator/shoot.go Mutate; that of provider-alicloud
 * mutateNetworkOverlay).
 */
function isOverwritten(scope: Scope, place: string): boolean {
  const provider = textOf(scope.get("$cluster/spec/provider/type"));
  const isWritten =
    provider === "gcp" || (provider === "alicloud" && scope.get("$cluster/spec/networking/type") === "calico");
  const isOff = (read(scope.get(path), "enabled") ?? false) === false;
  return isWritten && isOff && place.startsWith(`${config}/snatToUpstreamDNS`);
}

function networkingProblems(scope: Scope): readonly Problem[] {
  const type = textOf(scope.get("$cluster/spec/networking/type"));
  const value = scope.get(config);
  const decoded = strictProblems(scope, scope.shape(`${type}-network-config`), config).filter(
    (problem) => !isOverwritten(scope, problem.path),
  );
  const find = Object.hasOwn(together, type) ? together[type] : undefined;
  return decoded.length > 0 || value === undefined ? decoded : (find?.(value, scope) ?? []);
}

/** What the admission of the networking extension refuses in its configuration. */
export const networkingConfig = newProblems(networkingProblems);
