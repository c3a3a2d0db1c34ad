import type { Predicate, Scope } from "../../rules/functions.ts";
import { operatorBefore } from "./operator.ts";
import { minorInRow, releaseImageOf } from "./release.ts";

export const hasSkipAnnotation = (scope: Scope): boolean =>
  scope.get("$cluster/metadata/annotations/hypershift.openshift.io~1skip-release-image-validation") !== undefined;

/** Operators before 4.18 lift the lower bound alone, the oldest nothing. */
export const skipsValidation = (scope: Scope): boolean => !operatorBefore(scope, "4.18") && hasSkipAnnotation(scope);

/**
 * A HostedCluster that is asked to go back to an older minor release stays as it is, whatever else of it changes
 * (hypershift-operator/controllers/hostedcluster/hostedcluster_controller.go validateReleaseImage). What runs is not asked for
 * where `controlPlaneRelease` hides it.
 */
export const clusterGoesBack: Predicate = ({ base, head }) => {
  if (base === undefined || head === undefined || hasSkipAnnotation(head)) return false;
  if ([base, head].some((scope) => scope.get("$cluster/spec/controlPlaneRelease/image") !== undefined)) return false;
  const [before, after] = [base, head].map((scope) => {
    const image = scope.get("$cluster/spec/release/image");
    const version = typeof image === "string" ? releaseImageOf(image).version : undefined;
    return version === undefined ? undefined : minorInRow(version);
  });
  return before !== undefined && after !== undefined && after < before;
};
