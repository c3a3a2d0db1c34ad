import assert from "node:assert/strict";
import {
  type Arbitrary,
  array,
  boolean,
  constant,
  constantFrom,
  dictionary,
  double,
  integer,
  letrec,
  oneof,
  property,
  record,
  string,
} from "fast-check";
import { dump, load, YAML11_SCHEMA } from "js-yaml";
import type { Json } from "../../src/manifests/manifest.ts";
import { splitDocuments } from "../../src/manifests/text/split.ts";
import { readBlocks } from "../../src/manifests/yaml/block-reader.ts";
import { readFully } from "../../src/manifests/yaml/full-reader.ts";
import { YamlError } from "../../src/manifests/yaml/yaml-error.ts";
import { parseYaml } from "../../src/manifests/yaml/yaml.ts";
import { jsonText } from "../manifests/yaml/json-text.ts";
import { type Run, runs } from "./run-property.ts";
import { change, noise } from "./texts.ts";

const letters = (from: string): Arbitrary<string> => string({ unit: constantFrom(...from), maxLength: 30 });
/** Printable: of others go-yaml refuses some that JavaScript's writers leave as they are. */
const printable = letters(Array.from({ length: 0x5f }, (_, index) => String.fromCharCode(0x20 + index)).join(""));
/** What js-yaml writes without quotes and Go reads as a number: an octal one, or one without its underscores (`08_`). */
const numberOfGo = /^[-+]?(?:0O[0-7_]+|[0-9._]*_[0-9._]*(?:[eE][-+]?[0-9_]+)?)$/;
const leaf = oneof(
  printable.filter((text) => !numberOfGo.test(text)),
  integer(),
  double({ noNaN: true, noDefaultInfinity: true }),
  boolean(),
  constant(null),
);
/** Words that are no text in YAML 1.1 would be other keys in Go, and a `?` in a flow begins one. */
const key = letters("abz019 .:#'-").map((text) => `key ${text}z`);
const { value } = letrec<{ value: unknown }>((tie) => ({
  value: oneof(
    { depthSize: "small" },
    leaf,
    array(tie("value"), { maxLength: 4 }),
    dictionary(key, tie("value"), { maxKeys: 4 }),
  ),
}));
/** Ways in which writers lay out the same value. */
const layout = record({
  indent: integer({ min: 1, max: 8 }),
  flow: constantFrom(
    { flowLevel: -1, forceQuotes: false },
    { flowLevel: -1, forceQuotes: true },
    { flowLevel: 0, forceQuotes: true },
    { flowLevel: 2, forceQuotes: true },
  ),
  lineWidth: constantFrom(-1, 20, 80),
  noRefs: boolean(),
  quoteStyle: constantFrom("single" as const, "double" as const),
});

/** What one document says, or that it says nothing that can be read. */
function read(text: string): Json | undefined {
  try {
    return parseYaml(text);
  } catch (error) {
    assert.ok(error instanceof YamlError, String(error));
    assert.ok(error.line >= 1 && error.reason !== "");
    return undefined;
  }
}

/** Where two readings differ in more than in scalars that YAML 1.1 of Go and of others read apart. */
function differences(one: unknown, other: unknown, path = ""): string[] {
  if (typeof one === "string" && typeof other === "string") return one === other ? [] : [path];
  if (typeof one !== "object" || one === null || typeof other !== "object" || other === null) {
    const isBranch = (node: unknown): boolean => typeof node === "object" && node !== null && !(node instanceof Date);
    return isBranch(one) || isBranch(other) ? [path] : [];
  }
  if (Array.isArray(one) !== Array.isArray(other)) return [path];
  const members = new Map<string, unknown>(Object.entries(other));
  if (Object.keys(one).length !== members.size) return [path];
  return Object.entries(one).flatMap(([key, inner]) =>
    members.has(key) ? differences(inner, members.get(key), `${path}/${key}`) : [`${path}/${key}`],
  );
}

/** Line breaks of YAML 1.1, and so of Go, that YAML 1.2 took for letters. */
const breaksOfOld = /[\u0085\u2028\u2029]/;

/** At the root, libyaml wants a block scalar to be indented; the other composer takes all that follows for it. */
const openBlock = /(?:^|\n)[|>][-+\d]*[ \t]*(?:#.*)?\n\S/;

export const readerProperties: Readonly<Record<string, Run>> = {
  "reader: any text is read or refused with a line": runs(
    property(noise, (text) => {
      read(text);
    }),
  ),
  "reader: what was written is read, however it is laid out": runs(
    property(array(value), layout, (values, { flow, ...options }) => {
      // JSON has no negative zero.
      const given = JSON.parse(JSON.stringify(values)) as Json;
      assert.equal(jsonText(parseYaml(dump(given, { ...flow, ...options }))), jsonText(given));
    }),
  ),
  "reader: agrees with another composer on the shape and the texts of edited manifests": runs(
    property(change, ({ head }) => {
      // Where no line break ends the text, the other composer adds one to a block scalar.
      for (const { text } of splitDocuments(`${head}\n`)) {
        const ours = read(text);
        if (ours === undefined || breaksOfOld.test(text)) continue;
        if (typeof ours === "string" && openBlock.test(text)) continue;
        let theirs: unknown;
        try {
          theirs = load(text, { schema: YAML11_SCHEMA });
        } catch {
          continue;
        }
        assert.deepEqual(differences(ours, theirs), []);
      }
    }),
  ),
  "reader: line by line or by events, a manifest is the same": runs(
    property(change, ({ head }) => {
      for (const { text } of splitDocuments(head)) {
        const plain = readBlocks(text);
        if (plain === undefined) continue;
        const { starts: _, ...said } = plain;
        assert.deepEqual(said, readFully(text));
      }
    }),
  ),
};
