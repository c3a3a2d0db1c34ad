import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { splitDocuments } from "../../../src/manifests/text/split.ts";

const texts = (stream: string) => splitDocuments(stream).map(({ text }) => text);

describe("splitDocuments", () => {
  it("cuts at lines that begin with ---, and keeps the one that nothing stands before", () => {
    assert.deepEqual(texts("a\n---\nb\n--- # c\n---\nd\n---"), ["a\n", "b\n", "---\nd\n"]);
    assert.deepEqual(texts("---\na\n---\nb"), ["---\na\n", "b"]);
    assert.deepEqual(texts("a: |\n  x\n  ---\n  y\n"), ["a: |\n  x\n  ---\n  y\n"]);
    assert.deepEqual(texts(""), []);
  });

  it("knows line and offset of each document", () => {
    const stream = "a\r\n---\r\nb\n\n---\nc\n";
    assert.deepEqual(
      splitDocuments(stream).map(({ line, offset }) => [line, stream.slice(offset, offset + 1)]),
      [
        [1, "a"],
        [3, "b"],
        [6, "c"],
      ],
    );
  });

  it("gives an invalid separator to the documents before and behind it, and loses no other", () => {
    const pieces = splitDocuments("z\n---\na\n--- {b: 1}\nc\n---\nd\n----\ne\n");
    assert.deepEqual(
      pieces.map(({ text, error }) => [text, error !== undefined]),
      [
        ["z\n", false],
        ["a\n", true],
        ["--- {b: 1}\nc\n", true],
        ["d\n", true],
        ["----\ne\n", true],
      ],
    );
  });

  it("reads JSON objects one after the other, and YAML behind the first", () => {
    assert.deepEqual(texts('{"a": "}"}{"b": 2}\n {"c": [3]}\n'), ['{"a": "}"}', '{"b": 2}', '{"c": [3]}']);
    assert.deepEqual(texts('{"a": 1}\n---\nb: 2\n'), ['{"a": 1}', "---\nb: 2\n"]);
    assert.deepEqual(texts("{a: 1}\n---\nb\n"), ["{a: 1}\n", "b\n"]);
    const [, , rest] = splitDocuments('{"a": 1}{"b": 2}\nc: 3\n');
    assert.match(rest!.error!, /after 2 JSON objects/);
  });

  it("sees through a byte order mark at the beginning", () => {
    assert.deepEqual(texts("\uFEFF---\na\n---\nb\n"), ["---\na\n", "b\n"]);
    assert.deepEqual(texts('\uFEFF{"a": 1}{"b": 2}'), ['{"a": 1}', '{"b": 2}']);
    const [, second] = splitDocuments("a\n---\uFEFF\nb\n");
    assert.match(second!.error!, /invalid document separator/);
  });

  it("goes on behind a JSON object where kubectl does: behind white space on its line", () => {
    assert.deepEqual(texts('{"a": 1}  \n  b: 2\n  c: 3\n'), ['{"a": 1}', "  b: 2\n  c: 3\n"]);
    assert.deepEqual(texts('{"a": 1}  b: 2\n'), ['{"a": 1}', "b: 2\n"]);
    const [, rest] = splitDocuments('{"a": 1}b:2');
    assert.match(rest!.error!, /after a JSON object the text continues with something other/);
    const [whole] = splitDocuments("{a}");
    assert.match(whole!.error!, /^the text continues/);
    assert.deepEqual(texts('{"a": 1} \n\t\n'), ['{"a": 1}']);
  });
});
