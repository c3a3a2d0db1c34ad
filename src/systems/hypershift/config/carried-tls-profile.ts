import { type Derived, type Predicate, Unknown } from "../../../rules/functions.ts";
import { isWithin } from "../../../rules/version.ts";
import { jsonText } from "../go/json-text.ts";
import { controlPlaneRelease, poolRelease } from "../release.ts";
import { hashedConfig } from "./config-maps.ts";
import { imageContentSources, sshKey } from "./core-config.ts";
import { profileInForce } from "./global-config.ts";

/**
 * The TLS profile that new nodes and an update of an InPlace pool take along, though its release does not hash it: the control
 * plane operator hands it on since 4.23, and the machine-config operator of the pool writes it into kubelet.conf since 4.17. They
 * have Intermediate otherwise
 * (control-plane-operator/controllers/hostedcontrolplane/mcs/reconcile.go ReconcileMachineConfigServerConfig;
 * openshift/machine-config-operator@7ff337a4ff pkg/controller/kubelet-config/kubelet_config_bootstrap.go RunKubeletBootstrap).
 */
export const carriedTlsProfile: Derived = (scope) => {
  const [pool, cluster] = [poolRelease(scope)?.version, controlPlaneRelease(scope)?.version];
  if (pool === undefined || cluster === undefined) return undefined;
  if (!isWithin(pool, "4.17", "4.23") || !isWithin(cluster, "4.23", undefined)) return undefined;
  const profile = profileInForce(scope.get("$cluster/spec/configuration/apiServer/tlsSecurityProfile"));
  return profile === "Intermediate" ? undefined : profile;
};

/** What is computed of ConfigMaps, of the cluster's image sources or of its SSH key is hashed otherwise on the two sides. */
export const hashedContentDiffers: Predicate = ({ base, head }) =>
  base !== undefined &&
  head !== undefined &&
  [hashedConfig, imageContentSources, sshKey].some((read) => {
    const [before, after] = [read(base), read(head)];
    // Another rule reports what is unknown.
    if (before instanceof Unknown || after instanceof Unknown) return false;
    return jsonText(before ?? null) !== jsonText(after ?? null);
  });
