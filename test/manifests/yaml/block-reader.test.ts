import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { assert as check, boolean, property, type Arbitrary } from "fast-check";
import { bounds } from "../../../src/manifests/bounds.ts";
import type { Json } from "../../../src/manifests/manifest.ts";
import { placeAt, placeByCount, placesInOrder } from "../../../src/manifests/yaml/block-places.ts";
import { readBlocks } from "../../../src/manifests/yaml/block-reader.ts";
import type { Places } from "../../../src/manifests/yaml/composed.ts";
import { readFully } from "../../../src/manifests/yaml/full-reader.ts";
import { EarlierBlocks, KnownBlocks } from "../../../src/manifests/yaml/known-blocks.ts";
import { blockDocument, mutated, versions } from "./block-documents.ts";

/** The paths of all values, and some of none. */
function pathsIn(value: Json, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (value === null || typeof value !== "object") return [[...path, "x"], path];
  const inner = Object.entries(value).flatMap(([key, one]: [string, Json]) =>
    pathsIn(one, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return [[...path, "x"], [...path, 99], path, ...inner];
}

/** Whether the block reader reads the text; it must then read what the full reader reads, and find its places. */
function isRead(text: string): boolean {
  const read = readBlocks(text);
  if (read === undefined) return false;
  const { starts = [], ...said } = read;
  const inOrder = placesInOrder(read.value, starts);
  const places: Places = new Map();
  const whole = readFully(text, { places });
  assert.deepStrictEqual(said, whole);
  for (const path of pathsIn(read.value)) {
    const place = placeAt(whole, places, path);
    assert.equal(placeAt(read, inOrder, path), place, path.join("/"));
    assert.equal(placeByCount(read, path), place, path.join("/"));
  }
  return true;
}

/** How many objects and lists of a value are also parts of another. */
function sharedParts(value: Json, other: Json): number {
  const parts = new Set<Json>();
  const note = (one: Json, visit: (part: object) => void): void => {
    if (one === null || typeof one !== "object") return;
    visit(one);
    for (const inner of Object.values<Json>(one)) note(inner, visit);
  };
  note(other, (part) => parts.add(part as Json));
  let shared = 0;
  note(value, (part) => (shared += parts.has(part as Json) ? 1 : 0));
  return shared;
}

describe("the block reader", () => {
  const shares = (name: string, documents: Arbitrary<string>, least: number): void => {
    it(`reads ${name} as the full reader does, or leaves it`, () => {
      let read = 0;
      const count = 3000;
      check(
        property(documents, (text) => {
          if (isRead(text)) read += 1;
        }),
        { numRuns: count },
      );
      // So that the test cannot pass by leaving everything.
      assert.ok(read > count * least, `read ${read} of ${count}`);
    });
  };
  shares("documents of blocks", blockDocument, 0.25);
  shares("documents with a few letters changed", mutated(blockDocument), 0.03);

  it("reads a later version beside an earlier one as it reads it alone", () => {
    let shared = 0;
    check(
      property(versions(blockDocument), boolean(), (pair, isTurned) => {
        const [earlier, text] = isTurned ? [pair[1], pair[0]] : pair;
        const known = new KnownBlocks();
        const before = readBlocks(earlier, { known });
        const alone = readBlocks(text);
        const beside = readBlocks(text, { earlier: new EarlierBlocks(known, earlier, text) });
        assert.deepStrictEqual(beside, alone);
        if (before !== undefined && beside !== undefined) shared += sharedParts(beside.value, before.value);
      }),
      { numRuns: 10_000 },
    );
    assert.ok(shared > 100, `only ${shared} parts were shared`);
  });

  it("reads only what differs between two versions of a manifest", () => {
    const text = (version: string, image: string): string =>
      `kind: Shoot\nspec:\n  kubernetes:\n    version: ${version}\n    kubelet:\n      maxPods: 110\n  workers:\n  - name: a\n    machine:\n      type: m5\n  - name: b\n    machine:\n      image: ${image}\n`;
    const [before, after] = [text("1.33.1", "x"), text("1.34.10", "x")];
    const known = new KnownBlocks();
    const base = readBlocks(before, { known });
    const head = readBlocks(after, { earlier: new EarlierBlocks(known, before, after) });
    const partsOf = (value: Json | undefined) => (value as { spec: { workers: unknown; kubernetes: unknown } }).spec;
    assert.equal(partsOf(head?.value).workers, partsOf(base?.value).workers);
    assert.notEqual(partsOf(head?.value).kubernetes, partsOf(base?.value).kubernetes);
    assert.deepStrictEqual(head, readBlocks(after));
  });

  it("reads the golden inputs as the full reader does, or leaves them", () => {
    const { cases } = JSON.parse(readFileSync(new URL("yaml-cases.json", import.meta.url), "utf8")) as {
      cases: readonly { readonly text: string }[];
    };
    assert.ok(cases.filter(({ text }) => isRead(text)).length > 70);
  });

  const shoot = `# Copyright
---
apiVersion: core.gardener.cloud/v1beta1
kind: Shoot # ours
metadata:
  name: "payments"
  annotations:
    example.com/note: 'it''s "quoted"'
  finalizers: []
spec:
  kubernetes: {version: 1.33.4}
  maintenance:
  # nothing yet
  provider:
    workers:
    - name: cpu
      zones: [eu-west-1a, 'eu-west-1b']
      maximum: 4

    -   name: gpu
        userData: |-
          #!/bin/sh
            echo "$1"

          exit
    - null
    -
      name: disk
  "dns": # from the seed
    domain: payments.example.com
`;
  it("reads what manifests are made of", () => assert.ok(isRead(shoot)));

  const left: readonly (readonly [string, string])[] = [
    ["an anchor", "a: &x 1\nb: *x\n"],
    ["a tag", "a: !!str 1\n"],
    ["a merge", "a:\n  <<: {b: 1}\n"],
    ["a folded block", "a: >\n  x\n"],
    ["text on several lines", "a: x\n  y\n"],
    ["quoted text on several lines", "a: 'x\n  y'\n"],
    ["a nested flow", "a: [[b]]\n"],
    ["a flow on several lines", "a: [b,\n  c]\n"],
    ["a key that is a number", "1: a\n"],
    ["a key that is a boolean", "on: a\n"],
    ["a quoted key that is a whole number", 'a: 1\n"1": a\n'],
    ["a key that stands twice", "a: 1\na: 2\n"],
    ["an explicit key", "? a\n: b\n"],
    ["a blank before the colon", "a : b\n"],
    ["a tab", "a:\tb\n"],
    ["another line break", "a: b\r\n"],
    ["a second document", "a: b\n---\nc: d\n"],
    ["the end of the document", "a: b\n...\n"],
    ["a directive", "%YAML 1.1\n---\na: b\n"],
    ["the indentation of a literal given", "a: |2\n    x\n"],
    ["a literal whose first line is indented too little", "a: |\n     \n  x\n"],
    ["a rare escape", 'a: "\\u00e9"\n'],
    ["half a letter", "a: \ud800\n"],
    ["a byte order mark", "\uFEFFa: b\n"],
    ["no line break at the end", "a: b"],
    ["text at the root", "a\n"],
    ["a list at the root", "- a\n"],
    ["nothing", "# a\n"],
    ["a value that JSON cannot write", "a: .inf\n"],
    ["an item without a value", "a:\n- \n- b\n"],
    ["more levels than manifests have", Array.from({ length: 70 }, (_, level) => `${" ".repeat(level)}a:\n`).join("")],
  ];
  for (const [name, text] of left)
    it(`leaves ${name} to the full reader`, () => assert.equal(readBlocks(text), undefined));

  it("keeps to the bounds", () => {
    const { documentLength, keyLength } = bounds;
    for (const [text, longer] of [
      [`a: ${"b".repeat(documentLength - 4)}\n`, `a: ${"b".repeat(documentLength - 3)}\n`],
      [`${"k".repeat(keyLength)}: b\n`, `${"k".repeat(keyLength + 1)}: b\n`],
    ] as const) {
      assert.ok(readBlocks(text) !== undefined);
      assert.equal(readBlocks(longer), undefined);
    }
  });
});
