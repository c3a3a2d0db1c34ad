import type { Check } from "../../../rules/functions.ts";
import { isObject } from "../../../rules/path.ts";
import { listOf, read } from "./json.ts";

const path = "$cluster/spec/networking/providerConfig/overlay";

/**
 * IPv6 needs a network without overlay. A manifest that says nothing about the overlay keeps what is stored; where that
 * never stood in a manifest it is off, as admission writes at creation.
 */
export const ipv6NeedsNoOverlay: Check = ({ base, head }) => {
  if (!listOf(head?.get("$cluster/spec/networking/ipFamilies")).includes("IPv6")) return [];
  const overlay = head?.get(path) ?? base?.get(path);
  return read(overlay, "enabled") === true ? [{ path: `${path}/enabled` }] : [];
};

const config = "$cluster/spec/networking/providerConfig";

/** The webhooks of the providers read the overlay out of the configuration, and fail on a text or a list. */
export const networkingConfigIsObject: Check = ({ head }) => {
  const value = head?.get(config);
  return value === undefined || isObject(value) ? [] : [{ path: config, after: value }];
};
