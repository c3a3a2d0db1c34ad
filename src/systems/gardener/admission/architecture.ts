import type { Json } from "../../../manifests/manifest.ts";
import type { Predicate } from "../../../rules/functions.ts";
import { isWithin } from "../../../rules/version.ts";
import { knownRelease } from "../api/decoder.ts";
import type { Problem } from "../api/problems.ts";
import { at, nameOf, text, workersOf } from "../shoot.ts";
import { workerPath } from "./paths.ts";
import { changedOrNew } from "./shoot-problems.ts";

/**
 * What names of machine types say of their processor, where a provider names them by a scheme: which are of a scheme that is
 * known, and which of those are arm64. Of all others the CloudProfile alone can tell.
 */
const schemes: ReadonlyMap<string, { readonly known: RegExp; readonly arm: RegExp }> = new Map([
  // A `g` after the generation is Graviton.
  ["aws", { known: /^[a-z]+\d+[a-z]*(?:-[a-z\d]+)?\.[a-z\d-]+$/, arm: /^a1\.|^[a-z]+\d+[a-z]*g/ }],
  // A `p` among the features after the number of processors is Arm.
  ["azure", { known: /^Standard_[A-Z]+\d+(?:-\d+)?[a-z]*(?:_\w+)?$/, arm: /^Standard_[A-Z]+\d+(?:-\d+)?[a-z]*p/ }],
  ["gcp", { known: /^(?:[acm][1-4]|c[2-4]d|e2|f1|g[124]|n[124]|n[24]d|t2[ad]|[cn]4a|z3)-/, arm: /^(?:t2a|[cn]4a)-/ }],
  ["alicloud", { known: /^ecs\.[cgr](?:6r|8y)\./, arm: /^/ }],
]);

function architectureOf(shoot: Json, type: string): string | undefined {
  const scheme = schemes.get(text(at(shoot, "/spec/provider/type")) ?? "");
  if (scheme?.known.test(type) !== true) return undefined;
  return scheme.arm.test(type) ? "arm64" : "amd64";
}

/** Whether a pool goes to machines of another processor though neither side names the architecture: it is stored all the same. */
export const architectureIsLeft: Predicate = ({ base, head }) => {
  const shoot = head?.get("$cluster");
  if (base === undefined || head === undefined || shoot === undefined) return false;
  const [before, after] = [base, head].map((side) => {
    const isWritten = side.get("$pool/machine/architecture") !== undefined;
    return isWritten ? undefined : architectureOf(shoot, text(side.get("$pool/machine/type")) ?? "");
  });
  return before !== undefined && after !== undefined && before !== after;
};

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
