import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { load } from "js-yaml";
import { indexTable } from "../../src/rules/compile.ts";
import { mergeParts } from "../../src/rules/merge.ts";
import { readStored, storedText } from "../../src/rules/stored-table.ts";
import type { TablePart } from "../../src/rules/table.ts";
import { tableText } from "../../src/sources/table-text.ts";
import { tableText as packedText } from "../../src/systems/packed-text.ts";
import { orchard } from "../analysis/trial-table.ts";

const part = load(orchard.replace("because: acidity", "because: Säure 🍎")) as TablePart;
const table = mergeParts(part.system, [{ file: "trial.yaml", part }]);
const text = storedText(table, indexTable(table));

describe("a stored table", () => {
  it("is what it was", () => {
    const stored = readStored(text);
    assert.deepEqual(stored.index, JSON.parse(JSON.stringify(indexTable(table))));
    assert.deepEqual({ ...stored.table }, JSON.parse(JSON.stringify(table)));
  });

  it("is written in letters of one byte", () => {
    assert.match(text, /^[\0-\x7F]*$/);
    assert.match(text, /S\\u00e4ure/);
  });

  it("has each row once, whoever asks for it", () => {
    const { table: read, rows } = readStored(text);
    assert.equal(rows.inputs[0]?.length, 3);
    assert.equal(rows.inputs[0].at(1), read.fingerprints[0]?.inputs[1]);
    assert.equal(rows.fields.at(0), read.fields[0]);
    assert.equal(rows.refusals.at(0)?.id, "climate-immutable");
    assert.equal(rows.refusals.at(1), undefined);
  });

  it("parses nothing that nobody asks for", () => {
    const lines = text.split("\n");
    const broken = lines.map((line) => (/"id":"(?:note|tree)"|^{"soil"/.test(line) ? "{" : line)).join("\n");
    const { table: read, rows } = readStored(broken);
    assert.equal(rows.fields.at(0)?.id, "label");
    assert.equal(rows.inputs[0]?.at(2)?.id, "graft");
    assert.equal(read.system, "orchard");
    assert.throws(() => read.fields, SyntaxError);
    assert.throws(() => rows.inputs[0]?.at(0), SyntaxError);
    assert.throws(() => read.let, SyntaxError);
  });

  it("is the same for Node.js and for everywhere else", () => {
    for (const system of ["gardener", "hypershift"]) assert.equal(packedText(system), tableText(system));
  });
});
