import type { Json } from "../../../manifests/manifest.ts";
import { at, items, runsSince, text } from "../shoot.ts";
import type { Operation } from "./operations.ts";

const allRotations = ["certificateAuthorities", "serviceAccountKey", "etcdEncryptionKey"] as const;
type Rotation = (typeof allRotations)[number];

/** How far a rotation has come; empty where the status does not say. */
export const phaseOf = (shoot: Json, rotation: Rotation): string =>
  text(at(shoot, `/status/credentials/rotation/${rotation}/phase`)) ?? "";

const resourcesAt = (shoot: Json, pointer: string): string =>
  [...new Set(items(at(shoot, pointer)).map((resource) => (text(resource) ?? "").replace(/\.$/, "")))]
    .toSorted()
    .join();

/** Whether etcd is not yet encrypted as `spec` asks for, as far as the status of the live Shoot speaks of it. */
export const isEncryptionRollingOut = (live: Json, spec: Json): boolean =>
  at(live, "/status/credentials/encryptionAtRest") !== undefined &&
  resourcesAt(live, "/status/credentials/encryptionAtRest/resources") !==
    resourcesAt(spec, "/spec/kubernetes/kubeAPIServer/encryptionConfig/resources");

/** forbiddenShootOperationsWhenEncryptionChangeIsRollingOut. */
const needsEncryption = ["rotate-credentials-start", "rotate-etcd-encryption-key", "rotate-etcd-encryption-key-start"];

/** The rotations that an operation starts or completes. */
function rotationsOf(name: string): readonly Rotation[] {
  if (name.startsWith("rotate-credentials-")) return allRotations;
  if (name.startsWith("rotate-ca-")) return ["certificateAuthorities"];
  if (name.startsWith("rotate-serviceaccount-key-")) return ["serviceAccountKey"];
  return name.startsWith("rotate-etcd-encryption-key") ? ["etcdEncryptionKey"] : [];
}

/** The phase that an operation asks of a rotation: `Completed` stands for one that was never started as well. */
function phaseFor(shoot: Json, operation: string, rotation: Rotation): "Prepared" | "Completed" | undefined {
  if (!rotationsOf(operation).includes(rotation)) return undefined;
  if (!operation.endsWith("-complete")) return "Completed";
  // One operation rotates the key of etcd from Kubernetes 1.34 on: there is nothing to complete.
  return rotation === "etcdEncryptionKey" && runsSince(shoot, "1.34") ? undefined : "Prepared";
}

/** Operations that no status suits together, since they ask different phases of one rotation. */
export function* phaseClashes(
  shoot: Json,
  { text: operation, name }: Operation,
  beside: readonly string[],
): Generator<string> {
  if (at(shoot, "/status") !== undefined) return;
  const asks = (one: string, rotation: Rotation): string | undefined => phaseFor(shoot, one, rotation);
  for (const other of new Set(beside))
    if (
      operation.endsWith("-complete") &&
      allRotations.some((one) => asks(operation, one) === "Prepared" && asks(other, one) === "Completed")
    )
      yield `operation "${operation}" needs a rotation that is prepared, and "${other}" that none is under way`;
  const waits = (["certificateAuthorities", "serviceAccountKey"] as const).filter(
    (rotation) => !beside.some((one) => asks(one, rotation) !== undefined),
  );
  if (name === "rotate-rollout-workers" && waits.length === 0)
    yield `operation "${operation}" needs a rotation in phase WaitingForWorkersRollout, and the others ask for another phase`;
}

/**
 * What the live status says against an operation. Manifests from git have no status: the operation is then taken to
 * suit it, since only the cluster knows.
 */
export function* phaseProblems(shoot: Json, { text: operation, name }: Operation): Generator<string> {
  if (at(shoot, "/status") === undefined) return;
  if (name === "rotate-rollout-workers") {
    const waiting = (["certificateAuthorities", "serviceAccountKey"] as const).some(
      (rotation) => phaseOf(shoot, rotation) === "WaitingForWorkersRollout",
    );
    if (!waiting) yield `operation "${operation}" needs a rotation in phase WaitingForWorkersRollout`;
    return;
  }
  if (needsEncryption.includes(operation) && isEncryptionRollingOut(shoot, shoot))
    yield `operation "${operation}" cannot start while a change of the encryption of etcd is being rolled out`;
  for (const rotation of rotationsOf(operation)) {
    const [phase, asked] = [phaseOf(shoot, rotation), phaseFor(shoot, operation, rotation)];
    if (asked !== undefined && phase !== asked && !(asked === "Completed" && phase === ""))
      yield `operation "${operation}" needs status.credentials.rotation.${rotation}.phase to be ${asked}, it is "${phase}"`;
  }
  if (operation.endsWith("-complete") || rotationsOf(operation).length === 0) return;
  if (!isReady(shoot)) yield `operation "${operation}" needs a shoot that was created successfully`;
  if (operation.startsWith("rotate-etcd")) return;
  for (const list of ["autoInPlaceUpdate", "manualInPlaceUpdate"])
    if (items(at(shoot, `/status/inPlaceUpdates/pendingWorkerUpdates/${list}`)).length > 0)
      yield `operation "${operation}" cannot start while status.inPlaceUpdates.pendingWorkerUpdates.${list} is not empty`;
}

/** isShootReadyForRotationStart; a status without a last operation says nothing. */
function isReady(shoot: Json): boolean {
  const [type, state] = [at(shoot, "/status/lastOperation/type"), at(shoot, "/status/lastOperation/state")];
  if (type === undefined || type === "Reconcile") return true;
  return (type === "Create" || type === "Restore") && state === "Succeeded";
}
