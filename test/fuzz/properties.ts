import assert from "node:assert/strict";
import {
  array,
  check,
  dictionary,
  integer,
  jsonValue,
  type IProperty,
  type Parameters as Settings,
  property,
  type RunDetails,
  string,
} from "fast-check";
import { dump } from "js-yaml";
import { analyze, type Report } from "../../src/index.ts";
import type { Json } from "../../src/manifests/manifest.ts";
import { splitDocuments } from "../../src/manifests/split.ts";
import { parseYaml, YamlError } from "../../src/manifests/yaml.ts";
import { reportSchema } from "../../src/report/report.ts";
import { renderJson } from "../../src/views/json.ts";
import { renderMarkdown } from "../../src/views/markdown.ts";
import { renderText } from "../../src/views/text.ts";
import { jsonText } from "../manifests/json-text.ts";
import { change, noise } from "./texts.ts";

const side = (text: string) => ({
  label: "side",
  files: [{ path: "manifests.yaml", bytes: new TextEncoder().encode(text) }],
});
const judge = (base: string, head: string): Report => analyze(side(base), side(head));
const nameOf = ({ system, namespace, cluster, pool }: Report["pools"][number]): string =>
  [system, namespace, cluster, pool].join("/");
const effects = ({ pools }: Report): string[] => pools.map((pool) => `${nameOf(pool)}: ${pool.effect}`).toSorted();
const withEffect = ({ pools }: Report, effect: string): string[] =>
  pools
    .filter((pool) => pool.effect === effect)
    .map(nameOf)
    .toSorted();

/** Printable: of others go-yaml refuses some that JavaScript's writers leave as they are. */
const printable = string({
  unit: integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
  maxLength: 30,
});
/** Keys that mean text in YAML 1.1 and 1.2 alike. */
const value = dictionary(
  printable.map((text) => `key ${text}`),
  jsonValue({ stringUnit: integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)), maxDepth: 0 }),
);

/** A property that runs when it is told how often and from which seed. */
export type Run = (settings: Pick<Settings<unknown>, "seed" | "numRuns">) => RunDetails<unknown>;
const runs =
  <Values>(one: IProperty<Values>): Run =>
  ({ seed, numRuns }) =>
    check(one, {
      ...(seed === undefined ? {} : { seed }),
      ...(numRuns === undefined ? {} : { numRuns }),
    }) as RunDetails<unknown>;

/** What holds for every text that a stranger may commit; each with the name that a failure is reported by. */
export const properties: Readonly<Record<string, Run>> = {
  "reader: any text is read or refused with a line": runs(
    property(noise, (text) => {
      try {
        parseYaml(text);
      } catch (error) {
        assert.ok(error instanceof YamlError, String(error));
        assert.ok(error.line >= 1);
      }
    }),
  ),
  "reader: agrees with another reader on what both read": runs(
    property(array(value), (values) => {
      // JSON has no negative zero.
      const given = JSON.parse(JSON.stringify(values)) as Json;
      assert.equal(jsonText(parseYaml(dump(given, { forceQuotes: true }))), jsonText(given));
    }),
  ),
  "engine: a side against itself is no change": runs(
    property(change, ({ base }) => {
      const { pools, objects } = judge(base, base);
      assert.deepEqual([pools, objects], [[], []]);
    }),
  ),
  "engine: swapped sides turn create into delete": runs(
    property(change, ({ base, head }) => {
      const there = judge(base, head);
      const back = judge(head, base);
      const isPlain = ({ complete, pools }: Report): boolean =>
        complete && pools.every(({ effect }) => effect !== "rejected" && effect !== "unknown");
      if (!isPlain(there) || !isPlain(back)) return;
      assert.deepEqual(withEffect(there, "create"), withEffect(back, "delete"));
      assert.deepEqual(withEffect(there, "delete"), withEffect(back, "create"));
    }),
  ),
  "engine: the order of the documents does not matter": runs(
    property(change, array(integer({ min: 0, max: 1000 }), { maxLength: 12 }), ({ base, head }, order) => {
      const straight = judge(base, head);
      // Of two declarations of one object the first counts, and a broken document may hide those behind it.
      if (!straight.complete || straight.diagnostics.length > 0) return;
      const mixed = judge(base, reordered(head, order));
      assert.deepEqual(effects(mixed), effects(straight));
    }),
  ),
  "views: every report is valid and shown without control characters": runs(
    property(change, ({ base, head }) => {
      const report = judge(base, head);
      assert.deepEqual(reportSchema.parse(JSON.parse(renderJson(report))), JSON.parse(JSON.stringify(report)));
      const shown = [renderText(report, { color: false, width: 100 }), renderMarkdown(report)];
      for (const text of shown) assert.doesNotMatch(text, controls);
    }),
  ),
};

const controls = new RegExp(String.raw`[\x00-\x08\x0B-\x1F\x7F-\x9F\u202A-\u202E\u2066-\u2069]`);

function reordered(text: string, order: readonly number[]): string {
  const documents = splitDocuments(text).map((piece) => piece.text);
  const keyed = documents.map((document, index) => ({ document, key: order[index] ?? index }));
  return keyed
    .toSorted((a, b) => a.key - b.key)
    .map(({ document }) => (document.endsWith("\n") ? document : `${document}\n`))
    .join("---\n");
}
