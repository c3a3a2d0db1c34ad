import assert from "node:assert/strict";
import { array, integer, property } from "fast-check";
import { dump } from "js-yaml";
import { analyze, type Cause, explainPools, mergeShards, type Report, type Side } from "../../src/index.ts";
import type { Json } from "../../src/manifests/manifest.ts";
import { splitDocuments } from "../../src/manifests/text/split.ts";
import { YamlError } from "../../src/manifests/yaml/yaml-error.ts";
import { parseYaml } from "../../src/manifests/yaml/yaml.ts";
import { readReport } from "../../src/report/read-report.ts";
import { renderJson } from "../../src/views/json.ts";
import { jsonText } from "../manifests/yaml/json-text.ts";
import { type Run, runs } from "./run-property.ts";
import { change, withOtherValues } from "./texts.ts";

const sideOf = (texts: readonly string[]): Side => ({
  label: "side",
  files: texts.map((text, index) => ({ path: `manifests-${index}.yaml`, bytes: new TextEncoder().encode(text) })),
});
/** What the engine says of two texts. */
export const judge = (base: string, head: string): Report => analyze(sideOf([base]), sideOf([head]));

type Pool = Report["pools"][number];
const nameOf = ({ system, namespace, cluster, pool }: Pool): string => [system, namespace, cluster, pool].join("/");
/** The effects on each pool, and the rules that say so. */
const answers = ({ pools }: Report): string[] =>
  pools
    .map((pool) => {
      const rules = new Set(pool.causes.map(({ rule, effect }) => `${rule} ${effect}`));
      return [nameOf(pool), ...pool.effects, pool.pending?.effect ?? "", ...[...rules].toSorted()].join(", ");
    })
    .toSorted();
/** The pools to which anything happens, and what. */
const happening = ({ pools }: Report): string[] =>
  pools
    .filter(({ effect, pending }) => effect !== "none" || pending !== null)
    .map((pool) => [nameOf(pool), ...pool.effects].join(" "))
    .toSorted();
/** Now or later: a new pool that is paused waits, and goes away at once. */
const withEffect = ({ pools }: Report, effect: string): string[] =>
  pools
    .filter((pool) => pool.effect === effect || pool.pending?.effect === effect)
    .map(nameOf)
    .toSorted();
/** Of two declarations of one object the first counts, and a broken document may hide those behind it. */
const isWhole = ({ complete, diagnostics }: Report): boolean => complete && diagnostics.length === 0;
const order = array(integer({ min: 0, max: 1000 }), { maxLength: 12 });

/** By random keys; what has none stays behind. */
const shuffled = <T>(values: readonly T[], keys: readonly number[]): T[] =>
  values
    .map((value, index) => ({ value, key: keys[index] ?? 1000 + index }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ value }) => value);

const documentsOf = (text: string): string[] =>
  splitDocuments(text).map((piece) => (piece.text.endsWith("\n") ? piece.text : `${piece.text}\n`));

/** The same value with the members of every object in another order. */
function withKeysMoved(value: unknown, keys: readonly number[]): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => withKeysMoved(item, keys));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    shuffled(Object.entries(value), keys).map(([key, inner]) => [key, withKeysMoved(inner, keys)]),
  );
}

/** Effects after which what else is judged may be anything. */
const open: ReadonlySet<string | undefined> = new Set(["rejected", "unknown"]);
const isPlain = ({ complete, pools }: Report): boolean =>
  complete && pools.every(({ effects, pending }) => ![...effects, pending?.effect].some((one) => open.has(one)));

/**
 * One value for another: of a value that is added or removed, the way back may do nothing, as admission keeps what was stored.
 */
const isExchange = ({ effect, before, after }: Cause): boolean =>
  effect === "replace" && before !== null && after !== null;

/** Null for text that is not YAML: in documents that name no kind of ours the engine does not mind. */
function valueOf(text: string): Json {
  try {
    return parseYaml(text);
  } catch (error) {
    if (error instanceof YamlError) return null;
    throw error;
  }
}

