import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { runInThisContext } from "node:vm";
import { root } from "../built-program.ts";

interface Plugin {
  readonly renderChunk: (code: string) => { readonly code: string };
}
const { lateParts } = (await import(pathToFileURL(join(root, "scripts/late-parts.mjs")).href)) as {
  readonly lateParts: (late: readonly string[]) => Plugin;
};

const chunkOf = (result: string): string =>
  lateParts(["uncommon"]).renderChunk(
    `const require_uncommon = require("./uncommon.cjs");\nexports.result = () => ${result};\n`,
  ).code;

/** What the chunk gives when it runs, and how often it loaded the part. */
function run(result: string): { readonly value: unknown; readonly loads: number } {
  let loads = 0;
  const load = (): object => {
    loads += 1;
    return { letters: (text: string) => text.split("") };
  };
  const exports: { result?: () => unknown } = {};
  const chunk = runInThisContext(`(require, exports) => {\n${chunkOf(result)}\n}`) as (
    require: typeof load,
    exports: object,
  ) => void;
  chunk(load, exports);
  assert.equal(loads, 0, "the part is loaded at the start");
  return { value: exports.result?.(), loads };
}

test("a part is loaded once, when something of it is first used", () => {
  assert.deepEqual(run("1"), { value: 1, loads: 0 });
  assert.deepEqual(run('[require_uncommon.letters("ab"), require_uncommon.letters("c")]'), {
    value: [["a", "b"], ["c"]],
    loads: 1,
  });
});

test("what is spread is used, too", () => {
  assert.deepEqual(run('[...require_uncommon.letters("ab")]'), { value: ["a", "b"], loads: 1 });
});

test("a name in a string or behind a dot is no use of a part", () => {
  assert.deepEqual(run('["require_uncommon.x", exports.require_uncommon]'), {
    value: ["require_uncommon.x", undefined],
    loads: 0,
  });
});

test("a part that is used as a whole is refused", () => {
  assert.throws(() => chunkOf("[require_uncommon]"), /used as a whole/);
  assert.throws(() => chunkOf("({ ...require_uncommon })"), /used as a whole/);
});
