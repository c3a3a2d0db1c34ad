import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  array,
  assert as check,
  constantFrom,
  dictionary,
  integer,
  jsonValue,
  oneof,
  property,
  string,
} from "fast-check";
import "../steady-seed.ts";
import { readManifests } from "../../src/manifests/read.ts";
import { splitDocuments } from "../../src/manifests/text/split.ts";
import { YamlError } from "../../src/manifests/yaml/yaml-error.ts";
import { parseYaml } from "../../src/manifests/yaml/yaml.ts";
import { file, interest } from "./interest.ts";
import { jsonText } from "./yaml/json-text.ts";

const bits = [
  "\n",
  "\n  ",
  " ",
  "\t",
  ": ",
  "- ",
  "? ",
  "# ",
  "{",
  "}",
  "[",
  "]",
  ",",
  "&a ",
  "*a",
  "!!str ",
  "|\n",
  ">-\n",
  "'",
  '"',
  "\\",
  "%",
  "<<: ",
  "---\n",
  "...\n",
  "\r",
  "\u0085",
  "kind: Shoot",
  "{{",
  "}}",
  "a",
  "1",
  "\uFEFF",
  "\0",
];
const yamlish = array(oneof(constantFrom(...bits), string({ maxLength: 5, unit: "binary" })), { maxLength: 40 }).map(
  (parts) => parts.join(""),
);

/** What go-yaml reads as it is: no surrogates as escapes, no control characters, no key that is too long. */
const plain = string({
  unit: integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
  maxLength: 30,
});
const json = jsonValue({
  stringUnit: integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
  maxDepth: 6,
});

describe("the YAML reader, on any text", () => {
  it("gives a value or a YamlError", () => {
    check(
      property(yamlish, (text) => {
        try {
          parseYaml(text);
        } catch (error) {
          assert.ok(error instanceof YamlError);
          assert.ok(error.line >= 1 && error.reason !== "");
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("reads manifests or says why not, and every place lies in the file", () => {
    check(
      property(yamlish, yamlish, (before, after) => {
        const text = `${before}\n---\napiVersion: core.gardener.cloud/v1beta1\nkind: Shoot\nmetadata: {name: x}\n${after}`;
        const { manifests, diagnostics } = readManifests([file("a.yaml", text)], interest);
        const lines = text.split("\n").length;
        for (const { line } of [...diagnostics, ...manifests.map((manifest) => manifest.locate(["metadata", "name"]))])
          assert.ok(line === undefined || (line >= 1 && line <= lines));
        // A second `kind` may turn it into something else.
        if (!after.includes("kind")) assert.ok(manifests.length + diagnostics.length > 0);
      }),
      { numRuns: 1000 },
    );
  });

  it("loses no letter when it cuts a stream, but separators", () => {
    check(
      property(yamlish, (text) => {
        for (const { text: piece, offset } of splitDocuments(text))
          assert.equal(text.slice(offset, offset + piece.length), piece);
        const kept = splitDocuments(text)
          .map((piece) => piece.text)
          .join("\n");
        const isLossless = (whole: string) => whole.replaceAll(/^---.*$/gm, "").replaceAll(/\s/g, "");
        assert.equal(isLossless(kept), isLossless(text));
      }),
      { numRuns: 1000 },
    );
  });

  it("reads JSON as JSON, on one line or indented", () => {
    check(
      property(json, constantFrom(0, 2, "\t"), (value, indent) => {
        assert.equal(
          jsonText(parseYaml(JSON.stringify(value, null, indent))),
          jsonText(JSON.parse(JSON.stringify(value))),
        );
      }),
      { numRuns: 500 },
    );
  });

  it("finds the value that a path names", () => {
    check(
      property(
        dictionary(
          plain.filter((key) => key !== ""),
          plain,
          { minKeys: 1 },
        ),
        (data) => {
          const lines = Object.entries(data).map(
            ([key, value]) => `  ? ${JSON.stringify(key)}\n  : ${JSON.stringify(value)}\n`,
          );
          const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n${lines.join("")}`;
          const [manifest] = readManifests([file("a.yaml", text)], interest).manifests;
          for (const [index, key] of Object.keys(data).entries())
            assert.equal(manifest!.locate(["data", key]).line, 6 + 2 * index);
        },
      ),
      { numRuns: 300 },
    );
  });
});
