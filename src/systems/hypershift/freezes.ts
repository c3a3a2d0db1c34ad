import type { Json } from "../../manifests/manifest.ts";
import type { Check, Derived, Finding, Predicate, Scope, Sides } from "../../rules/functions.ts";
import { setLabelProblems } from "./admission/machine-labels.ts";
import { poolProblems, takenKeys } from "./admission/pool-problems.ts";
import { clusterRefused } from "./cluster-refused.ts";
import { userConfig } from "./config/config-maps.ts";
import { proxyProblems } from "./config/haproxy.ts";
import { secondKubeletConfig } from "./config/sole-configs.ts";
import { operatorBefore } from "./operator.ts";
import { streamProblems } from "./os-image-stream.ts";
import { clusterRelease, minorOf, newestMinor, oldestMinor, skipsValidation, usesSdn } from "./release-validation.ts";
import { poolRelease } from "./release.ts";
import { patchProblems } from "./template/patched-template.ts";
import { tuningConfig, tuningDisabled } from "./tuning/tuning.ts";
import { listOf, numberOf, objectOf, textOf } from "./values.ts";

/**
 * Why the controller refuses to go on with a pool: nothing of a change reaches its machines until it is fixed. Reasons that
 * one side shows by itself, and those that are between the sides.
 */
function reasonsOf(scope: Scope, before?: Scope): string[] {
  return [
    ...poolProblems(scope),
    ...namelessReferences(scope),
    ...newerThanAllowed(scope, before),
    ...incompleteManagement(scope),
    ...impossibleScaling(scope),
    ...brokenConfig(scope),
    ...brokenTuning(scope),
    ...secondKubeletConfig(scope, before),
    ...streamProblems(scope),
    ...proxyProblems(scope),
    ...patchProblems(scope),
  ];
}

/**
 * np/nodepool_controller.go getPullSecretBytes, getAdditionalTrustBundle; np/config.go getUserConfigs: an empty name is looked
 * up too.
 */
function namelessReferences(scope: Scope): string[] {
  const bundle = operatorBefore(scope, "4.18") ? [] : ["$cluster/spec/additionalTrustBundle"];
  const given = ["$cluster/spec/pullSecret", ...bundle].map((path): [string, Json | undefined] => [
    path,
    scope.get(path),
  ]);
  const listed = ["$pool/spec/config", "$pool/spec/tuningConfig"].flatMap((path) =>
    listOf(scope.get(path)).map((reference): [string, Json] => [path, reference]),
  );
  return [...given, ...listed]
    .filter(([, reference]) => reference !== undefined && textOf(objectOf(reference)?.["name"]) === undefined)
    .map(([path]) => `${path.slice(1).replaceAll("/", ".")} names an object without a name, which cannot be read`);
}

/** np/config.go parse: one bad document keeps the whole configuration from being generated. */
const brokenConfig = (scope: Scope): string[] =>
  userConfig(scope).documents.flatMap(({ problem, configMap }) =>
    problem === undefined
      ? []
      : [`the controller refuses a document in ConfigMap ${configMap} (ValidMachineConfig=False): ${problem}`],
  );

/** np/nto.go getTuningConfig: read strictly, one object each, at most one PerformanceProfile. */
const brokenTuning = (scope: Scope): string[] =>
  (tuningDisabled(scope) ? [] : tuningConfig(scope).problems).map(
    (problem) => `the controller refuses the tuning configuration: ${problem}`,
  );

/** support/supportedversion/version.go IsValidReleaseVersion, as far as one side shows it. */
function newerThanAllowed(scope: Scope, before: Scope | undefined): string[] {
  const version = poolRelease(scope)?.version;
  const minor = minorOf(version);
  if (minor === undefined || skipsValidation(scope)) return [];
  const oldest = oldestMinor(scope);
  if (minor < oldest) return [`release ${version} is older than 4.${oldest}, the oldest that the operator supports`];
  const [asked, completed] = [clusterRelease(scope), before && clusterRelease(before)];
  // What is completed counts, and a HostedCluster that is asked for a release which is refused stays where it is.
  const stays = clusterRefused({ base: before, head: scope }) && readsCompleted(scope);
  const cluster = stays || (minorOf(completed) ?? 0) > (minorOf(asked) ?? Infinity) ? completed : asked;
  return minor > (minorOf(cluster) ?? Infinity)
    ? [
        `release ${version} of the pool is newer than the HostedCluster's ${cluster}: the control plane must be upgraded first`,
      ]
    : [];
}

