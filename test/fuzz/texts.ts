import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Arbitrary, array, constantFrom, integer, oneof, record, string } from "fast-check";
import { root } from "../built-program.ts";

const examples = join(root, "examples");
/** Manifests to start from: what is random all through seldom gets past the first line of a reader. */
const seeds = readdirSync(examples)
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => readFileSync(join(examples, file), "utf8"))
  .filter((text) => text.includes("kind:"));

const scraps = constantFrom(
  ..."\n|\n  | |\t|: |- |? |# |{|}|[|]|,|&a |*a|!!str |'|\"|\\|<<: *a|\r|{{|}}|~|null|0x1F|1e3|010|-1".split("|"),
  "|\n",
  "---\n",
  "...\n",
  "\u0085",
  "\u2028",
  "\uFEFF",
  "\0",
  "999999999999999999999",
);
const scrap = oneof(scraps, string({ maxLength: 6, unit: "binary" }));

/** Text that looks a little like YAML. */
export const noise: Arbitrary<string> = array(scrap, { maxLength: 60 }).map((parts) => parts.join(""));

const edit = record({
  kind: constantFrom("delete", "repeat", "swap", "value", "insert", "indent"),
  line: integer({ min: 0, max: 100_000 }),
  other: integer({ min: 0, max: 100_000 }),
  scrap,
});

type Edit = typeof edit extends Arbitrary<infer Value> ? Value : never;

function edited(lines: readonly string[], { kind, line, other, scrap: text }: Edit): string[] {
  if (lines.length === 0) return [text];
  const at = line % lines.length;
  const to = other % lines.length;
  const here = lines[at] ?? "";
  switch (kind) {
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

/** A manifest as it is, and the same after some edits, of which most leave it readable. */
export const change: Arbitrary<{ readonly base: string; readonly head: string }> = record({
  seed: constantFrom(...seeds),
  before: array(edit, { maxLength: 2 }),
  after: array(edit, { maxLength: 6 }),
}).map(({ seed, before, after }) => {
  const base = before.reduce<string[]>(edited, seed.split("\n"));
  return { base: base.join("\n"), head: after.reduce<string[]>(edited, base).join("\n") };
});
