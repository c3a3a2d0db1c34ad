import type { Predicate, Scope } from "../../rules/functions.ts";
import { operatorBefore } from "./operator.ts";
import { minorInRow, releaseImageOf } from "./release.ts";

const hasSkipAnnotation = (scope: Scope): boolean =>
  scope.get("$cluster/metadata/annotations/hypershift.openshift.io~1skip-release-image-validation") !== undefined;

/** Operators before 4.18 lift the lower bound alone, the oldest nothing. */
export const skipsValidation = (scope: Scope): boolean => !operatorBefore(scope, "4.18") && hasSkipAnnotation(scope);

/** support/supportedversion/version.go GetMinSupportedVersion. */
export function oldestMinor(scope: Scope): number {
  if (hasSkipAnnotation(scope) && !operatorBefore(scope, "4.15")) return 0;
  const platform = scope.get("$cluster/spec/platform/type");
  if (platform === "IBMCloud") return operatorBefore(scope, "4.21") ? 9 : 14;
  if (!operatorBefore(scope, "4.17") || platform === "KubeVirt") return 14;
  return operatorBefore(scope, "4.15") ? 12 : 13;
}

/** The newest minor release that the operator knows. */
export const newestMinor = (scope: Scope): number => minorInRow(scope.target("hypershift-operator")) ?? Infinity;

export const usesSdn = (scope: Scope): boolean => scope.get("$cluster/spec/networking/networkType") === "OpenShiftSDN";

/** The release that the control plane completes: what a live dump reports, else what the manifest asks for. */
export function clusterRelease(scope: Scope): string | undefined {
  const image = scope.get("$cluster/spec/release/image");
  return typeof image === "string" ? releaseImageOf(image).version : undefined;
}

export const minorOf = (version: string | undefined): number | undefined =>
  version === undefined ? undefined : minorInRow(version);

/**
 * A HostedCluster that is asked for a release which its controller refuses stays as it is, whatever else of it changes
 * (hypershift-operator/controllers/hostedcluster/hostedcluster_controller.go validateReleaseImage; support/supportedversion/
 * version.go IsValidReleaseVersion). What runs is not asked for where `controlPlaneRelease` hides it.
 */
export const clusterReleaseRefused: Predicate = ({ base, head }) => {
  if (base === undefined || head === undefined || hasSkipAnnotation(head)) return false;
  if ([base, head].some((scope) => scope.get("$cluster/spec/controlPlaneRelease/image") !== undefined)) return false;
  const [before, after] = [minorOf(clusterRelease(base)), minorOf(clusterRelease(head))];
  if (before === undefined || after === undefined || before === after) return false;
  return after < before || after > newestMinor(head) || usesSdn(head);
};
