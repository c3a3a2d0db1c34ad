import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
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
  assert.equal(cases.length, 187);
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
    ["a: 1\n...\nb: @\n", '{"a":1}'],
    ["a: !!binary /w==\n", '{"a":"\uFFFD"}'],
    ["a: ! 12\n", '{"a":"12"}'],
    ["%TAG !y! tag:yaml.org,2002:\n---\na: !y!str 12\n", '{"a":"12"}'],
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
});
