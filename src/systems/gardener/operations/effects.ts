import type { Json } from "../../../manifests/manifest.ts";
import { canonicalText } from "../../../rules/canonical.ts";
import type { Check, Derived, Finding, Predicate, Scope, Sides } from "../../../rules/functions.ts";
import { at, isHibernationEnabled } from "../shoot.ts";
import {
  maintenanceAnnotation,
  operationAnnotation,
  type OperationKind,
  operationsIn,
  reaches,
  readOperation,
} from "./operations.ts";

const annotations = [operationAnnotation, maintenanceAnnotation];

/** The operations of one kind in one annotation that reach the pool. */
function reaching(kind: OperationKind, scope: Scope, annotation: string): readonly string[] {
  const shoot = scope.get("$cluster");
  return operationsIn(shoot, annotation).filter((one) => {
    const operation = readOperation(one);
    if (operation.kind !== kind || !reaches(operation, scope.pool)) return false;
    return one !== "rotate-ssh-keypair" || hasSsh(shoot);
  });
}

/** Without SSH access there is no key on the nodes. */
const hasSsh = (shoot: Json | undefined): boolean =>
  at(shoot, "/spec/provider/workersSettings/sshAccess/enabled") !== false;

/** The operations of one kind that are asked for on this side and reach the pool. */
const asked =
  (kind: OperationKind): Derived =>
  (scope) => {
    const names = [
      ...reaching(kind, scope, operationAnnotation),
      ...reaching(kind, scope, maintenanceAnnotation).map((name) => `${name} (in the maintenance window)`),
    ];
    return names.length === 0 ? undefined : names.toSorted().join(";");
  };

export const rollingOperations = asked("rolls");
export const updatingOperations = asked("updates");
export const dependentOperations = asked("depends");

/** True when the head asks the pool for an operation of this kind that the base did not ask it for. */
const isNew =
  (kind: OperationKind): Predicate =>
  ({ base, head }) =>
    head !== undefined &&
    annotations.some((annotation) => {
      const before = base === undefined ? [] : reaching(kind, base, annotation);
      return reaching(kind, head, annotation).some((one) => !before.includes(one));
    });

export const rollingOperationIsNew = isNew("rolls");
export const updatingOperationIsNew = isNew("updates");
export const dependentOperationIsNew = isNew("depends");

/** The operation is only in the annotation that waits for the maintenance window. */
const waits = ({ base, head }: Sides): boolean => {
  const before = operationsIn(base?.get("$cluster"), maintenanceAnnotation);
  const [now, later] = annotations.map((annotation) => operationsIn(head?.get("$cluster"), annotation));
  return (now ?? []).length === 0 && (later ?? []).some((one) => !before.includes(one));
};

const specOf = (sides: Sides, side: "base" | "head"): string => {
  const { hibernation: _, ...rest } = (sides[side]?.get("$cluster/spec") ?? {}) as Record<string, never>;
  return canonicalText(rest);
};

/**
 * With confineSpecUpdateRollout, changes of the spec wait for the maintenance window; turning hibernation on or off and
 * any operation that reconciles the Shoot brings them at once. A new Shoot, and one that goes, wait for nothing.
 */
export const confinedChanges = (sides: Sides): readonly Finding[] => {
  const [before, after] = [sides.base?.get("$cluster"), sides.head?.get("$cluster")];
  if (before === undefined || after === undefined || specOf(sides, "base") === specOf(sides, "head")) return [];
  if (isHibernationEnabled(before) !== isHibernationEnabled(after)) return [];
  return reconciling(after).length > 0 ? [] : [{}];
};

/** The operations with which the API server raises the generation: mustIncreaseGeneration of a Shoot that has not failed. */
const reconciling = (shoot: Json): readonly string[] =>
  operationsIn(shoot, operationAnnotation).filter((one) =>
    one === "rotate-ssh-keypair" ? hasSsh(shoot) : !["maintain", "retry", "force-in-place-update"].includes(one),
  );

/** A Shoot that keeps its changes for the maintenance window is reconciled now, and with it what had waited since before. */
export const flushingOperation: Check = ({ base, head }) => {
  const [before, after] = [base?.get("$cluster"), head?.get("$cluster")];
  if (before === undefined || after === undefined) return [];
  const known = operationsIn(before, operationAnnotation);
  const added = reconciling(after).filter((one) => !known.includes(one));
  return added.length === 0 ? [] : [{ reason: added.toSorted().join(", ") }];
};

/** An operation in `maintenance.gardener.cloud/operation` is moved over in the maintenance window. */
export const waitingOperations = (sides: Sides): readonly Finding[] => (waits(sides) ? [{}] : []);
