import { isObject } from "../../../manifests/json-object.ts";
import type { Json } from "../../../manifests/manifest.ts";
import { sameValue } from "../../../rules/canonical.ts";
import { isWithin } from "../../../rules/version.ts";
import { knownRelease } from "../api/decoder.ts";
import type { Problem } from "../api/problems.ts";
import {
  askedIn,
  isTaken,
  knownOperations,
  maintenanceAnnotation,
  operationAnnotation,
  type Operation,
  readOperation,
} from "../operations/operations.ts";
import { phaseClashes, phaseProblems } from "../operations/rotation-phases.ts";
import { at, isInHibernation, isInPlace, isSelfHosted, nameOf, text, workersOf } from "../shoot.ts";
import { changedOrNew } from "./shoot-problems.ts";

const withoutRollout = "-without-workers-rollout";
/** An operation and those that must not be beside it: incompatibleShootOperations. */
const incompatible: Readonly<Record<string, readonly string[]>> = {
  "rotate-credentials-start": [
    `rotate-ca-start${withoutRollout}`,
    `rotate-serviceaccount-key-start${withoutRollout}`,
    `rotate-credentials-start${withoutRollout}`,
  ],
  [`rotate-credentials-start${withoutRollout}`]: ["rotate-ca-start", "rotate-serviceaccount-key-start"],
  "rotate-ca-start": [`rotate-ca-start${withoutRollout}`],
  "rotate-serviceaccount-key-start": [`rotate-serviceaccount-key-start${withoutRollout}`],
  "rotate-etcd-encryption-key": ["rotate-etcd-encryption-key-start"],
};

const starts = ["rotate-ca-start", "rotate-serviceaccount-key-start"].flatMap((name) => [name, name + withoutRollout]);
const completes = ["rotate-ca-complete", "rotate-serviceaccount-key-complete", "rotate-etcd-encryption-key-complete"];
/** An operation in one annotation and those that must not be in the other. */
const across: Readonly<Record<string, readonly string[]>> = {
  "rotate-credentials-start": [...starts, "rotate-etcd-encryption-key", "rotate-etcd-encryption-key-start"],
  [`rotate-credentials-start${withoutRollout}`]: [
    ...starts,
    "rotate-etcd-encryption-key",
    "rotate-etcd-encryption-key-start",
  ],
  "rotate-credentials-complete": completes,
};

/** A Shoot as the API server gets it, and as it was before. */
interface Subject {
  readonly shoot: Json;
  readonly before: Json | undefined;
  readonly release: string | undefined;
}

/** validateShootOperation and validateShootOperationContext: refused operations, once they are asked for anew. */
export const operationProblems = changedOrNew(function* (base, head, scope): Generator<Problem> {
  const release = knownRelease(scope, "gardener");
  if (base === undefined) {
    const [now, later] = [askedIn(head, operationAnnotation), askedIn(head, maintenanceAnnotation)];
    yield* problemsOf({ shoot: asCreated(head), before: undefined, release }, now, later);
    return;
  }
  const later = settled(askedIn(head, maintenanceAnnotation));
  // Before it validates, the registry strips operations that it has dealt with itself, unless the spec changes too.
  const keepsSpec = (): boolean => sameValue(at(base, "/spec"), at(head, "/spec"));
  const now = settled(askedIn(head, operationAnnotation).filter((one) => !(isStripped(head, one) && keepsSpec())));
  const same = (annotation: string): boolean => sameValue(askedIn(base, annotation), askedIn(head, annotation));
  // What stood there before was taken: only a new combination with the Shoot can be refused.
  const stood = same(operationAnnotation) && same(maintenanceAnnotation);
  const found = [...problemsOf({ shoot: head, before: base, release }, now, later)];
  const old = { shoot: base, before: undefined, release };
  const known = new Set(stood ? [...problemsOf(old, now, later)].map(({ message }) => message) : []);
  yield* found.filter(({ message }) => !known.has(message));
});

/** cleanUpOperation writes each operation once, and nothing where only blanks are left. New Shoots are not cleaned up. */
const settled = (asked: readonly string[]): readonly string[] =>
  asked.every((one) => one === "") ? [] : [...new Set(asked)];

/** PrepareForCreate drops the status: nothing is created yet, and nothing was rotated. */
const asCreated = (shoot: Json): Json => ({
  ...(isObject(shoot) ? shoot : {}),
  status: { lastOperation: { type: "Create", state: "Pending" } },
});

/** mustIncreaseGeneration in pkg/apiserver/registry/core/shoot/strategy.go. */
const isStripped = (shoot: Json, operation: string): boolean =>
  operation === "reconcile" ||
  (operation === "rotate-ssh-keypair" && at(shoot, "/spec/provider/workersSettings/sshAccess/enabled") === false);

