import assert from "node:assert/strict";
import { test } from "node:test";
import { parseGrep } from "../../../src/sources/git/grep.ts";

const line = (path: Uint8Array | string, text: string): Buffer =>
  Buffer.concat([Buffer.from(path), Buffer.of(0), Buffer.from(`${text}\n`)]);

test("lines are gathered by their files, in the order in which git shows them", () => {
  const output = Buffer.concat([
    line("main:a.yaml", "kind: NodePool"),
    line("main:a.yaml", "  name: one"),
    line("main:a.yaml.bak", "kind: NodePool"),
    line("main:b: c.yaml", "kind: ConfigMap"),
  ]);
  assert.deepEqual(
    parseGrep(output, 5).map(({ path, text }) => [path, text]),
    [
      ["a.yaml", "kind: NodePool\n  name: one\n"],
      ["a.yaml.bak", "kind: NodePool\n"],
      ["b: c.yaml", "kind: ConfigMap\n"],
    ],
  );
  assert.deepEqual(parseGrep(Buffer.alloc(0), 0), []);
});

test("a path keeps its bytes, whatever their encoding, and lines are read as UTF-8", () => {
  const latin = Buffer.from("caf\u00e9.yaml", "latin1");
  const [first, second] = parseGrep(
    Buffer.concat([line(latin, "name: caf\u00e9"), line("caf\u00e9\nb.yaml", "name: b")]),
    0,
  );
  assert.deepEqual(first?.raw, latin);
  assert.equal(first.path, String.raw`caf\xe9.yaml`);
  assert.equal(first.text, "name: caf\u00e9\n");
  assert.deepEqual(second?.raw, Buffer.from("caf\u00e9\nb.yaml"));
  assert.equal(second.path, String.raw`café\u000ab.yaml`);
});

test("the last line of a file without a line break is whole", () => {
  const output = line("a.yaml", "name: a").subarray(0, -1);
  assert.deepEqual(
    parseGrep(output, 0).map(({ text }) => text),
    ["name: a"],
  );
});
