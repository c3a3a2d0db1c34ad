import assert from "node:assert/strict";
import { test } from "node:test";
import { array, assert as check, constantFrom, property } from "fast-check";
import "../../steady-seed.ts";
import type { Document } from "../../../src/manifests/document.ts";
import { changedText, type Stretch } from "../../../src/manifests/text/changed-text.ts";
import { searchFor } from "../../../src/manifests/text/find-words.ts";
import { documentsIn, SharedText } from "../../../src/manifests/text/shared-text.ts";
import { splitDocuments } from "../../../src/manifests/text/split.ts";

const parts = [
  "a: 1\n",
  "b: 1\n",
  "c: |\n  ---\n",
  "kind: X\n",
  "",
  "---\n",
  "---\n",
  "---\n",
  "--- # x\n",
  "---\r\n",
  "--- x\n",
  "----\n",
  "\n",
];
const stream = array(constantFrom(...parts), { maxLength: 14 }).map((found) => found.join(""));

/** A document by its text and line. Where a stream is cut between separators, a document may lose the one before it. */
const shown = (documents: readonly { readonly text: string; readonly line: number }[]): string[] =>
  documents
    .map(({ text, line }) => {
      const [, separator = ""] = /^(---[ \t]*(?:#.*)?\r?\n)/.exec(text) ?? [];
      return { text: text.slice(separator.length), line: separator === "" ? line : line + 1 };
    })
    .filter(({ text }) => text !== "")
    .map(({ text, line }) => `${line} ${text}`)
    .toSorted();

test("what differs and what is shared are together the documents of each side, on their lines", () => {
  const encode = (text: string) => ({ path: "f", bytes: new TextEncoder().encode(text) });
  check(
    property(stream, stream, stream, stream, (before, left, right, after) => {
      const [base, head] = [before + left + after, before + right + after];
      const { base: onlyBase, head: onlyHead, shared } = changedText([encode(base)], [encode(head)]);
      const read = (stretches: readonly Stretch[]) => stretches.flatMap(documentsIn);
      assert.deepEqual(shown([...read(onlyHead), ...read(shared)]), shown(splitDocuments(head)));
      const texts = (lines: readonly string[]) => lines.map((line) => line.replace(/^\d+ /, "")).toSorted();
      assert.deepEqual(texts(shown([...read(onlyBase), ...read(shared)])), texts(shown(splitDocuments(base))));
      const baseLines = shown(splitDocuments(base));
      for (const document of shown(read(onlyBase))) assert.ok(baseLines.includes(document), document);
      // The documents around a word are the same ones, and all that hold it.
      const holding = new Set<Document>();
      for (const stretch of shared)
        SharedText.ofStretch(stretch).search([
          {
            search: searchFor(["kind"]),
            found: (document) => {
              if (document.text.includes("kind")) holding.add(document);
            },
          },
        ]);
      assert.deepEqual(shown([...holding]), shown(read(shared).filter(({ text }) => text.includes("kind"))));
    }),
    { numRuns: 2000 },
  );
});
