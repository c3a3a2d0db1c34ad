import { versionPattern } from "../rules/version.ts";
import { type Effect, effects } from "../rules/words.ts";
import { didYouMean } from "../validation/nearest-word.ts";

/** Words that both the command's options and the Action's inputs take. Each puts its own name before what is wrong. */
type Refusal = (message: string) => Error;

/** @throws what `refuse` makes of a word that is no effect */
export const readEffects = (words: readonly string[], refuse: Refusal): Effect[] =>
  words.map((word) => {
    const known = effects.find((effect) => effect === word);
    if (known !== undefined) return known;
    throw refuse(`no effect is called "${word}"${didYouMean(word, effects)}: one of ${effects.join(", ")}`);
  });

/**
 * Versions by the name of their target, from rows of `NAME=VERSION`.
 * @throws what `refuse` makes of a row that is none
 */
export function readTargets(rows: readonly string[], refuse: Refusal): Record<string, string> {
  const targets = new Map<string, string>();
  for (const row of rows) {
    const [, name, version = ""] = /^([^=]*[^=\s])\s*=\s*(.*)$/.exec(row) ?? [];
    if (name === undefined || !versionPattern.test(version))
      throw refuse(`"${row}" is not a target: write NAME=VERSION, for example gardener=1.149`);
    if (targets.has(name)) throw refuse(`${name} was given twice: once is enough`);
    targets.set(name, version.replace(/^v/, ""));
  }
  return Object.fromEntries(targets);
}
