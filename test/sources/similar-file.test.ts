import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { assert as check, array, integer, property, tuple } from "fast-check";
import { readSides } from "../../src/cli/sides.ts";
import { commonPrefix, commonSuffix } from "../../src/manifests/text/bytes.ts";
import { changedText, type Stretch } from "../../src/manifests/text/changed-text.ts";
import type { SourceFile } from "../../src/manifests/manifest.ts";
import { readSimilar } from "../../src/sources/similar-file.ts";

let folder = "";
before(() => {
  folder = mkdtempSync(join(tmpdir(), "will-it-roll-similar-"));
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

function read(base: string, head: string): { readonly similar: SourceFile | undefined; readonly other: SourceFile } {
  const path = join(folder, "base.yaml");
  writeFileSync(path, base);
  const other = { path: "head.yaml", bytes: Buffer.from(head) };
  return { similar: readSimilar(path, "base.yaml", other), other };
}

const shown = (stretches: readonly Stretch[]) =>
  stretches.map(({ file, start, end, lines }) => [file.path, start, end, lines.lineAt(start)]);

describe("a file that is read beside a similar one", () => {
  it("is what it is when it is read alone", () => {
    let count = 0;
    check(
      property(
        edits,
        edits,
        integer({ min: 0, max: 1_000_000 }),
        integer({ min: 0, max: 1_000_000 }),
        (a, b, from, to) => {
          const [base, head] = [edited(a), edited(b)];
          const { similar, other } = read(base, head);
          const bytes = Buffer.from(base);
          const alone = { path: "base.yaml", bytes };
          if (similar?.likeness === undefined) {
            assert.ok(commonPrefix(bytes, other.bytes) < 256 * 1024);
            return;
          }
          count += 1;
          const { prefix, suffix, size, slice } = similar.likeness;
          assert.equal(size, bytes.length);
          assert.equal(prefix, commonPrefix(bytes, other.bytes));
          assert.equal(suffix, commonSuffix(bytes, other.bytes, Math.min(size, other.bytes.length) - prefix));
          const [start, end] = [Math.min(from, to, size), Math.min(Math.max(from, to), size)];
          assert.equal(bytes.compare(slice(start, end), undefined, undefined, start, end), 0);
          const found = changedText([similar], [other]);
          const expected = changedText([alone], [other]);
          for (const side of ["base", "head", "shared"] as const)
            assert.deepEqual(shown(found[side]), shown(expected[side]));
          assert.equal(bytes.compare(similar.bytes), 0);
        },
      ),
      { numRuns: 60 },
    );
    assert.ok(count > 20, `only ${count} were similar`);
  });

  it("is told by its size and its parts without being put together", () => {
    const { similar, other } = read(edited([[450, 0]]), edited([]));
    assert.ok(similar !== undefined);
    let isWhole = false;
    const watched = {
      path: similar.path,
      get bytes() {
        isWhole = true;
        return similar.bytes;
      },
      likeness: similar.likeness!,
    };
    const { base, head } = changedText([watched], [other]);
    assert.deepEqual([base.length, head.length, isWhole], [1, 1, false]);
  });

  it("is what the command reads of two large files", async () => {
    const [base, head] = [join(folder, "a.yaml"), join(folder, "b.yaml")];
    writeFileSync(base, edited([[450, 0]]).repeat(2));
    writeFileSync(head, edited([]).repeat(2));
    const selection = { accepts: () => true, rules: [], render: undefined, gitTimeout: undefined };
    const sides = await readSides([base, head], selection);
    const [file] = sides.base.files;
    assert.equal(file?.likeness?.other, sides.head.files[0]);
    assert.equal(readFileSync(base).compare(file!.bytes), 0);
    assert.deepEqual([sides.base.label, sides.head.label, file!.path], [base, head, base]);
  });

  it("is left to be read whole where it begins otherwise", () => {
    assert.equal(read(`# other\n${edited([])}`, edited([])).similar, undefined);
    assert.equal(read("short", "short").similar, undefined);
  });
});