/** Before 4.16 the controller compares with what the HostedCluster is asked for (np/nodepool_controller.go getHostedClusterVersion). */
const readsCompleted = (scope: Scope): boolean => !operatorBefore(scope, "4.16");

/** np/nodepool_controller.go validateManagement; the API server fills in a whole `replace`, never the rest of one. */
function incompleteManagement(scope: Scope): string[] {
  const at = (name: string) => scope.get(`$pool/spec/management/${name}`);
  if (at("upgradeType") !== "Replace") return [];
  if (at("replace/strategy") === "OnDelete") return [];
  return at("replace/strategy") === undefined || at("replace/rollingUpdate") === undefined
    ? ["management.replace with strategy RollingUpdate needs rollingUpdate with maxSurge and maxUnavailable"]
    : [];
}

/** Before 4.16 the controller asks what the CRD asks since (branch release-4.15 nodepool_controller.go validateAutoscaling). */
function impossibleScaling(scope: Scope): string[] {
  const scaling = objectOf(scope.get("$pool/spec/autoScaling"));
  if (scaling === undefined || !operatorBefore(scope, "4.16")) return [];
  if (scope.get("$pool/spec/replicas") !== undefined) return ["only one of replicas and autoScaling can be set"];
  return (numberOf(scaling["max"]) ?? Infinity) < (numberOf(scaling["min"]) ?? 0)
    ? ["autoScaling.max is less than autoScaling.min"]
    : [];
}

/** What shows only between the sides. */
function reasonsBetween({ base, head }: Sides): string[] {
  if (base === undefined || head === undefined) return [];
  const gone = vanished(base, head).map(
    (name) =>
      `the ConfigMap ${name} is removed, but the pool still names it, which the controller cannot read: brought back as it was it changes nothing, taken out of the pool too it does what is said here`,
  );
  return [...downgrade(base, head), ...unknownToOperator(base, head), ...gone, ...takenKeys(base, head)];
}

/** A release that a pool runs already is one that its operator knows, whatever `--target` says. */
function unknownToOperator(base: Scope, head: Scope): string[] {
  const version = poolRelease(head)?.version;
  const minor = minorOf(version);
  if (minor === undefined || version === poolRelease(base)?.version || skipsValidation(head)) return [];
  // Before 4.16 the HostedCluster's version is the only upper bound.
  if (operatorBefore(head, "4.16")) return [];
  return minor > newestMinor(head)
    ? [`the hypershift operator ${head.target("hypershift-operator")} does not know release ${version} of the pool`]
    : [];
}

function downgrade(base: Scope, head: Scope): string[] {
  const before = poolRelease(base)?.version;
  const after = poolRelease(head)?.version;
  const [from, to] = [minorOf(before), minorOf(after)];
  if (from === undefined || to === undefined || skipsValidation(head)) return [];
  if (from > to) return [`the controller refuses to go back a minor version, from release ${before} to ${after}`];
  return usesSdn(head) && from < to
    ? [`the controller refuses a minor upgrade with OpenShiftSDN, from release ${before} to ${after}`]
    : [];
}

/** ConfigMaps that were among the manifests, are gone now, and are still named. */
const vanished = (base: Scope, head: Scope): string[] =>
  [
    { id: "config", missing: userConfig(head).missing },
    { id: "tuning-config", missing: missingTuning(head) },
  ].flatMap(({ id, missing }) => {
    const held = new Set(base.references(id).flatMap(({ name, value }) => (value === undefined ? [] : [name])));
    return missing.filter((name) => held.has(name));
  });

