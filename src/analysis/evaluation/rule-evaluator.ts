import type { Rule } from "../../rules/rule.ts";
import type { Circumstances } from "../circumstances.ts";
import type { PoolFinding } from "../finding.ts";
import type { Repetition } from "../judge-pool.ts";
import { isAboutCluster, type RefusalFindings } from "../scope/cluster-memo.ts";
import type { Tracked } from "../scope/target-tracker.ts";
import { mayApply } from "./applicable-rules.ts";
import { evaluateField } from "./evaluate-field.ts";
import { evaluateFingerprint } from "./evaluate-fingerprint.ts";
import { evaluateRefusal } from "./evaluate-refusal.ts";
import type { Evaluation } from "./evaluation.ts";
import { findingOf, notEvaluated } from "./rule-finding.ts";
import type { TouchedRules } from "./touched-rules.ts";
import { unclaimed } from "./unclaimed.ts";

type Outcome = Tracked<readonly PoolFinding[]>;

/** Evaluates rules for one pool. In a repetition, only rules that depended on the target that differs are evaluated again. */
export class RuleEvaluator {
  readonly outcomes: Outcome[] = [];
  /** Whether the outcomes come to the same as those of the earlier judgement: the same rules give the same effects. */
  isRepeated = true;
  readonly #circumstances: Circumstances;
  readonly #evaluation: Evaluation;
  readonly #repetition: Repetition | undefined;

  constructor(circumstances: Circumstances, evaluation: Evaluation, repetition: Repetition | undefined) {
    this.#circumstances = circumstances;
    this.#evaluation = evaluation;
    this.#repetition = repetition;
  }

  /** `survives` is false for a pool that is created or deleted: only refusals matter for it. */
  evaluate({ rules, fingerprints }: TouchedRules, survives: boolean): void {
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
    if (!again) this.#circumstances.targets.addAll(known.asked);
    else if (known === undefined || !haveSameEffects(outcome.value, known.value)) this.isRepeated = false;
    this.outcomes.push(outcome);
  }

  /** A refusal that depends on the cluster alone is evaluated once for all pools that exist on the same sides. */
  #refusal(rule: Rule & { readonly type: "refusal" }, ofCluster: RefusalFindings | undefined): Outcome {
    const evaluate = (): PoolFinding[] => evaluateRefusal(this.#evaluation, rule);
    if (ofCluster === undefined || !isAboutCluster(rule)) return this.#answer(rule, evaluate);
    let found = ofCluster.get(rule);
    if (found === undefined) ofCluster.set(rule, (found = this.#answer(rule, evaluate)));
    else this.#circumstances.targets.addAll(found.asked);
    return found;
  }

  #answer(rule: Rule, evaluate: () => PoolFinding[]): Outcome {
    return this.#tracked(() => guarded(rule, () => (mayApply(this.#evaluation, rule) ? evaluate() : [])));
  }

  #tracked(evaluate: () => PoolFinding[]): Outcome {
    return this.#circumstances.targets.tracked(evaluate);
  }
}

const haveSameEffects = (some: readonly PoolFinding[], others: readonly PoolFinding[]): boolean =>
  some.length === others.length &&
  some.every(({ rule, effect }, index) => others[index]?.rule === rule && others[index].effect === effect);

/** A rule that throws on unexpected input gives `unknown`; the rest of the report stands. */
function guarded(rule: Rule, evaluate: () => PoolFinding[]): PoolFinding[] {
  try {
    return evaluate();
  } catch (error) {
    const because = notEvaluated(error);
    return [findingOf(rule, { effect: "unknown", before: undefined, after: undefined, because }, undefined)];
  }
}
