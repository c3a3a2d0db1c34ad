import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Arbitrary, array, constantFrom, integer, oneof, record, string } from "fast-check";
import { root } from "../built-program.ts";
import { hostileTexts } from "../views/hostile.ts";

interface Scenario {
  readonly base: string;
  readonly head: string;
}

/** Changes to start from: what is random all through seldom gets past the first line of a reader, or reaches a rule. */
function scenarios(): Scenario[] {
  const cases = join(root, "test/cases");
  const found = ["gardener", "hypershift"].flatMap((system) => [
    ...readdirSync(join(cases, system)).map((name) => [
      join(cases, system, name, "base.yaml"),
      join(cases, system, name, "head.yaml"),
    ]),
    [join(root, "examples", `${system}.base.yaml`), join(root, "examples", `${system}.head.yaml`)],
  ]);
  return found.map(([base = "", head = ""]) => ({
    base: readFileSync(base, "utf8"),
    head: readFileSync(head, "utf8"),
  }));
}
const all = scenarios();

const keyed = /^([ -]*)([\w./-]+): *(\S.*)?$/;
const depthOf = (line: string): number => /^ */.exec(line)?.[0].length ?? 0;

/** What is behind a key, and at a depth, in any scenario: edits that a person could have made reach the rules. */
const known = { values: new Map<string, string[]>(), lines: new Map<number, string[]>() };
for (const line of new Set(all.flatMap(({ base, head }) => `${base}\n${head}`.split("\n")))) {
  const match = keyed.exec(line);
  if (match === null) continue;
  const [, , key = "", value = ""] = match;
  known.values.set(key, [...(known.values.get(key) ?? []), value]);
  known.lines.set(depthOf(line), [...(known.lines.get(depthOf(line)) ?? []), line]);
}

const scraps = constantFrom(
  ..."\n|\n  | |\t|: |- |? |# |{|}|[|]|,|&a |*a|!!str |'|\"|\\|<<: *a|\r|{{|}}|~|null|0x1F|1e3|010|-1|''|{}|[]|true".split(
    "|",
  ),
  "|\n",
  "---\n",
  "...\n",
  "\u0085",
  "\u2028",
  "\uFEFF",
  "\0",
  "99999999999999999",
  "999999999999999999999",
  "__proto__",
  "constructor",
  ...hostileTexts,
  ...hostileTexts.map((text) => JSON.stringify(text)),
);
/** As a file can hold it: no half of a surrogate pair. */
const asInFile = (text: string): string => Buffer.from(text).toString();
const scrap = oneof(scraps, string({ maxLength: 6, unit: "binary" })).map(asInFile);

/** Text that looks a little like YAML. */
export const noise: Arbitrary<string> = array(scrap, { maxLength: 60 }).map((parts) => parts.join(""));

const edit = record({
  kind: constantFrom(
    "known",
    "known",
    "known",
    "borrow",
    "borrow",
    "delete",
    "repeat",
    "swap",
    "value",
    "insert",
    "indent",
  ),
  line: integer({ min: 0, max: 100_000 }),
  other: integer({ min: 0, max: 100_000 }),
  scrap,
});

type Edit = typeof edit extends Arbitrary<infer Value> ? Value : never;

const nth = (values: readonly string[] | undefined, index: number): string | undefined =>
  values?.[index % values.length];

function edited(lines: readonly string[], { kind, line, other, scrap: text }: Edit): string[] {
  if (lines.length === 0) return [text];
  const at = line % lines.length;
  const to = other % lines.length;
  const here = lines[at] ?? "";
  switch (kind) {
    case "known": {
      const [, indent = "", key = ""] = keyed.exec(here) ?? [];
      const value = nth(known.values.get(key), other);
      return value === undefined ? [...lines] : lines.with(at, `${indent}${key}: ${value}`);
    }
    case "borrow":
      return lines.toSpliced(at, 0, nth(known.lines.get(depthOf(here)), other) ?? "");
    case "delete":
      return lines.toSpliced(at, 1);
    case "repeat":
      return lines.toSpliced(at, 0, here);
    case "swap":
      return lines.with(at, lines[to] ?? "").with(to, here);
    case "value":
      return lines.with(
        at,
        here.replace(/:.*$/, () => `: ${text}`),
      );
    case "insert":
      return lines.with(at, here.slice(0, other % (here.length + 1)) + text + here.slice(other % (here.length + 1)));
    default:
      return lines.with(at, `  ${here}`);
  }
}

const editedBy = (text: string, edits: readonly Edit[]): string =>
  edits.reduce<string[]>(edited, text.split("\n")).join("\n");

/** A text in which a few values are others that are known behind their keys. */
export const withOtherValues: Arbitrary<(text: string) => string> = array(
  edit.map((one) => ({ ...one, kind: "known" as const })),
  { minLength: 1, maxLength: 2 },
).map((edits) => (text: string) => asInFile(editedBy(text, edits)));

/** A change as it was judged right, either way round, after some edits, of which most leave it readable. */
export const change: Arbitrary<Scenario> = record({
  scenario: constantFrom(...all),
  way: constantFrom("there", "back", "base alone"),
  before: array(edit, { maxLength: 3 }),
  after: array(edit, { maxLength: 6 }),
}).map(({ scenario, way, before, after }) => {
  const base = editedBy(way === "back" ? scenario.head : scenario.base, before);
  const from = way === "base alone" ? base : editedBy(way === "back" ? scenario.base : scenario.head, before);
  // An edit may part a pair.
  return { base: asInFile(base), head: asInFile(editedBy(from, after)) };
});
