import type { Json } from "../../manifests/manifest.ts";
import type { Check, Finding, Scope } from "../../rules/functions.ts";
import { escapeSegment, readSegments } from "../../rules/path.ts";
import type { Problem } from "./api-problems.ts";

/** A refusal that hangs on what changed: given both sides, the base as it lives in the cluster. */
export type UpdateProblems = (base: Json, head: Json, scope: Scope) => Iterable<Problem>;
/** A refusal that hangs on one side alone. */
export type StateProblems = (shoot: Json, scope: Scope) => Iterable<Problem>;

const shootOf = (scope: Scope | undefined): Json | undefined => scope?.get("$cluster");

const keyOf = ({ path, message }: Problem): string => JSON.stringify([path, message]);

const findingOf = ({ path, message }: Problem, head: Json): Finding => {
  const after = readSegments(head, path);
  return {
    path: `$cluster${path.map((segment) => `/${escapeSegment(segment)}`).join("")}`,
    because: `${path.join(".")}: ${message}`,
    ...(after === undefined ? {} : { after }),
  };
};

/**
 * Refusals of what the head holds and the base did not hold already: the API server has accepted the base, so what is
 * found there is beyond what is known here. All pools of a Shoot ask the same, so the answer is kept.
 */
export function newIn(find: StateProblems): Check {
  const answers = new WeakMap<object, readonly Problem[]>();
  const problemsOf = (scope: Scope | undefined): readonly Problem[] => {
    const shoot = shootOf(scope);
    if (scope === undefined || typeof shoot !== "object" || shoot === null) return [];
    let known = answers.get(shoot);
    if (known === undefined) answers.set(shoot, (known = [...find(shoot, scope)]));
    return known;
  };
  return ({ base, head }) => {
    const shoot = shootOf(head);
    if (shoot === undefined) return [];
    const before = new Set(problemsOf(base).map(keyOf));
    return problemsOf(head)
      .filter((problem) => !before.has(keyOf(problem)))
      .map((problem) => findingOf(problem, shoot));
  };
}

/** Refusals of a change; nothing where the Shoot is created or removed. */
export const changed =
  (find: UpdateProblems): Check =>
  ({ base, head }) => {
    const [before, after] = [shootOf(base), shootOf(head)];
    if (before === undefined || after === undefined || head === undefined) return [];
    return [...find(before, after, head)].map((problem) => findingOf(problem, after));
  };