/** Every reason for which the controller leaves the pool as it is. */
export const frozen: Check = (sides) => {
  const { head } = sides;
  if (head === undefined) return [];
  return [...reasonsBetween(sides), ...reasonsOf(head, sides.base)]
    .slice(0, 1)
    .map((because): Finding => ({ because }));
};

/** The change itself brings the pool to a halt. */
export const becomesFrozen: Check = (sides) =>
  sides.base === undefined || reasonsOf(sides.base).length > 0
    ? []
    : frozen(sides).map(({ because = "" }): Finding => ({ reason: because }));

export const isFrozen: Predicate = (sides) => frozen(sides).length > 0;

/** np/nodepool_controller.go getHostedClusterVersion: what the control plane has completed counts, not what it is asked for. */
export const waitsForControlPlane: Predicate = (sides) => {
  const { base, head } = sides;
  if (base === undefined || head === undefined || skipsValidation(head) || !readsCompleted(head)) return false;
  const [completed, asked] = [minorOf(clusterRelease(base)), minorOf(clusterRelease(head))];
  const pool = minorOf(poolRelease(head)?.version);
  if (completed === undefined || asked === undefined || pool === undefined) return false;
  return completed < pool && pool <= asked && !isFrozen(sides);
};

/** A new pool that the controller leaves without machines. */
export const frozenFromStart: Check = ({ base, head }) =>
  base === undefined && head !== undefined
    ? [...reasonsOf(head), ...newWithSdn(head), ...setLabelProblems(head)].map((reason): Finding => ({ reason }))
    : [];

/** Configuration that a new pool waits for, where it is in no manifest. */
export const unseenFromStart: Check = ({ base, head }) =>
  base !== undefined || head === undefined
    ? []
    : [...new Set([...userConfig(head).missing, ...missingTuning(head)])]
        .slice(0, 1)
        .map((name): Finding => ({ reason: `ConfigMap ${name}` }));

/** support/supportedversion/version.go IsValidReleaseVersion: without a version before. Up to 4.22 that is 0.0.0, an upgrade. */
function newWithSdn(scope: Scope): string[] {
  const version = poolRelease(scope)?.version;
  const isExempt = scope.get("$pool/spec/platform/type") === "PowerVS" && !operatorBefore(scope, "4.23");
  return !usesSdn(scope) || isExempt || skipsValidation(scope) || (minorOf(version) ?? 0) <= 10
    ? []
    : [`the controller takes no new pool of release ${version} with OpenShiftSDN`];
}

/** The first reason that a side shows by itself. */
export const freezeReason: Derived = (scope) => [...reasonsOf(scope), ...setLabelProblems(scope)][0];

/** The pool was frozen and no longer is: whatever had accumulated is applied now. */
export const thaws: Predicate = (sides) => {
  const { base, head } = sides;
  if (base === undefined || head === undefined) return false;
  const still = [...reasonsOf(head, base), ...reasonsBetween(sides), ...setLabelProblems(head)];
  return still.length === 0 && reasonsOf(base).length + setLabelProblems(base).length > 0;
};

/** Other ConfigMaps are missing on the two sides, so their contents cannot be compared. */
const missingDiffers =
  (missing: (scope: Scope) => readonly string[]): Predicate =>
  ({ base, head }) => {
    if (base === undefined || head === undefined) return false;
    const [before, after] = [base, head].map((scope) => missing(scope).toSorted().join(","));
    return before !== after && vanished(base, head).length === 0;
  };

const missingTuning = (scope: Scope): readonly string[] => (tuningDisabled(scope) ? [] : tuningConfig(scope).missing);

export const missingConfigDiffers = missingDiffers((scope) => userConfig(scope).missing);
export const missingTuningDiffers = missingDiffers(missingTuning);

/** Whether the documents of `spec.config` can be compared at all. */
export const configComparable: Predicate = (sides) =>
  !missingConfigDiffers(sides) && !(sides.base !== undefined && brokenConfig(sides.base).length > 0 && thaws(sides));
