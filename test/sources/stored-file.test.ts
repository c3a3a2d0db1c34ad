import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { assert as check, array, integer, property, tuple } from "fast-check";
import { readSides } from "../../src/cli/sides.ts";
import type { Document } from "../../src/manifests/document.ts";
import type { SourceFile } from "../../src/manifests/manifest.ts";
import { changedText, type Stretch } from "../../src/manifests/text/changed-text.ts";
import { searchFor, searchForPairs } from "../../src/manifests/text/find-words.ts";
import { sliceOf } from "../../src/manifests/text/parts.ts";
import { SharedText } from "../../src/manifests/text/shared-text.ts";
import { openStored } from "../../src/sources/stored-file.ts";

let folder = "";
before(() => {
  folder = mkdtempSync(join(tmpdir(), "will-it-roll-stored-"));
});
after(() => rmSync(folder, { recursive: true, force: true }));

const manifest = (number: number): string =>
  `---\nkind: Shoot\nmetadata:\n  name: shoot-${number}\nspec:\n  note: ${"x".repeat(900)}\n`;
/** About 900 KB, so that several pieces of it are compared. */
const documents = Array.from({ length: 900 }, (_, number) => manifest(number));

/** A text in which some documents are changed, left out, doubled or put in. */
const edited = (edits: readonly (readonly [number, number])[]): string => {
  const list = [...documents];
  for (const [at, way] of edits) {
    const document = list[at % list.length] ?? "";
    const put = [[document.replace("note", "text")], [], [document, document], [manifest(at + 5000), document]][way];
    list.splice(at % list.length, 1, ...(put ?? []));
  }
  return list.join("");
};

const edits = array(tuple(integer({ min: 200, max: 899 }), integer({ min: 0, max: 3 })), { maxLength: 3 });

const written = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const stored = (name: string, text: string): SourceFile => openStored(written(name, text), name);
const held = (name: string, text: string): SourceFile => ({ path: name, bytes: Buffer.from(text) });

const shown = (stretches: readonly Stretch[]) =>
  stretches.map(({ file, start, end, lines }) => [file.path, start, end, lines.lineAt(start)]);

/** What is found of a word in the text that two files share. */
function found(word: string, shared: readonly Stretch[]) {
  const documents: Document[] = [];
  for (const stretch of shared)
    SharedText.ofStretch(stretch).search([
      { search: searchFor([word]), found: (document) => documents.push(document) },
      { search: searchForPairs(0x6d, new Set([0x65])), found: (document) => documents.push(document) },
    ]);
  return documents.toSorted((a, b) => a.offset - b.offset).map(({ text, line, offset }) => ({ text, line, offset }));
}

describe("a file that is read in pieces", () => {
  it("is compared and searched as one that is", () => {
    check(
      property(edits, edits, integer({ min: 0, max: 899 }), (a, b, number) => {
        const [base, head] = [edited(a), edited(b)];
        const actual = changedText([stored("base.yaml", base)], [stored("head.yaml", head)]);
        const expected = changedText([held("base.yaml", base)], [held("head.yaml", head)]);
        for (const side of ["base", "head", "shared"] as const)
          assert.deepEqual(shown(actual[side]), shown(expected[side]));
        const word = `shoot-${number}`;
        assert.deepEqual(found(word, actual.shared), found(word, expected.shared));
      }),
      { numRuns: 30 },
    );
  });

  it("is searched where its documents are longer than what is read at once, or no documents at all", () => {
    for (const text of [
      `${documents[0]}  more: ${"y".repeat(400_000)}\n${documents[1]}`,
      "# nothing\n".repeat(60_000),
      "",
    ])
      for (const more of ["", "---\nkind: Shoot\n"]) {
        const actual = changedText([stored("base.yaml", text + more)], [stored("head.yaml", text)]);
        const expected = changedText([held("base.yaml", text + more)], [held("head.yaml", text)]);
        assert.deepEqual(shown(actual.base), shown(expected.base));
        assert.deepEqual(found("shoot-1", actual.shared), found("shoot-1", expected.shared));
      }
  });

  it("is compared whole where it is a stream of JSON", () => {
    const json = (name: string): string => `${" ".repeat(300_000)}${JSON.stringify({ kind: "Shoot", name })}`.repeat(3);
    const { base, head, shared } = changedText([stored("a", json("x"))], [stored("b", json("y"))]);
    assert.deepEqual(
      [shown(base), shown(head), shared],
      [[["a", 0, json("x").length, 1]], [["b", 0, json("y").length, 1]], []],
    );
    const same = changedText([stored("a", json("x"))], [stored("b", json("x"))]);
    assert.equal(
      found("x", same.shared).length,
      found("x", changedText([held("a", json("x"))], [held("b", json("x"))]).shared).length,
    );
  });

  it("is what the command reads of two large files, without reading all of them", async () => {
    const base = written("a.yaml", edited([[450, 0]]).repeat(2));
    const head = written("b.yaml", edited([]).repeat(2));
    const selection = { accepts: () => true, rules: [], render: undefined, gitTimeout: undefined };
    const sides = await readSides([base, head], selection);
    const watched = sides.base.files.map(({ path, stored: parts }) => ({
      path,
      get bytes(): Uint8Array {
        throw new Error("all of it was read");
      },
      stored: parts!,
    }));
    const { base: left, head: right } = changedText(watched, sides.head.files);
    assert.deepEqual([left.length, right.length], [2, 2]);
    const [file] = sides.base.files;
    assert.equal(readFileSync(base).compare(file!.bytes), 0);
    assert.deepEqual([sides.base.label, sides.head.label, file!.path], [base, head, base]);
  });

  it("ends the run when it changes meanwhile", () => {
    const file = stored("c.yaml", edited([]));
    written("c.yaml", "short");
    assert.throws(() => sliceOf(file, 0, 10), { name: "InputError", code: "changed-meanwhile" });
    assert.throws(() => file.bytes, /c\.yaml changed while it was read\. Run again/);
  });

  it("is refused when it is none", () => {
    assert.throws(() => openStored(folder, "folder"), /no longer a file/);
  });
});
