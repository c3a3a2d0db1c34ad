import type { Json } from "../../../manifests/manifest.ts";
import { isWithin } from "../../../rules/version.ts";
import { at, items, text } from "../shoot.ts";
import type { Operation } from "./operations.ts";

const rotations = {
  certificateAuthorities: "certificateAuthorities",
  serviceAccountKey: "serviceAccountKey",
  etcdEncryptionKey: "etcdEncryptionKey",
} as const;
type Rotation = keyof typeof rotations;

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
  if (name.startsWith("rotate-credentials-"))
    return ["certificateAuthorities", "serviceAccountKey", "etcdEncryptionKey"];
  if (name.startsWith("rotate-ca-")) return ["certificateAuthorities"];
  if (name.startsWith("rotate-serviceaccount-key-")) return ["serviceAccountKey"];
  return name.startsWith("rotate-etcd-encryption-key") ? ["etcdEncryptionKey"] : [];
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
  const completes = operation.endsWith("-complete");
  // One operation rotates the key of etcd from Kubernetes 1.34 on: there is nothing to complete.
  const isWhole = isWithin(text(at(shoot, "/spec/kubernetes/version")) ?? "", "1.34", undefined);
  const starts = !completes && rotationsOf(operation).length > 0;
  for (const rotation of rotationsOf(operation)) {
    const phase = phaseOf(shoot, rotation);
    if (completes && phase !== "Prepared" && !(isWhole && rotation === "etcdEncryptionKey"))
      yield `operation "${operation}" needs status.credentials.rotation.${rotation}.phase to be Prepared, it is "${phase}"`;
    if (starts && phase !== "" && phase !== "Completed")
      yield `operation "${operation}" needs status.credentials.rotation.${rotation}.phase to be Completed, it is "${phase}"`;
  }
  if (!starts) return;
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
