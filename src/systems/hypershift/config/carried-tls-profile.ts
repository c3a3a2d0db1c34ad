import type { Json } from "../../../manifests/manifest.ts";
import { type Derived, type Predicate, type Scope, Unknown, type Value } from "../../../rules/functions.ts";
import { isWithin } from "../../../rules/version.ts";
import { jsonText } from "../go/json-text.ts";
import { controlPlaneRelease, poolRelease } from "../release.ts";
import { objectOf } from "../values.ts";
import { hashedConfig } from "./config-maps.ts";
import { imageContentSources, sshKey } from "./core-config.ts";
import { profileInForce } from "./global-config.ts";

/**
 * The TLS profile that an update of an InPlace pool takes along, though its release does not hash it: the control plane operator
 * hands it on since 4.23, and the machine-config operator of the pool writes it into kubelet.conf since 4.17
 * (control-plane-operator/controllers/hostedcontrolplane/mcs/reconcile.go ReconcileMachineConfigServerConfig;
 * openshift/machine-config-operator@7ff337a4ff pkg/controller/kubelet-config/kubelet_config_bootstrap.go RunKubeletBootstrap).
 */
export const carriedTlsProfile: Derived = (scope) => {
  const [pool, cluster] = [poolRelease(scope)?.version, controlPlaneRelease(scope)?.version];
  if (pool === undefined || cluster === undefined) return undefined;
  return isWithin(pool, "4.17", "4.23") && isWithin(cluster, "4.23", undefined)
    ? profileInForce(scope.get("$cluster/spec/configuration/apiServer/tlsSecurityProfile"))
    : undefined;
};

/** The sides hash to other values by something that does not drain nodes by itself. */
export const otherwiseUpdated: Predicate = ({ base, head }) =>
  base !== undefined &&
  head !== undefined &&
  hashed.some((read) => {
    const [before, after] = [read(base), read(head)];
    if (before instanceof Unknown || after instanceof Unknown) return false;
    return jsonText(before ?? null) !== jsonText(after ?? null);
  });

const hashed: readonly ((scope: Scope) => Value)[] = [
  hashedConfig,
  imageContentSources,
  sshKey,
  ...["$cluster/spec/pullSecret/name", "$cluster/spec/additionalTrustBundle/name"].map(
    (path) => (scope: Scope) => scope.get(path),
  ),
  ...["proxy", "image"].map((name) => (scope: Scope) => withoutEmpty(scope.get(`$cluster/spec/configuration/${name}`))),
];

/** Absent, empty and false are equal in what is hashed of these. */
function withoutEmpty(value: Json | undefined): Json {
  if (value === undefined || value === "" || value === false) return null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map((item: Json) => withoutEmpty(item));
  const object = objectOf(value);
  if (object === undefined) return value;
  const entries = Object.entries(object)
    .map(([key, inner]) => [key, withoutEmpty(inner)] as const)
    .filter(([, inner]) => inner !== null);
  return entries.length === 0 ? null : Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
