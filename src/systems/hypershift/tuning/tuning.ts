import { isObject } from "../../../manifests/json-object.ts";
import type { JsonObject } from "../../../manifests/manifest.ts";
import { memoized } from "../../../manifests/memoized.ts";
import { compose } from "../../../manifests/yaml/compose.ts";
import { YamlError } from "../../../manifests/yaml/yaml-error.ts";
import type { Derived, Predicate, Scope } from "../../../rules/functions.ts";
import { payloadOf } from "../config/config-maps.ts";
import { jsonText } from "../go/json-text.ts";
import { GoTypeError, requireKnownKeys, throughGo } from "../go/struct.ts";
import { operatorBefore } from "../operator.ts";
import { listOf, objectOf } from "../values.ts";
import { mirroredTuned, takenOver } from "./mirrored-tuned.ts";
import { performanceProblem } from "./performance-problems.ts";
import { madeOfProfile } from "./performance-profile.ts";
import { argumentsByLabel, kernelArguments } from "./tuned-arguments.ts";
import { tuningKinds, tuningKindsBefore419 } from "./tuning-kinds.ts";

/**
 * The objects of `spec.tuningConfig`, as the NodePool controller reads them (hypershift-operator/controllers/nodepool/nto.go).
 */
interface TuningConfig {
  readonly tuned: readonly JsonObject[];
  readonly performance: readonly JsonObject[];
  readonly missing: readonly string[];
  /** Why the controller refuses it; the pool is then frozen. */
  readonly problems: readonly string[];
}

export const tuningConfig = memoized((scope: Scope): TuningConfig => {
  const tuned: JsonObject[] = [];
  const performance: JsonObject[] = [];
  const missing: string[] = [];
  const problems: string[] = [];
  for (const reference of scope.references("tuning-config")) {
    if (reference.value === undefined) {
      missing.push(reference.name);
      continue;
    }
    const payload = payloadOf(reference, "tuning");
    const read = payload === undefined ? "it has no key tuning" : readManifest(payload, scope);
    if (typeof read === "string") problems.push(`ConfigMap ${reference.name}: ${read}`);
    else (read.kind === "Tuned" ? tuned : performance).push(read.value);
  }
  if (performance.length > 1) problems.push("there can be only one PerformanceProfile for a NodePool");
  return { tuned: mirroredTuned(tuned), performance, missing, problems };
});

/** One object, read strictly; or what is wrong with it. */
function readManifest(payload: string, scope: Scope): string | { readonly kind: string; readonly value: JsonObject } {
  try {
    const { value: parsed, duplicates } = compose(payload);
    if (!isObject(parsed)) return "it holds no object";
    const [twice] = duplicates;
    if (twice !== undefined) return `a key is there twice: ${twice.key.slice(0, 80)}`;
    const { apiVersion, kind } = parsed;
    if (typeof apiVersion !== "string" || typeof kind !== "string") return "it has no apiVersion and kind";
    const name = `${apiVersion} ${kind}`;
    if (kind === "PerformanceProfile" && operatorBefore(scope, "4.16"))
      return "operators before 4.16 take no PerformanceProfile";
    if (!isKind(name)) return `its kind is neither Tuned nor PerformanceProfile: ${name.slice(0, 80)}`;
    const shape = (operatorBefore(scope, "4.19") ? tuningKindsBefore419 : tuningKinds)[name];
    requireKnownKeys(shape, parsed);
    const read = throughGo(shape, parsed);
    const value = isObject(read) ? read : {};
    const problem = kind === "PerformanceProfile" ? performanceProblem(value, scope) : undefined;
    return problem ?? { kind, value };
  } catch (error) {
    if (!(error instanceof YamlError) && !(error instanceof GoTypeError)) throw error;
    return error.message;
  }
}
const isKind = (name: string): name is keyof typeof tuningKinds => Object.hasOwn(tuningKinds, name);

/** With the capability disabled, nothing reads `tuningConfig`. */
export const tuningDisabled = (scope: Scope): boolean =>
  listOf(scope.get("$cluster/spec/capabilities/disabled")).includes("NodeTuning");

const textsOf = (objects: readonly JsonObject[], take: (object: JsonObject) => JsonObject | undefined): string[] =>
  objects.map((object) => jsonText(take(object) ?? {})).toSorted();

/** What becomes a MachineConfig or KubeletConfig, and so part of the hash. */
export const hashedTuning: Derived = (scope) => {
  if (tuningDisabled(scope)) return undefined;
  const { tuned, performance } = tuningConfig(scope);
  const profiles = textsOf(performance, (profile) => madeOfProfile(profile, scope).hashed);
  const all = [...kernelArguments(tuned, performance), ...profiles];
  return all.length === 0 ? undefined : all;
};

/**
 * Kernel arguments change behind a profile that is chosen by labels: the operator writes them only while no node of the pool has
 * that profile, and no manifest tells which labels nodes have.
 */
export const kernelArgumentsByLabel: Predicate = ({ base, head }) => {
  if (base === undefined || head === undefined || tuningDisabled(head)) return false;
  const { tuned, performance } = tuningConfig(head);
  if (performance.length > 0 || tuningConfig(base).performance.length > 0) return false;
  const before = tuningDisabled(base) ? [] : kernelArguments(tuningConfig(base).tuned, []);
  return argumentsByLabel(tuned) && jsonText(before) !== jsonText(kernelArguments(tuned, []));
};

/** With it the Node Tuning Operator leaves all that it made of a PerformanceProfile as it is. */
const pause = "performance.openshift.io/pause-reconcile";

/** Whether the pool's PerformanceProfile is paused (components/profile/profile.go IsPaused). */
const isProfilePaused = (scope: Scope | undefined): boolean =>
  scope !== undefined &&
  !tuningDisabled(scope) &&
  tuningConfig(scope).performance.some(
    ({ metadata }) => objectOf(objectOf(metadata)?.["annotations"])?.[pause] === "true",
  );

export const performanceProfilePause: Derived = (scope) => (isProfilePaused(scope) ? "paused" : undefined);

/** Whether a paused PerformanceProfile is the only reason for what the tuning does. */
export const performanceProfilePaused: Predicate = ({ base, head }) => {
  const tunedOf = (scope: Scope | undefined): string =>
    jsonText(scope === undefined ? [] : tuningConfig(scope).tuned.map((object) => object["spec"] ?? {}));
  return isProfilePaused(head) && tunedOf(base) === tunedOf(head);
};

export const performanceProfilePauseChanges: Predicate = ({ base, head }) =>
  isProfilePaused(base) !== isProfilePaused(head);
export const performanceProfileUnpaused: Predicate = ({ base, head }) =>
  isProfilePaused(base) && !isProfilePaused(head);

/** What TuneD applies on running nodes: the profiles themselves, and what a PerformanceProfile says beside kernel arguments. */
export const tunedOnNodes: Derived = (scope) => {
  if (tuningDisabled(scope)) return undefined;
  const { tuned, performance } = tuningConfig(scope);
  const all = [
    ...textsOf(tuned, takenOver),
    ...performance.flatMap((profile) => madeOfProfile(profile, scope).onNodes ?? []).map((part) => jsonText(part)),
  ];
  return all.length === 0 ? undefined : all;
};

/** A PerformanceProfile is on both sides, whatever it says. */
export const keepsPerformanceProfile: Predicate = ({ base, head }) =>
  [base, head].every(
    (scope) => scope !== undefined && !tuningDisabled(scope) && tuningConfig(scope).performance.length > 0,
  );
