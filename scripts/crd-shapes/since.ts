import type { Shape } from "../../src/rules/rows.ts";
import { fieldsOf, isListShape, itemOf } from "../../src/systems/api-shape.ts";

/** What an earlier release takes at a place. */
interface Earlier {
  readonly version: string;
  readonly shape: Shape | undefined;
}

/**
 * A shape whose words say since when they hold, as `string required @4.20.. size<=255`, where an earlier release has the place
 * and takes more there.
 */
export function dated(shape: Shape, earlier: readonly Earlier[], newest: string): Shape {
  const own = wordsAt(shape);
  const known = earlier.map(({ version, shape: old }) => ({
    version,
    words: old === undefined ? undefined : wordsAt(old),
  }));
  const words = bySince(own.map((word) => ({ word, since: sinceOf(word, known, newest) })));
  if (typeof shape === "string") return [shape.split(" ")[0], words].filter((text) => text !== "").join(" ");
  const below = (inner: (old: Shape) => Shape | undefined): Earlier[] =>
    earlier.map(({ version, shape: old }) => ({ version, shape: old === undefined ? undefined : inner(old) }));
  if (isListShape(shape)) {
    const item = dated(
      itemOf(shape),
      below((old) => (isListShape(old) ? itemOf(old) : undefined)),
      newest,
    );
    return words === "" ? [item] : [words, item];
  }
  const fields = fieldsOf(shape).map(([name, inner]): [string, Shape] => [
    name,
    dated(
      inner,
      below((old) => memberOf(old, name)),
      newest,
    ),
  ]);
  return Object.fromEntries(words === "" ? fields : [["!", words], ...fields]);
}

const memberOf = (shape: Shape, name: string): Shape | undefined =>
  typeof shape !== "string" && !isListShape(shape) && Object.hasOwn(shape, name) ? shape[name] : undefined;

/** The constraints of a shape; the first word of a leaf is its type. */
function wordsAt(shape: Shape): readonly string[] {
  if (typeof shape === "string") return shape.split(" ").slice(1);
  const own = isListShape(shape) ? (shape.length > 1 ? shape[0] : "") : (shape["!"] ?? "");
  return typeof own === "string" && own !== "" ? own.split(" ") : [];
}

/** The words that always held, and behind `@4.20..` those since 4.20. */
function bySince(words: readonly { readonly word: string; readonly since: string | undefined }[]): string {
  const dates = new Map(words.map(({ since }) => [since, words.filter((one) => one.since === since)]));
  const always = (dates.get(undefined) ?? []).map(({ word }) => word);
  const later = [...dates].flatMap(([since, dated]) =>
    since === undefined ? [] : [`@${since}..`, ...dated.map(({ word }) => word)],
  );
  return [...always, ...later].join(" ");
}

function sinceOf(
  word: string,
  earlier: readonly { readonly version: string; readonly words: readonly string[] | undefined }[],
  newest: string,
): string | undefined {
  // How a list is keyed and what is filled in are no refusals.
  if (/^(?:default|key)=|^unique$/.test(word)) return undefined;
  const lacking = earlier.findLastIndex(({ words }) => words?.some((old) => isAsStrict(old, word)) === false);
  return lacking === -1 ? undefined : (earlier[lacking + 1]?.version ?? newest);
}

/** Whether what an earlier release asked implies what is asked now. */
function isAsStrict(old: string, word: string): boolean {
  if (old === word) return true;
  const [before, after] = [old, word].map((text) => /^(size>=|size<=|>=|<=|in=)([^]*)$/.exec(text));
  const [kind, then = "", now = ""] = [before?.[1], before?.[2], after?.[2]];
  if (kind === undefined || kind !== after?.[1]) return false;
  if (kind === "in=") return then.split("|").every((value) => now.split("|").includes(value));
  return kind.endsWith(">=") ? Number(then) >= Number(now) : Number(then) <= Number(now);
}
