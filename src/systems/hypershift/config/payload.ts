import { canonicalText } from "../../../rules/canonical.ts";
import type { Derived, Predicate, Scope } from "../../../rules/functions.ts";
import { pullSecretContent, trustBundleContent } from "./core-config.ts";

const configurationOf = (scope: Scope): string => canonicalText(scope.get("$cluster/spec/configuration"));

/** Whether it is known that an object that the HostedCluster names holds something else, or is there on one side only. */
function contentDiffers(base: Scope, head: Scope, path: string, contentOf: Derived): boolean {
  const isNamed = (scope: Scope): boolean => typeof scope.get(`$cluster/spec/${path}/name`) === "string";
  if (isNamed(base) !== isNamed(head)) return true;
  const [before, after] = [contentOf(base), contentOf(head)];
  return before !== undefined && after !== undefined && before !== after;
}

/**
 * The ignition server makes no configuration of nodes as long as its control plane has another configuration, pull secret or
 * trust bundle than the NodePool controller read (ignition-server/controllers/local_ignitionprovider.go GetPayload).
 */
export const payloadOutdated: Predicate = ({ base, head }) =>
  base !== undefined &&
  head !== undefined &&
  (configurationOf(base) !== configurationOf(head) ||
    contentDiffers(base, head, "pullSecret", pullSecretContent) ||
    contentDiffers(base, head, "additionalTrustBundle", trustBundleContent));
