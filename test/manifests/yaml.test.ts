import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { parseYaml, YamlError } from "../../src/manifests/yaml.ts";
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