export const engineProperties: Readonly<Record<string, Run>> = {
  "engine: every rule can tell what it thinks of every change": runs(
    property(change, ({ base, head }) => {
      const causes = judge(base, head).pools.flatMap((pool) => [...pool.causes, ...pool.checked]);
      assert.deepEqual(
        causes.filter(({ because }) => because.startsWith("This rule could not be evaluated")),
        [],
      );
    }),
  ),
  "engine: a side against itself is no change": runs(
    property(change, ({ head }) => {
      const { pools, objects } = judge(head, head);
      assert.deepEqual([pools, objects], [[], []]);
    }),
  ),
  "engine: a side against itself laid out anew is no change": runs(
    property(change, order, ({ head }, keys) => {
      if (!isWhole(judge("", head))) return;
      const anew = documentsOf(head).flatMap((text) => {
        const value = valueOf(text);
        if (value === null) return [];
        const moved = withKeysMoved(value, keys);
        // js-yaml writes no integers beyond those that a number holds.
        return [/\d{16}/.test(text) ? `${jsonText(moved as Json)}\n` : dump(moved, { forceQuotes: true })];
      });
      const { pools, objects } = judge(head, anew.join("---\n"));
      assert.deepEqual([pools, objects], [[], []]);
    }),
  ),
  "engine: swapped sides turn create into delete, and keep replace unless one way is refused or waits": runs(
    property(change, ({ base, head }) => {
      const there = judge(base, head);
      const back = judge(head, base);
      if (!isPlain(there) || !isPlain(back)) return;
      assert.deepEqual(withEffect(there, "create"), withEffect(back, "delete"));
      assert.deepEqual(withEffect(there, "delete"), withEffect(back, "create"));
      const found = new Map(back.pools.map((pool) => [nameOf(pool), pool]));
      for (const pool of there.pools) {
        const other = found.get(nameOf(pool));
        const isHeld = pool.pending !== null || (other !== undefined && other.pending !== null);
        if (isHeld || pool.nodes.strategy !== other?.nodes.strategy) continue;
        if (pool.causes.some(isExchange)) assert.equal(other.effect, "replace", nameOf(pool));
      }
    }),
  ),
  "engine: the order of documents and files does not matter": runs(
    property(change, order, ({ base, head }, keys) => {
      const straight = judge(base, head);
      if (!isWhole(straight)) return;
      const documents = shuffled(documentsOf(head), keys);
      assert.deepEqual(answers(judge(base, documents.join("---\n"))), answers(straight));
      const apart = analyze(sideOf([base]), sideOf(documents));
      // What stands still in its file is not read; in another one it may turn out to be broken.
      if (isWhole(apart)) assert.deepEqual(answers(apart), answers(straight));
    }),
  ),
  "engine: the parts of a run make the whole": runs(
    property(change, integer({ min: 1, max: 4 }), ({ base, head }, count) => {
      const parts = Array.from({ length: count }, (_, index) => {
        const shard = { number: index + 1, count };
        const text = renderJson(analyze(sideOf([base]), sideOf([head]), { shard }));
        return { name: `part ${index + 1}`, report: readReport(text) };
      });
      assert.equal(renderJson(mergeShards(parts)), renderJson(judge(base, head)));
    }),
  ),
  "engine: what changes nothing changes nothing of what comes after": runs(
    property(change, withOtherValues, ({ base, head }, edit) => {
      const between = edit(base);
      const first = judge(base, between);
      if (!isPlain(first) || happening(first).length > 0) return;
      const [after, whole] = [judge(between, head), judge(base, head)];
      // What the control plane may come from, such as a newer release, decides what waits.
      const isOpen = (report: Report): boolean =>
        !isPlain(report) || report.pools.some(({ pending }) => pending !== null);
      if (!isOpen(after) && !isOpen(whole)) assert.deepEqual(happening(after), happening(whole));
    }),
  ),
  "engine: every pool can be explained": runs(
    property(change, ({ base, head }) => {
      const [before, after] = [sideOf([base]), sideOf([head])];
      for (const { pool } of analyze(before, after).pools) assert.ok(explainPools(before, after, pool).length > 0);
    }),
  ),
};
