import type { Derived, Scope } from "../../rules/functions.ts";
import { readSegments } from "../../rules/path.ts";
import { parseVersion } from "../../rules/version.ts";
import { userConfig } from "./config/config-maps.ts";
import { poolRelease } from "./release.ts";
import { textAt } from "./values.ts";

/** The stream that the pool asks for. */
const streamOf = (scope: Scope): string | undefined => textAt(scope, "$pool/spec/osImageStream/name");

/** hypershift-operator/controllers/nodepool/osstream.go usesRuncRuntime. */
const usesRunc = (scope: Scope): boolean =>
  userConfig(scope).documents.some(
    ({ kind, value }) =>
      kind?.kind === "ContainerRuntimeConfig" &&
      readSegments(value, ["spec", "containerRuntimeConfig", "defaultRuntime"]) === "runc",
  );

const isFive = (scope: Scope): boolean | undefined => {
  const version = poolRelease(scope)?.version;
  return version === undefined ? undefined : (parseVersion(version)?.[0] ?? 0) >= 5;
};

/** The stream as it is hashed: the default of the release is left out (config.go NewConfigGenerator, stream.go GetRHELStream). */
export const hashedStream: Derived = (scope) => {
  const stream = streamOf(scope);
  if (stream === undefined) return undefined;
  const standard = isFive(scope) === true && !usesRunc(scope) ? "rhel-10" : "rhel-9";
  return stream === standard ? undefined : stream;
};

/** The stream that chooses the boot image from 5.0 on, where an absent one depends on the pool's status. */
export const bootStream: Derived = (scope) => (isFive(scope) === false ? undefined : streamOf(scope));

/** Streams that the controller refuses; the pool is then frozen. */
export function streamProblems(scope: Scope): string[] {
  if (streamOf(scope) !== "rhel-10") return [];
  if (isFive(scope) === false) return ["stream rhel-10 needs release 5.0 or newer"];
  return usesRunc(scope) ? ["stream rhel-10 has no runc, which a ContainerRuntimeConfig asks for"] : [];
}
