import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { schemaOf } from "../../src/configuration/json-schemas.ts";
import { reportSchema } from "../../src/report/report.ts";
import { renderJson } from "../../src/views/json.ts";
import { report } from "./build-report.ts";
import { filledWith, hostileTexts } from "./hostile.ts";
import { everyKind, fanOut, small } from "./reports.ts";

const schemaFile = join(import.meta.dirname, "../../schemas/report.json");
const committed = JSON.parse(readFileSync(schemaFile, "utf8")) as object;

describe("JSON view", () => {
  it("is the report", () => {
    for (const one of [small(), everyKind(), fanOut(3), ...hostileTexts.map(filledWith)]) {
      assert.deepEqual(JSON.parse(renderJson(one)), one);
      assert.equal(renderJson(one), `${JSON.stringify(one, undefined, 2)}\n`);
    }
  });

  it("keeps all digits of a large integer", () => {
    const patch = [{ op: "replace", path: "/spec/x", value: { big: 12345678901234567890n, none: [], empty: {} } }];
    const text = renderJson(report([], { objects: [{ object: "Shoot a/b", change: "modified", file: null, patch }] }));
    assert.match(text, /"big": 12345678901234567890,\n/);
    JSON.parse(text);
  });

  it("follows the published schema", () => {
    const ajv = new Ajv2020({ strict: false });
    const validate = ajv.compile(committed);
    for (const one of [small(), everyKind(), fanOut(3)]) {
      assert.ok(validate(JSON.parse(renderJson(one))), JSON.stringify(validate.errors));
      reportSchema.parse(one);
    }
    assert.ok(!validate({ ...small(), verdict: "perhaps" }));
  });

  it("has a published schema that is current: npm run docs writes it", () => {
    assert.equal(readFileSync(schemaFile, "utf8"), schemaOf("report"));
  });
});
