import assert from "node:assert/strict";
import { test } from "node:test";
import type { Shape } from "../../../../src/rules/rows.ts";
import { isListShape, itemOf, wordsOf } from "../../../../src/systems/api-shape.ts";
import { valueCheck } from "../../../../src/systems/gardener/api/leaf-constraints.ts";
import { types } from "../../../../src/systems/gardener/api/leaf-types.ts";
import { listCheck } from "../../../../src/systems/gardener/api/list-constraints.ts";
import { mapChecks } from "../../../../src/systems/gardener/api/map-constraints.ts";
import { builtinParts } from "../../builtin-systems.ts";

/** Words that are read elsewhere than by the checks of values: of fields, releases, and the zones of a provider. */
const isOfFields = (word: string): boolean =>
  /^(?:required|forbidden|open|(?:since|gone|before|from)=\d+\.\d+|@(?:\d+\.\d+)?\.\.(?:\d+\.\d+)?)$/.test(word) ||
  ["as-zoned", "listed", "listed-where-given"].includes(word);

function* unknownWords(shape: Shape, place: string): Generator<string> {
  if (typeof shape === "string") {
    const [type = "", ...words] = shape.split(" ");
    const isMap = type === "map";
    const of = isMap ? (words.shift() ?? "") : type;
    if (of !== "any" && !types.has(of)) yield `${place}: type ${of}`;
    const isKnown = (word: string): boolean =>
      isOfFields(word) || (isMap ? mapChecks(word).length > 0 : valueCheck(type, word) !== undefined);
    for (const word of words) if (!isKnown(word)) yield `${place}: ${word}`;
    return;
  }
  const isKnown = (word: string): boolean =>
    word === "" || isOfFields(word) || (isListShape(shape) && listCheck(word) !== undefined);
  for (const word of wordsOf(shape)) if (!isKnown(word)) yield `${place}: ${word}`;
  if (isListShape(shape)) yield* unknownWords(itemOf(shape), `${place}/*`);
  else
    for (const [name, field] of Object.entries(shape)) if (name !== "!") yield* unknownWords(field, `${place}/${name}`);
}

test("every word in the shapes of the tables is one that somebody reads", () => {
  const shapes = builtinParts().flatMap(({ part }) =>
    part.system === "gardener" ? Object.entries(part.shapes ?? {}) : [],
  );
  assert.ok(shapes.length > 20);
  assert.deepEqual(
    shapes.flatMap(([name, shape]) => [...unknownWords(shape, name)]),
    [],
  );
});

test("a word that nobody reads is found", () => {
  const shape: Shape = { name: "string requierd", list: ["uniqe", "strng"], sizes: "map int32 cpu-memmory" };
  assert.deepEqual(
    [...unknownWords(shape, "")],
    ["/name: requierd", "/list: uniqe", "/list/*: type strng", "/sizes: cpu-memmory"],
  );
});
