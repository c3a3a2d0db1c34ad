import { type Arbitrary, array, constantFrom, integer, letrec, oneof, tuple } from "fast-check";

/** Documents as people write them: block mappings and lists with every kind of value that is on lines, at random. */

/** Mostly what manifests hold; the odd ones are there for what goes wrong. */
const mostly = <T>(plain: readonly T[], odd: readonly T[]): Arbitrary<T> =>
  oneof({ arbitrary: constantFrom(...plain), weight: 25 }, { arbitrary: constantFrom(...odd), weight: 1 });

const keys = [
  "a",
  "b",
  "name",
  "zone",
  "app.kubernetes.io/name",
  ".dot",
  "b-c",
  "x_y",
  "A1",
  '"quoted"',
  "'single: #'",
];
const oddKeys = [
  "1",
  "on",
  "y",
  "null",
  "<<",
  "a b",
  "-x",
  "?",
  "a:b",
  "",
  '"\\n"',
  "-",
  "...",
  "---",
  "é",
  "a ",
  "0x1",
];
const scalars = [
  "x",
  "two words",
  "1.30",
  "0123",
  "1e3",
  "-5",
  "--flag=x",
  "9007199254740993",
  "yes",
  "~",
  "null",
  "http://x:80/y#z",
  "a:b",
  "a #b",
  "x # comment",
  "100.96.0.0/11",
  "'it''s'",
  "'x' # c",
  '"a: b"',
  '"\\"n\\n\\\\"',
  "ü – é",
  "[]",
  "{}",
  "[a, 'b', 1]",
  "[ a,b ]",
  '{a: 1, "b": x}',
  "x,y]}",
  "=",
  ".5",
  "1_0",
  "   spaced   ",
];
const oddScalars = [
  "'open",
  '"\\u00e9"',
  '"x"y',
  "{a: 1, a: 2}",
  "[a, [b]]",
  "{1: a}",
  "[a",
  "&x y",
  "*x",
  "!!str 1",
  "a: b",
  "b:",
  "- c",
  "...",
  "---",
  ".inf",
  "@x",
  "%x",
  "<<",
  "> x",
  "[a] b",
  "[a]#",
  "1e400",
];
const key = mostly(keys, oddKeys);
const scalar = mostly(scalars, oddScalars);
const blanks = mostly(["", "", "", "", "\n", "  # comment\n", "# comment\n"], ["   \n", "\t\n", "\r\n", "...\n"]);
const chomping = mostly(["", "-", "+", "  "], ["2", " # c", "-+", "x"]);
const literalLine = mostly(
  ["x", "", "  deeper", "# no comment", "trailing  ", "key: value", "- item", "---"],
  ["   ", "\tx", " "],
);

/** What is behind the sign, a key's colon or a dash, of an entry in the given column; with its line break. */
type Print = (column: number) => string;
const indented = (column: number, text: string): string => " ".repeat(Math.max(0, column)) + text;

const onLine: Arbitrary<Print> = scalar.map((text) => () => ` ${text}\n`);
const nothing: Arbitrary<Print> = constantFrom("\n", "  # nothing\n").map((text) => () => text);
const width = mostly([2, 2, 2, 4], [1, 0, 6]);
const literal: Arbitrary<Print> = tuple(chomping, width, array(literalLine, { maxLength: 5 })).map(
  ([sign, width, lines]) =>
    (column) =>
      ` |${sign}\n${lines.map((line) => `${line === "" ? "" : indented(column + width, line)}\n`).join("")}`,
);

const { mapping } = letrec<{ value: Print; mapping: Print; list: Print; compact: Print }>((tie) => ({
  value: oneof(
    { maxDepth: 4, depthIdentifier: "value" },
    onLine,
    onLine,
    nothing,
    literal,
    tuple(width, tie("mapping")).map(
      ([more, print]) =>
        (column: number) =>
          `\n${print(column + more)}`,
    ),
    tuple(mostly([0, 2], [1]), tie("list")).map(
      ([more, print]) =>
        (column: number) =>
          `\n${print(column + more)}`,
    ),
  ),
  mapping: array(tuple(blanks, key, tie("value")), { minLength: 1, maxLength: 4, depthIdentifier: "value" }).map(
    (entries) => (column) =>
      entries.map(([before, name, print]) => `${before}${indented(column, name)}:${print(column)}`).join(""),
  ),
  list: array(tuple(blanks, oneof(tie("value"), tie("compact"))), {
    minLength: 1,
    maxLength: 3,
    depthIdentifier: "value",
  }).map(
    (items) => (column) => items.map(([before, print]) => `${before}${indented(column, "-")}${print(column)}`).join(""),
  ),
  /** A mapping whose first key is behind the dash. */
  compact: tuple(constantFrom(1, 1, 3), tie("mapping")).map(
    ([gap, print]) =>
      (column: number) =>
        `${" ".repeat(gap)}${print(column + gap + 1).trimStart()}`,
  ),
}));

export const blockDocument: Arbitrary<string> = tuple(constantFrom("", "", "---\n", "# x\n--- # y\n"), mapping).map(
  ([before, print]) => before + print(0),
);

/** The document with a few letters put in, taken out or doubled. */
export const mutated = (document: Arbitrary<string>): Arbitrary<string> => versions(document).map(([, after]) => after);

/** The document, and the same with a few letters put in, taken out or doubled. */
export const versions = (document: Arbitrary<string>): Arbitrary<readonly [string, string]> =>
  tuple(
    document,
    array(tuple(integer({ min: 0 }), integer({ min: 0, max: 3 }), constantFrom(...signs)), {
      minLength: 1,
      maxLength: 3,
    }),
  ).map(([text, edits]) => {
    const after = edits.reduce((before, [place, taken, put]) => {
      const at = place % (before.length + 1);
      return before.slice(0, at) + put + before.slice(at + taken);
    }, text);
    return [text, after];
  });

const signs = [
  ..."\n :-#'\"|[]{},&*!>?%@\t\\\r",
  "  ",
  "\n  ",
  ": ",
  "- ",
  "\n---\n",
  "\n...\n",
  "",
  "",
  "\u0085",
  "\uFEFF",
  "é",
  "😀",
];
