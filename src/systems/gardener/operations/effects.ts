import { type Derived, type Finding, type Sides, Unknown } from "../../../rules/functions.ts";
import { canonicalText } from "../../../rules/canonical.ts";
import {
  maintenanceAnnotation,
  operationAnnotation,
  type OperationKind,
  operationsIn,
  reaches,
  readOperation,
} from "./operations.ts";
import { at, isHibernationEnabled } from "../shoot.ts";

const annotations = [operationAnnotation, maintenanceAnnotation];

/** The operations of one kind that are asked for on this side and reach the pool. */
const asked =
  (kind: OperationKind): Derived =>
  (scope) => {
    const shoot = scope.get("$cluster");
    const names = annotations
      .flatMap((annotation) => operationsIn(shoot, annotation))
      .filter((one) => {
        const operation = readOperation(one);
        if (operation.kind !== kind || !reaches(operation, scope.pool)) return false;
        // Without SSH access there is no key on the nodes.
        return one !== "rotate-ssh-keypair" || at(shoot, "/spec/provider/workersSettings/sshAccess/enabled") !== false;
      });
    if (names.length === 0) return undefined;
    return kind === "depends"
      ? new Unknown("maintenance may update Kubernetes and image versions, as the CloudProfile says", names.join(";"))
      : names.toSorted().join(";");
  };

export const rollingOperations = asked("rolls");
export const updatingOperations = asked("updates");
export const dependentOperations = asked("depends");

/** True when an operation is asked for on the head that the base did not ask for. */
export const operationIsNew = ({ base, head }: Sides): boolean =>
  annotations.some((annotation) => {
    const before = operationsIn(base?.get("$cluster"), annotation);
    return operationsIn(head?.get("$cluster"), annotation).some((one) => !before.includes(one));
  });

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
 * any operation that reconciles the Shoot brings them at once.
 */
export const confinedChanges = (sides: Sides): readonly Finding[] => {
  const [before, after] = [sides.base?.get("$cluster"), sides.head?.get("$cluster")];
  if (specOf(sides, "base") === specOf(sides, "head")) return [];
  if (isHibernationEnabled(before) !== isHibernationEnabled(after)) return [];
  const reconciles = operationsIn(after, operationAnnotation).some(
    (one) => !["maintain", "retry", "force-in-place-update"].includes(one),
  );
  return reconciles ? [] : [{}];
};

/** An operation in `maintenance.gardener.cloud/operation` is moved over in the maintenance window. */
export const waitingOperations = (sides: Sides): readonly Finding[] =>
  waits(sides) && specOf(sides, "base") === specOf(sides, "head") ? [{}] : [];
