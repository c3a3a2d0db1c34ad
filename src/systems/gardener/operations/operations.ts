import { isObject } from "../../../manifests/json-object.ts";
import type { Json } from "../../../manifests/manifest.ts";
import { isWithin } from "../../../rules/version.ts";
import { at, text } from "../shoot.ts";

export const operationAnnotation = "gardener.cloud/operation";
export const maintenanceAnnotation = "maintenance.gardener.cloud/operation";

/** What an operation does to the nodes: `rolls` as the pool's strategy says, `updates` them in place. */
export type OperationKind = "rolls" | "updates" | "harmless" | "depends";

interface Known {
  readonly kind: OperationKind;
  /** It must not be beside another one. */
  readonly alone?: true;
  readonly whenAwake?: true;
  /** The first release of Gardener that takes it. */
  readonly since?: string;
  /** The first that took it where the operator had switched it on. */
  readonly gated?: string;
  /** The first that took it no more. */
  readonly gone?: string;
}

/** The feature gate CredentialsRotationWithoutWorkersRollout. */
const withoutWorkers = { gated: "1.112", since: "1.121" };

/**
 * Every operation that a Shoot takes, gardener/gardener pkg/api/core/validation/shoot.go availableShootOperations, and
 * what gardenlet makes of it.
 */
const operations = new Map<string, Known>([
  ["maintain", { kind: "depends", alone: true }],
  ["retry", { kind: "harmless", alone: true }],
  ["force-in-place-update", { kind: "harmless", alone: true, since: "1.118" }],
  ["reconcile", { kind: "harmless" }],
  ["rollout-workers", { kind: "rolls", whenAwake: true, since: "1.132" }],
  ["rotate-rollout-workers", { kind: "rolls", whenAwake: true, ...withoutWorkers }],
  ["rotate-credentials-start", { kind: "rolls", whenAwake: true }],
  ["rotate-credentials-start-without-workers-rollout", { kind: "updates", whenAwake: true, ...withoutWorkers }],
  ["rotate-credentials-complete", { kind: "updates", whenAwake: true }],
  ["rotate-ca-start", { kind: "rolls" }],
  ["rotate-ca-start-without-workers-rollout", { kind: "updates", ...withoutWorkers }],
  ["rotate-ca-complete", { kind: "updates" }],
  ["rotate-serviceaccount-key-start", { kind: "rolls", whenAwake: true }],
  ["rotate-serviceaccount-key-start-without-workers-rollout", { kind: "harmless", whenAwake: true, ...withoutWorkers }],
  ["rotate-serviceaccount-key-complete", { kind: "harmless", whenAwake: true }],
  ["rotate-kubeconfig-credentials", { kind: "harmless", gone: "1.114" }],
  ["rotate-ssh-keypair", { kind: "updates" }],
  ["rotate-observability-credentials", { kind: "harmless" }],
  ["rotate-etcd-encryption-key", { kind: "harmless", whenAwake: true, since: "1.128" }],
  ["rotate-etcd-encryption-key-start", { kind: "harmless", whenAwake: true }],
  ["rotate-etcd-encryption-key-complete", { kind: "harmless", whenAwake: true }],
]);

/** One operation, as it is between two `;`. */
export interface Operation {
  readonly text: string;
  /** The known operation that it is or begins with; undefined when there is none. */
  readonly name: string | undefined;
  readonly kind: OperationKind | undefined;
  readonly alone: boolean;
  readonly whenAwake: boolean;
  /** The pools that a rollout names, untrimmed; undefined for operations that name none. */
  readonly pools: readonly string[] | undefined;
}

/** The operations take everything that begins with their name, as upstream's HasPrefix does. */
const withPools = ["rotate-rollout-workers", "rollout-workers"];

export function readOperation(one: string): Operation {
  const prefix = withPools.find((name) => one.startsWith(name));
  const known = operations.get(prefix ?? one);
  return {
    text: one,
    name: known === undefined ? undefined : (prefix ?? one),
    kind: known?.kind,
    alone: known?.alone === true,
    whenAwake: known?.whenAwake === true,
    pools: prefix === undefined ? undefined : one.replace(`${prefix}=`, "").split(","),
  };
}

/** SplitAndTrimString: the texts between `;`, trimmed. A text that is empty is an operation without a name. */
export const splitOperations = (value: string | undefined): string[] =>
  value === undefined || value === "" ? [] : value.split(";").map((part) => part.trim());

/** What the API server is asked for in one annotation of a Shoot. */
export function askedIn(shoot: Json | undefined, annotation: string): string[] {
  const annotations = at(shoot, "/metadata/annotations");
  return isObject(annotations) ? splitOperations(text(annotations[annotation])) : [];
}

/** The operations in one annotation of a Shoot, each once. */
export const operationsIn = (shoot: Json | undefined, annotation: string): string[] => [
  ...new Set(askedIn(shoot, annotation).filter((one) => one !== "")),
];

/** True when an operation reaches a pool: rollouts reach the pools that they name, everything else all pools. */
export const reaches = ({ pools }: Operation, pool: string): boolean =>
  pools === undefined || pools.includes(pool) || (pools.length === 1 && pools[0] === "*");

/** Whether a release, or one that is not known, takes an operation: `gated` where that is up to the operator. */
export function isTaken({ name }: Operation, release: string | undefined): "yes" | "no" | "gated" {
  const known = operations.get(name ?? "");
  if (known === undefined || (known.gone !== undefined && !isWithin(release ?? "", undefined, known.gone))) return "no";
  if (release === undefined || isWithin(release, known.since, undefined)) return "yes";
  return known.gated !== undefined && isWithin(release, known.gated, undefined) ? "gated" : "no";
}

/** Texts for messages. */
export const knownOperations = (release: string | undefined): string[] =>
  [...operations.keys()].filter((name) => isTaken(readOperation(name), release) !== "no").toSorted();
