import type { Rule } from "../rules/rule.ts";
import type { Tracked } from "./asked.ts";
import { isAboutCluster, type RefusalFindings } from "./cluster-memo.ts";
import { evaluateField } from "./evaluate-field.ts";
import { evaluateFingerprint } from "./evaluate-fingerprint.ts";
import { evaluateRefusal } from "./evaluate-refusal.ts";
import { type Evaluation, findingOf, mayApply } from "./evaluation.ts";
import type { PoolFinding } from "./finding.ts";
import type { Repetition } from "./judge-pool.ts";
import type { Questions } from "./questions.ts";
import type { Circumstances } from "./scope.ts";
import { unclaimed } from "./unclaimed.ts";

type Outcome = Tracked<readonly PoolFinding[]>;

/** Asks the rules about one pool. In a repetition only what depended on the target that differs is asked again. */
export class Inquiry {
  readonly outcomes: Outcome[] = [];
  /** Whether every answer is that of the earlier inquiry. */
  isRepeated = true;
  readonly #circumstances: Circumstances;
  readonly #evaluation: Evaluation;
  readonly #repetition: Repetition | undefined;

  constructor(circumstances: Circumstances, evaluation: Evaluation, repetition: Repetition | undefined) {
    this.#circumstances = circumstances;
    this.#evaluation = evaluation;
    this.#repetition = repetition;
  }

  /** `survives` is false for a pool that comes or goes, of which only refusals matter. */
  ask({ rules, fingerprints }: Questions, survives: boolean): void {
    const evaluation = this.#evaluation;
    const ofCluster = this.#circumstances.memo.findingsFor(evaluation.scopes);
    for (const rule of rules)
      if (rule.type === "refusal") this.#note(() => this.#refusal(rule, ofCluster));
      else if (survives) this.#note(() => this.#answer(rule, () => evaluateField(evaluation, rule)));
    if (!survives) return;
    for (const inputs of fingerprints) {
      const [first] = inputs;
      this.#note(() =>
        this.#tracked(() => guarded(first, () => evaluateFingerprint(evaluation, first.fingerprint, inputs))),
      );
    }
    this.#note(() => this.#tracked(() => unclaimed(this.#circumstances, evaluation)));
  }

  #note(answer: () => Outcome): void {
    const known = this.#repetition?.of.trace.outcomes[this.outcomes.length];
    const again = known === undefined || known.asked.has(this.#repetition?.target ?? "");
    const outcome = again ? answer() : known;
    if (again) this.isRepeated = false;
    else this.#circumstances.asked.addAll(known.asked);
    this.outcomes.push(outcome);
  }

  /** A refusal that looks at the cluster alone is asked once for all pools that exist on the same sides. */
  #refusal(rule: Rule & { readonly type: "refusal" }, ofCluster: RefusalFindings | undefined): Outcome {
    const evaluate = (): PoolFinding[] => evaluateRefusal(this.#evaluation, rule);
    if (ofCluster === undefined || !isAboutCluster(rule)) return this.#answer(rule, evaluate);
    let found = ofCluster.get(rule);
    if (found === undefined) ofCluster.set(rule, (found = this.#answer(rule, evaluate)));
    else this.#circumstances.asked.addAll(found.asked);
    return found;
  }

  #answer(rule: Rule, evaluate: () => PoolFinding[]): Outcome {
    return this.#tracked(() => guarded(rule, () => (mayApply(this.#evaluation, rule) ? evaluate() : [])));
  }

  #tracked(evaluate: () => PoolFinding[]): Outcome {
    return this.#circumstances.asked.tracked(evaluate);
  }
}

/** A rule that fails on strange input costs its own answer, not the report. */
function guarded(rule: Rule, evaluate: () => PoolFinding[]): PoolFinding[] {
  try {
    return evaluate();
  } catch (error) {
    const because = `this rule could not be evaluated: ${error instanceof Error ? error.message : String(error)}`;
    return [findingOf(rule, { effect: "unknown", before: undefined, after: undefined, because }, undefined)];
  }
}
