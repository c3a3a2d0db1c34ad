import type { Check, Scope } from "../../../rules/functions.ts";
import type { Catalog } from "../../../rules/rows.ts";
import { compareVersions, isWithin, minorOf } from "../../../rules/version.ts";
import { text } from "../shoot.ts";

/**
 * The newest minor of Kubernetes in the tables, where a version is of a newer one still: it may have names that they lack.
 * Undefined for every other version.
 */
export function newestKnownBefore(version: string | undefined, minors: Catalog): string | undefined {
  const minor = version === undefined ? undefined : minorOf(version);
  if (minor === undefined || Object.hasOwn(minors, minor)) return undefined;
  let newest: string | undefined;
  for (const known of Object.keys(minors))
    if (newest === undefined || (compareVersions(known, newest) ?? 0) > 0) newest = known;
  return newest !== undefined && (compareVersions(minor, newest) ?? 0) > 0 ? newest : undefined;
}

/** Said of a name that no Kubernetes of the tables has; `newest` is set where a newer one may have it. */
export const unknownName = (kind: string, newest: string | undefined): { message: string; isUnsure: boolean } =>
  newest === undefined
    ? { message: `unknown ${kind}`, isUnsure: false }
    : { message: `unknown ${kind} up to Kubernetes ${newest}, which a newer one may have`, isUnsure: true };

const minorsOf = (scope: Scope): Catalog => scope.catalog("kubernetes-minors");
const versionOf = (scope: Scope | undefined): string | undefined => text(scope?.get("$kubernetes-version"));

/** A pool runs a Kubernetes that the tables do not know yet. */
export const kubernetesBeyondRules: Check = ({ head }) => {
  const version = versionOf(head);
  const newest = head === undefined ? undefined : newestKnownBefore(version, minorsOf(head));
  if (version === undefined || newest === undefined) return [];
  return [{ reason: `${minorOf(version)} is newer than ${newest}, the newest that the rules know` }];
};

/** The Gardener that somebody named does not run the Kubernetes of a pool. */
export const kubernetesNotRun: Check = ({ head }) => {
  const minor = minorOf(versionOf(head) ?? "");
  if (head === undefined || minor === undefined || !head.isKnownRelease("gardener")) return [];
  const minors = minorsOf(head);
  const row = Object.hasOwn(minors, minor) ? minors[minor] : undefined;
  const release = head.target("gardener");
  if (row === undefined || isWithin(release, row.from, row.before)) return [];
  return [{ reason: `${release} does not run Kubernetes ${minor}` }];
};
