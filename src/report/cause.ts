import { strategyOf } from "../analysis/evaluation/strategy.ts";
import type { PoolFinding } from "../analysis/finding.ts";
import type { PoolJudgement } from "../analysis/judge-pool.ts";
import { locateKeyed } from "../inventory/keyed.ts";
import { type ObjectPair, titleOf } from "../inventory/object-pair.ts";
import type { Json, Position } from "../manifests/manifest.ts";
import { toPointer } from "../rules/path.ts";
import type { Effect } from "../rules/words.ts";
import { displayPair } from "./display.ts";
import { hidden } from "./hidden.ts";
import type { Cause } from "./report.ts";
import { isSecretByNeighbours, isSecretPlace, withoutSecrets } from "./secrecy.ts";
import { withoutSecretsInSentence } from "./secret-texts.ts";

/** Where a place is: in the head, or in the base when the head does not have the object. */
function positionOf(pair: ObjectPair, segments: readonly string[]): Position | undefined {
  const manifest = pair.head ?? pair.base;
  return manifest === undefined ? undefined : locateKeyed(manifest, pair.row, segments);
}

/** Where a pool that comes stands in an object that was there before; else what is said of a pool is said of its object. */
function placeOf({ pool, scopes }: PoolJudgement): readonly string[] {
  const { head } = scopes;
  const { at } = head?.table.pools ?? {};
  if (head === undefined || at === undefined) return [];
  if (pool.base !== undefined || pool.head === undefined || pool.object.base === undefined) return [];
  return [...head.table.pathOf(at).segments, pool.name];
}

/** A finding as the report shows it. */
export function causeOf(judgement: PoolJudgement, finding: PoolFinding): Cause {
  const object = finding.change?.object ?? judgement.pool.object;
  const segments = finding.change?.segments ?? [];
  const position = positionOf(object, finding.change === undefined ? placeOf(judgement) : segments);
  const isSecret =
    finding.secret ||
    isSecretPlace(object.kind, segments) ||
    isSecretByNeighbours(object, segments, [finding.before, finding.after]);
  const without = (value: Json | undefined): Json | undefined =>
    value === undefined ? undefined : isSecret ? hidden : withoutSecrets(object.kind, segments, value);
  const [before, after] = displayPair(without(finding.before), without(finding.after));
  return {
    rule: finding.rule,
    effect: finding.effect,
    path: toPointer(segments),
    before,
    after,
    because: withoutSecretsInSentence(filled(finding.because, judgement, { path: toPointer(segments), before, after })),
    source: finding.source ?? null,
    file: position?.file ?? null,
    line: position?.line ?? null,
    object: titleOf(object),
    ...(finding.instead === undefined ? {} : { instead: finding.instead }),
  };
}

/**
 * At most so many causes of one pool are in a report: nobody reads more, and a hostile change may have a thousand for each of a
 * thousand pools.
 */
export const mostCauses = 50;

/** What leads to the effects of a pool, strongest first, and something for each effect; the last says what is not shown. */
export function causesOf(judgement: PoolJudgement): Cause[] {
  const findings = judgement.findings.filter(({ effect }) => effect !== "none");
  const seen = new Set<Effect>();
  const shown = findings.filter(({ effect }, index) => {
    const isFirst = !seen.has(effect);
    seen.add(effect);
    return isFirst || index < mostCauses;
  });
  const causes = shown.map((finding) => causeOf(judgement, finding));
  const last = causes.pop();
  if (last === undefined) return [];
  const left = findings.length - shown.length;
  return [...causes, left === 0 ? last : { ...last, because: `${last.because} (${left} more causes are not shown)` }];
}

/** Values inside a sentence are kept short: the whole value is beside it. */
const longestInSentence = 80;

/** Both values of a sentence. Where their starts are alike, what differs would be cut off: then the sentence shows it alone. */
function shortPair(before: string | null, after: string | null): readonly [before: string, after: string] {
  const [one, other] = [before, after].map(onOneLine) as [string, string];
  const shown = [cutOff(one), cutOff(other)] as const;
  if (shown[0] !== shown[1] || one === other) return shown;
  const characters = [[...one], [...other]] as const;
  const same = characters[0].findIndex((character, index) => character !== characters[1][index]);
  const from = Math.max(0, (same === -1 ? characters[0].length : same) - longestInSentence / 4);
  const [first, second] = characters.map((all) => `…${cutOff(all.slice(from).join(""))}`);
  return [first!, second!];
}

function onOneLine(text: string | null): string {
  if (text === null) return "absent";
  return text === "" ? '""' : text.replaceAll(/\s+/g, " ");
}

const cutOff = (line: string): string =>
  line.length > longestInSentence ? `${[...line].slice(0, longestInSentence - 1).join("")}…` : line;

function filled(
  template: string,
  { pool, scopes }: PoolJudgement,
  words: { readonly path: string; readonly before: string | null; readonly after: string | null },
): string {
  const scope = scopes.head ?? scopes.base;
  const [before, after] = shortPair(words.before, words.after);
  const values: Record<string, string> = {
    path: words.path,
    before,
    after,
    pool: pool.name,
    cluster: scope?.cluster ?? "",
    strategy: scope === undefined ? "" : strategyOf(scope),
  };
  return template.replaceAll(
    /\{(path|before|after|pool|cluster|strategy)\}/g,
    (word, name: string) => values[name] ?? word,
  );
}
