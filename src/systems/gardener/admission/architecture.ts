import type { Json } from "../../../manifests/manifest.ts";
import { isWithin } from "../../../rules/version.ts";
import { knownRelease } from "../api/decoder.ts";
import type { Problem } from "../api/problems.ts";
import { at, nameOf, text, workersOf } from "../shoot.ts";
import { workerPath } from "./paths.ts";
import { changedOrNew } from "./shoot-problems.ts";

/**
 * The processor of an AWS instance type by its name: a `g` behind the generation is Graviton. Names of other providers do
 * not tell; the CloudProfile does, which is not among the manifests.
 */
function architectureOf(shoot: Json, type: string): string | undefined {
  if (at(shoot, "/spec/provider/type") !== "aws") return undefined;
  const match = /^[a-z]+(\d+)([a-z]*)(?:-[a-z0-9]+)?\.[a-z0-9-]+$/.exec(type);
  if (match === null) return undefined;
  return type.startsWith("a1.") || match[2]?.includes("g") === true ? "arm64" : "amd64";
}

/** The architecture follows the machine type; a machine type of one architecture refuses the other. */
export const architectureChanges = changedOrNew(function* (base, head, scope): Generator<Problem> {
  // Since 1.149 an architecture that is not written follows the machine type.
  const unwritten = isWithin(knownRelease(scope, "gardener") ?? "", undefined, "1.149") ? "amd64" : undefined;
  const architectureIn = (worker: Json | undefined): string | undefined =>
    text(at(worker, "/machine/architecture")) ?? unwritten;
  for (const worker of workersOf(head)) {
    const old = workersOf(base).find((one) => nameOf(one) === nameOf(worker));
    const [type, architecture] = [text(at(worker, "/machine/type")), architectureIn(worker)];
    if (type === undefined || architecture === undefined) continue;
    const [oldType, oldArchitecture] = [text(at(old, "/machine/type")), architectureIn(old)];
    if (oldType === type && oldArchitecture === architecture) continue;
    const supported = architectureOf(head, type) ?? (oldType === type ? oldArchitecture : undefined);
    if (supported !== undefined && supported !== architecture)
      yield {
        path: workerPath(worker, "/machine/architecture"),
        message: `machine type "${type}" does not support CPU architecture "${architecture}"`,
      };
  }
});