function* problemsOf(subject: Subject, now: readonly string[], later: readonly string[]): Generator<Problem> {
  const { shoot, release } = subject;
  const path = ["metadata", "annotations"];
  const equal = now.filter((one) => later.includes(one));
  if (equal.length > 0)
    yield { path: [...path, operationAnnotation], message: `both operation annotations name ${equal.join(", ")}` };
  for (const [annotation, texts, others] of [
    [operationAnnotation, now, later],
    [maintenanceAnnotation, later, now],
  ] as const) {
    const report = (message: string): Problem => ({ path: [...path, annotation], message });
    if (isOneAtATime(release) && /^\s|;|\s$/.test(textOf(shoot, annotation) ?? "")) {
      yield report(`Gardener ${release} takes one operation at a time, without ; and spaces around it`);
      continue;
    }
    const read = texts.map(readOperation);
    const never = read.find(({ alone }) => alone && annotation === maintenanceAnnotation);
    if (isOneAtATime(release) && never !== undefined) {
      yield report(`Gardener ${release} does not take operation "${never.text}" for the maintenance window`);
      continue;
    }
    const refused = read.flatMap((operation) => firstProblem(shoot, release, operation, read.length) ?? [])[0];
    if (refused !== undefined) {
      yield report(refused);
      continue;
    }
    for (const operation of read.filter((one) => isTaken(one, release) === "gated"))
      yield {
        ...report(`operation "${operation.text}" is taken by Gardener ${release} where its operator switched it on`),
        isUnsure: true,
      };
    for (const operation of read)
      for (const message of operationMessages(subject, operation, texts, others)) yield report(message);
  }
}

const isOneAtATime = (release: string | undefined): release is string => isWithin(release ?? "", undefined, "1.133");

function textOf(shoot: Json, annotation: string): string | undefined {
  const annotations = at(shoot, "/metadata/annotations");
  return isObject(annotations) ? text(annotations[annotation]) : undefined;
}

function firstProblem(
  shoot: Json,
  release: string | undefined,
  operation: Operation,
  count: number,
): string | undefined {
  if (isTaken(operation, release) === "no")
    return `operation "${operation.text}" is not supported, only ${knownOperations(release).join(", ")}`;
  if (count > 1 && operation.alone)
    return `operation "${operation.text}" must not run in parallel with other operations`;
  const managed =
    at(shoot, "/spec/credentialsBindingName") !== undefined || at(shoot, "/spec/secretBindingName") !== undefined;
  return isSelfHosted(shoot) && !managed && operation.pools !== undefined
    ? `operation "${operation.text}" is not permitted for self-hosted shoot clusters with unmanaged infrastructure`
    : undefined;
}

function* operationMessages(
  { shoot, before }: Subject,
  operation: Operation,
  beside: readonly string[],
  others: readonly string[],
): Generator<string> {
  const name = operation.text;
  const version = text(at(shoot, "/spec/kubernetes/version")) ?? "";
  if (/^rotate-etcd-encryption-key-(start|complete)$/.test(name) && isWithin(version, "1.34", undefined))
    yield `operation "${name}" is no longer supported for Kubernetes versions >= 1.34: use rotate-etcd-encryption-key`;
  const clashes = (incompatible[name] ?? []).filter((one) => beside.includes(one));
  if (clashes.length > 0) yield `operation "${name}" is not permitted together with ${clashes.join(", ")}`;
  const crossing = (across[name] ?? []).filter((one) => others.includes(one));
  if (crossing.length > 0)
    yield `operation "${name}" is not permitted while the other operation annotation names ${crossing.join(", ")}`;
  if (operation.whenAwake && isInHibernation(shoot, before))
    yield `operation "${name}" is not permitted when the shoot is hibernated or is waking up`;
  yield* phaseProblems(shoot, operation);
  yield* phaseClashes(shoot, operation, [...beside, ...others]);
  if (operation.pools !== undefined) yield* poolMessages(shoot, operation, operation.pools);
}

function* poolMessages(shoot: Json, operation: Operation, pools: readonly string[]): Generator<string> {
  const workers = workersOf(shoot);
  const rollout = operation.name === "rollout-workers";
  if (pools.includes("")) yield `"${operation.text}" must name at least one pool${rollout ? " or *" : ""}`;
  const all = rollout && pools.length === 1 && pools[0] === "*";
  const named = all ? workers.map(nameOf) : pools;
  if (rollout && named.includes("*")) yield 'if "*" is provided, no other pool names are allowed';
  for (const [index, name] of named.entries()) {
    if (named.indexOf(name) < index) yield `pool name "${name}" was specified multiple times`;
    const worker = workers.find((one) => nameOf(one) === name);
    if (worker === undefined)
      yield `worker pool name "${name}" does not exist in spec.provider.workers (names are not trimmed)`;
    else if (rollout && isInPlace(worker))
      yield `worker pool "${name}" is using an in-place update strategy; manual worker pool rollout is not supported for such pools`;
  }
}
