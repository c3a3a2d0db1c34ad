import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assert as check, constantFrom, jsonValue, property } from "fast-check";
import { bounds } from "../../../src/manifests/bounds.ts";
import type { Places } from "../../../src/manifests/yaml/composed.ts";
import { readFully } from "../../../src/manifests/yaml/full-reader.ts";
import { readJson } from "../../../src/manifests/yaml/json-reader.ts";
import { jsonText } from "./json-text.ts";

const read = (text: string): string => jsonText(readJson(text).value);

describe("the reader of JSON", () => {
  it("gives what the reader of YAML gives where that reads JSON, places included", () => {
    let both = 0;
    check(
      property(jsonValue({ maxDepth: 4 }), constantFrom(0, 2, 4), (value, indent) => {
        const text = JSON.stringify([value], undefined, indent);
        const [jsonPlaces, yamlPlaces]: [Places, Places] = [new Map(), new Map()];
        const json = readJson(text, jsonPlaces);
        let yaml;
        try {
          yaml = readFully(text, { places: yamlPlaces });
        } catch {
          return;
        }
        both += 1;
        assert.deepStrictEqual(json, yaml);
        const notEmpty = (places: Places) => [...places.values()].filter((one) => one.size > 0);
        // The places of a holder are noted when it ends in one reader, and when it begins in the other.
        assert.deepStrictEqual(new Set(notEmpty(jsonPlaces)), new Set(notEmpty(yamlPlaces)));
      }),
      { numRuns: 1000 },
    );
    assert.ok(both > 500, String(both));
  });

  for (const [text, expected] of [
    ['{"a":"\\/\\ud800x\\ud83d\\ude00"}', '{"a":"/\uFFFDx😀"}'],
    ['{"a":9223372036854775807,"b":-0,"c":1.0,"d":1e3}', '{"a":9223372036854775807,"b":0,"c":1,"d":1000}'],
    ['{"__proto__":{"a":null}}', '{"__proto__":{"a":null}}'],
    ['{"a"\n:\t[ ]}', '{"a":[]}'],
  ] as const)
    it(`reads ${text}`, () => assert.equal(read(text), expected));

  it("takes the last of two equal keys, and says where it stands", () => {
    const { value, duplicates } = readJson('{"a":1,"a":2}');
    assert.equal(jsonText(value), '{"a":2}');
    assert.deepEqual(duplicates, [{ key: "a", offset: 8 }]);
  });

  it("refuses what Go's reader of JSON cannot hold, and what is nested too deeply", () => {
    assert.throws(() => read('{"a":1E400}'), { name: "YamlError", line: 1, column: 6 });
    const { depth } = bounds;
    assert.equal(read("[".repeat(depth) + "]".repeat(depth)).length, depth * 2);
    assert.throws(() => read("[".repeat(depth + 1) + "]".repeat(depth + 1)), { name: "YamlError" });
  });
});
