import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { bounds } from "../../../src/manifests/bounds.ts";
import { YamlError } from "../../../src/manifests/yaml/yaml-error.ts";
import { parseYaml } from "../../../src/manifests/yaml/yaml.ts";
import { goJsonText, jsonText } from "./json-text.ts";

interface Golden {
  readonly name: string;
  readonly text: string;
  readonly kubectl: { readonly json?: string; readonly error?: string };
}
const { cases } = JSON.parse(readFileSync(new URL("yaml-cases.json", import.meta.url), "utf8")) as {
  cases: readonly Golden[];
};

describe("what Go's sigs.k8s.io/yaml reads", () => {
  assert.equal(cases.length, 328);
  for (const { name, text, kubectl } of cases)
    it(`${name}: ${JSON.stringify(text).slice(0, 60)}`, () => {
      if (kubectl.json === undefined) assert.throws(() => parseYaml(text), YamlError, `Go: ${kubectl.error}`);
      else assert.equal(jsonText(parseYaml(text)), goJsonText(kubectl.json));
    });
});

describe("what Go reads, beyond the table", () => {
  const same: readonly (readonly [string, string])[] = [
    ["a: .230_15\n", '{"a":0.23015}'],
    ["1000000.0: a\n1.5e-7: b\n", '{"1.5e-07":"b","1e+06":"a"}'],
    ["a: 'x \u2028  y'\n", '{"a":"x\u2028y"}'],
    ["a: x\u0085b: 1\n", '{"a":"x","b":1}'],
    ["a:\t[b,\tc]\n", '{"a":["b","c"]}'],
    ["a: [\nb, [\nc\n], {\nd: 'e\nf'\n}\n]\n", '{"a":["b",["c"],{"d":"e f"}]}'],
    ["{a: 1} rest\n", '{"a":1}'],
    // A block scalar is indented by one at least, also at the root.
    ["|\na: b\n", '""'],
    ["|\n a: b\n", '"a: b\\n"'],
    ["a: 1\n...\nb: @\n", '{"a":1}'],
    ["a: !!binary /w==\n", '{"a":"\uFFFD"}'],
    ["a: ! 12\n", '{"a":"12"}'],
    ["%TAG !y! tag:yaml.org,2002:\n---\na: !y!str 12\n", '{"a":"12"}'],
    // kubectl reads by lines and takes one carriage return off each.
    ["a: 'b\r\r\nc'\r\r\n", '{"a":"b c"}'],
  ];
  for (const [text, json] of same)
    it(JSON.stringify(text), () => assert.equal(jsonText(parseYaml(text)), goJsonText(json)));

  // yaml_parser_scan_flow_scalar refuses halves of a surrogate pair, and what lies beyond Unicode.
  for (const escape of ["\\uD800", "\\uDFFF", "\\U00110000"])
    it(`refuses the escape ${escape}`, () => assert.throws(() => parseYaml(`a: "${escape}"\n`), YamlError));
  for (const escape of ["\\uD7FF", "\\uE000", "\\U0010FFFF"])
    it(`reads the escape ${escape}`, () => {
      const { a } = parseYaml(`a: "${escape}"\n`) as { a: string };
      assert.equal(a.codePointAt(0), Number.parseInt(escape.slice(2), 16));
    });

  for (const text of ["a: b\n\t# c\n", "a: |\n \tb\n", "{a?: 1}\n", "a: {\nb\nc: 1}\n", "a: !!int x\n", "&a.b c: d\n"])
    it(`refuses ${JSON.stringify(text)}`, () => assert.throws(() => parseYaml(text), YamlError));

  // yaml_simple_key_is_valid counts letters up to the colon, not UTF-16.
  const longest = bounds.keyLength;
  for (const key of ["k".repeat(longest), "😀".repeat(longest), `"${"k".repeat(longest - 2)}"`])
    it(`reads a key of ${longest} letters: ${key.slice(0, 6)}…`, () =>
      assert.equal(Object.keys(parseYaml(`${key}: 1\n`) as object).length, 1));
  for (const key of [
    "k".repeat(longest + 1),
    "😀".repeat(longest + 1),
    `"${"k".repeat(longest)}"`,
    `k${" ".repeat(longest)}`,
  ])
    it(`refuses a key whose colon is farther: ${key.slice(0, 6).trim()}…`, () => {
      assert.throws(() => parseYaml(`${key}: 1\n`), YamlError);
      assert.throws(() => parseYaml(`{${key}: 1}\n`), YamlError);
    });

  // `time.Parse` knows no 24th hour and no leap second; what it does not know is a string, which the tag refuses.
  for (const [time, isTaken] of [
    ["23:59:59", true],
    ["24:00:00", false],
    ["23:60:00", false],
    ["23:59:60", false],
  ] as const)
    it(`${isTaken ? "reads" : "refuses"} the time ${time}`, () => {
      const text = `a: !!timestamp 2024-02-29T${time}Z\n`;
      if (isTaken) assert.equal(jsonText(parseYaml(text)), `{"a":"2024-02-29T${time}Z"}`);
      else assert.throws(() => parseYaml(text), YamlError);
    });

  it("refuses nothing behind the end of the first document", () =>
    assert.equal(jsonText(parseYaml("a: 1\n...\nb: [@\n%x")), '{"a":1}'));

  for (const [text, reason, line, column] of [
    ["a: 1\nb: [c,\n  d\ne: 2\n", "a comma or ] is expected here", 4, 2],
    ["a: 1\nb: 'c\nd: 2\n", "the quote that begins here does not end", 2, 4],
    ["a: 1\nb\nc: 2\n", "a key must stand here on one line, with a colon at most 1024 letters behind", 2, 1],
    ["a:\n   b: 1\n  c: 2\n", "a key, or the end of the mapping, is expected here: check the indentation", 3, 3],
    ["a: b: c\n", "no mapping may begin in the middle of this line; quote the text, or indent", 1, 5],
    ['a: "\\/"\n', "YAML 1.1 knows no such escape in double quotes", 1, 5],
    ["a: *b\n", "no anchor stands before this alias", 1, 4],
    ["a:\n\tb: 1\n", "found a tab where only spaces may indent", 2, 1],
    ["a: @b\n", "text that begins with @ needs quotes", 1, 4],
  ] as const)
    it(`says what is wrong with ${JSON.stringify(text)}`, () =>
      assert.throws(() => parseYaml(text), { name: "YamlError", reason, line, column }));
});
