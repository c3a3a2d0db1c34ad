import type { JsonObject } from "../../../manifests/manifest.ts";
import type { Check, Derived, Finding, Predicate, Scope } from "../../../rules/functions.ts";
import { jsonText } from "../go/json-text.ts";
import { objectOf } from "../values.ts";
import { snippetAnnotation, snippetOf, snippetProblem } from "./kubelet-snippet.ts";
import { tuningConfig, tuningDisabled } from "./tuning.ts";

/** Why the Node Tuning Operator makes nothing of the pool's PerformanceProfile, and leaves what it made before. */
function problemOf(scope: Scope | undefined): string | undefined {
  if (scope === undefined || tuningDisabled(scope)) return undefined;
  for (const { metadata } of tuningConfig(scope).performance) {
    const problem = snippetProblem(snippetOf(objectOf(objectOf(metadata)?.["annotations"])));
    if (problem !== undefined) return `annotation ${snippetAnnotation}: ${problem}`;
  }
  return undefined;
}

const tunedOf = (scope: Scope | undefined): string =>
  jsonText(scope === undefined ? [] : tuningConfig(scope).tuned.map((object: JsonObject) => object["spec"] ?? {}));

/** Nothing is made of it, and the rest of the tuning stays. */
export const performanceProfileUnmade: Predicate = ({ base, head }) =>
  problemOf(head) !== undefined && tunedOf(base) === tunedOf(head);

export const unmadeProfile: Check = ({ head }) => {
  const problem = problemOf(head);
  return problem === undefined ? [] : [{ because: `Nothing is made of the PerformanceProfile: ${problem}` }];
};

/** With this change it begins. */
export const profileBecomesUnmade: Check = ({ base, head }) => {
  const problem = problemOf(head);
  return problem === undefined || problem === problemOf(base) ? [] : [{ reason: problem } satisfies Finding];
};

export const unmadeProfileState: Derived = (scope) => (problemOf(scope) === undefined ? undefined : "not read");

/** It can be read again, or goes away. */
export const performanceProfileRemade: Predicate = ({ base, head }) =>
  head !== undefined && problemOf(base) !== undefined && problemOf(head) === undefined;
