import assert from "node:assert/strict";
import { test } from "node:test";
import { array, assert as check, constantFrom, property, record } from "fast-check";
import "../steady-seed.ts";
import jsonPatch from "fast-json-patch";
import { keyedBeside, keyedForm, keyedPlace, locateKeyed, readKeyed } from "../../src/inventory/keyed.ts";
import { sharingParts } from "../../src/inventory/shared-parts.ts";
import type { Json, JsonObject, Manifest } from "../../src/manifests/manifest.ts";
import type { ObjectRow } from "../../src/rules/table.ts";

const row: ObjectRow = {
  api: "farm.example.com/v1",
  kind: "Orchard",
  role: "cluster",
  lists: [
    { at: "/spec/beds", key: "name" },
    { at: "/spec/beds/*/trees", key: "kind" },
  ],
};
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const orchard: JsonObject = {
  spec: {
    beds: [
      { name: "a", trees: [{ kind: "fig", age: 9007199254740993n }] },
      { name: "b", trees: [{ kind: "plum" }, { kind: "plum" }] },
    ],
    paths: [{ name: "a" }, 7n],
  },
};

test("lists with keys become objects, at every depth, unless two items share a key", () => {
  assert.deepEqual(plain(keyedForm(orchard, row)), {
    spec: {
      beds: {
        a: { name: "a", trees: { fig: { kind: "fig", age: "9007199254740993" } } },
        b: { name: "b", trees: [{ kind: "plum" }, { kind: "plum" }] },
      },
      paths: [{ name: "a" }, "7"],
    },
  });
});

test("an object without such lists is its own keyed form", () => {
  const value: JsonObject = { spec: { paths: [{ name: "a" }], wall: { high: true } } };
  assert.equal(keyedForm(value, row), value);
});

test("a place reads as in the whole keyed form, and is found in the text", () => {
  const read = (path: string) => plain(readKeyed(orchard, row, path.split("/")) ?? null);
  assert.deepEqual(read("spec/beds/a/trees"), { fig: { kind: "fig", age: "9007199254740993" } });
  assert.equal(read("spec/beds/a/trees/fig/age"), "9007199254740993");
  assert.deepEqual(read("spec/beds/b/trees/1"), { kind: "plum" });
  for (const nowhere of ["spec/beds/0", "spec/beds/c", "spec/paths/2", "spec/paths/-1", "spec/wall/high"])
    assert.equal(read(nowhere), null, nowhere);
  const located: (readonly (string | number)[])[] = [];
  const manifest = { value: orchard, locate: (path: (string | number)[]) => located.push(path) } as unknown as Manifest;
  locateKeyed(manifest, row, ["spec", "beds", "b", "trees", "1", "age"]);
  assert.deepEqual(located, [["spec", "beds", 1, "trees", 1]]);
});

test("leaving out what both sides share makes no difference", () => {
  const part = constantFrom<Json>("a", 1, 9007199254740993n, { x: 1 }, [{ kind: "fig" }], [1, 2n]);
  const bed = record({
    name: constantFrom("a", "b", "c"),
    trees: array(record({ kind: part, age: part }), { maxLength: 3 }),
  });
  const spec = record({ beds: array(bed, { maxLength: 3 }), paths: array(part, { maxLength: 3 }), wall: part });
  check(
    property(spec, spec, (one, other) => {
      const base = { spec: one } as unknown as JsonObject;
      const head = sharingParts(base, { spec: other });
      assert.deepEqual(
        jsonPatch.compare(keyedBeside(base, head, row), keyedBeside(head, base, row)),
        jsonPatch.compare(keyedForm(base, row), keyedForm(head, row)),
      );
    }),
    { numRuns: 500 },
  );
});

test("the items of a long list are looked at once, however many places in it are asked for", () => {
  let looked = 0;
  const beds = Array.from(
    { length: 500 },
    (_, index) =>
      new Proxy<JsonObject>(
        { name: `bed-${index}`, trees: [{ kind: "fig" }] },
        {
          get: (bed, key) => {
            looked += 1;
            return Reflect.get(bed, key) as unknown;
          },
        },
      ),
  );
  const long: JsonObject = { spec: { beds } };
  for (let index = 0; index < beds.length; index += 1)
    assert.equal(readKeyed(long, row, ["spec", "beds", `bed-${index}`, "name"]), `bed-${index}`);
  assert.equal(readKeyed(long, row, ["spec", "beds", "bed-500", "name"]), undefined);
  assert.ok(looked < 10 * beds.length, `${looked} looks`);
  const twice: JsonObject = { spec: { beds: [...beds, { name: "bed-7" }] } };
  assert.equal(readKeyed(twice, row, ["spec", "beds", "bed-7", "name"]), undefined);
  assert.equal(readKeyed(twice, row, ["spec", "beds", "500", "name"]), "bed-7");
});

test("a place by index is found in the keyed form, and one by key stays", () => {
  const place = (path: string): string => keyedPlace(orchard, row, path.split("/")).join("/");
  assert.equal(place("spec/beds/0/trees/0/age"), "spec/beds/a/trees/fig/age");
  assert.equal(place("spec/beds/a/trees/fig"), "spec/beds/a/trees/fig");
  assert.equal(place("spec/beds/1/trees/1/kind"), "spec/beds/b/trees/1/kind");
  assert.equal(place("spec/paths/0/name"), "spec/paths/0/name");
  assert.equal(place("spec/beds/7/none/0"), "spec/beds/7/none/0");
});
