import type { Json } from "../../../manifests/manifest.ts";
import type { Check, Finding, Scope } from "../../../rules/functions.ts";
import { readSegments, toPointer } from "../../../rules/path.ts";
import type { Problem } from "../api/problems.ts";
import { shootOf } from "../shoot.ts";

/** A refusal that depends on what changed: given both sides, the base as it lives in the cluster. */
type UpdateProblems = (base: Json, head: Json, scope: Scope) => Iterable<Problem>;
/**
 * A refusal that depends on one side alone. What is wrong in `known` at the same place, the other side, need not be said:
 * it is no news.
 */
type StateProblems = (shoot: Json, scope: Scope, known?: Json) => Iterable<Problem>;

const keyOf = ({ path, message }: Problem): string => JSON.stringify([path, message]);

const findingOf = ({ path, message, isUnsure }: Problem, head: Json): Finding => {
  const after = readSegments(head, path);
  const because = `${path.join(".")}: ${message}`;
  return {
    path: `$cluster${toPointer(path)}`,
    ...(isUnsure === true ? { unknown: because } : { because }),
    ...(after === undefined ? {} : { after }),
  };
};

/**
 * Refusals of what the head holds and the base did not hold already: the API server has accepted the base, so what is
 * found there is beyond what is known here.
 */
export const newIn =
  (find: StateProblems): Check =>
  ({ base, head }) => {
    const [before, after] = [shootOf(base), shootOf(head)];
    if (after === undefined || head === undefined) return [];
    const found = [...find(after, head, before)];
    if (found.length === 0) return [];
    const known = new Set(base === undefined || before === undefined ? [] : Array.from(find(before, base), keyOf));
    return found.filter((problem) => !known.has(keyOf(problem))).map((problem) => findingOf(problem, after));
  };

/** Refusals of a change, also where it creates the Shoot; nothing where it removes the Shoot. */
export const changedOrNew =
  (find: (base: Json | undefined, head: Json, scope: Scope) => Iterable<Problem>): Check =>
  ({ base, head }) => {
    const after = shootOf(head);
    if (after === undefined || head === undefined) return [];
    return [...find(shootOf(base), after, head)].map((problem) => findingOf(problem, after));
  };

/** Refusals of a change; nothing where the Shoot is created or removed. */
export const changed = (find: UpdateProblems): Check =>
  changedOrNew((base, head, scope) => (base === undefined ? [] : find(base, head, scope)));
