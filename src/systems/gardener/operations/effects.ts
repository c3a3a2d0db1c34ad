import { canonicalText } from "../../../rules/canonical.ts";
import type { Derived, Finding, Predicate, Scope, Sides } from "../../../rules/functions.ts";
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
    // Without SSH access there is no key on the nodes.
    return one !== "rotate-ssh-keypair" || at(shoot, "/spec/provider/workersSettings/sshAccess/enabled") !== false;
  });
}

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
  const reconciles = operationsIn(after, operationAnnotation).some(
    (one) => !["maintain", "retry", "force-in-place-update"].includes(one),
  );
  return reconciles ? [] : [{}];
};

/** An operation in `maintenance.gardener.cloud/operation` is moved over in the maintenance window. */
export const waitingOperations = (sides: Sides): readonly Finding[] =>
  waits(sides) && specOf(sides, "base") === specOf(sides, "head") ? [{}] : [];
