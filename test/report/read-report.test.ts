import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { deepestReport, readReport } from "../../src/report/read-report.ts";
import { renderJson } from "../../src/views/json.ts";
import { report } from "../views/build-report.ts";
import { filledWith, hostileTexts } from "../views/hostile.ts";
import { everyKind, fanOut, small } from "../views/reports.ts";

const patched = (value: unknown) =>
  report([], {
    objects: [{ object: "Shoot a/b", change: "modified", file: null, patch: [{ op: "add", path: "/x", value }] }],
  });

describe("reading a report", () => {
  it("gives what was written, in its order", () => {
    const values = [
      9007199254740993n,
      -12345678901234567890n,
      0.1,
      1 / 3,
      0.1 + 0.2,
      1e300,
      -0,
      "integer 9007199254740993",
      "\\",
      '"1"',
    ];
    for (const one of [small(), everyKind(), fanOut(3), patched(values), ...hostileTexts.map(filledWith)])
      assert.equal(renderJson(readReport(renderJson(one))), renderJson(one));
  });

  it("keeps members that JavaScript has names for", () => {
    const text = renderJson(patched("x")).replace('"value": "x"', '"value": {"__proto__": {"a": 1}, "constructor": 2}');
    assert.match(renderJson(readReport(text)), /"__proto__": \{\s+"a": 1\s+\},\s+"constructor": 2/);
  });

  it("refuses what is no report, and nesting that would overflow the stack", () => {
    assert.throws(
      () => readReport(renderJson(small()).replace('"1.0"', '"9.0"')),
      /its format is "9\.0", and this program reads 1\.0: use one release for both/,
    );
    assert.throws(() => readReport("{}"), /not a report of this program: .* at formatVersion/);
    assert.throws(() => readReport("{"), SyntaxError);
    assert.throws(() => readReport('"half'), SyntaxError);
    assert.throws(() => readReport(renderJson(small()).replace("{", '{"more": 1,')), /not a report of this program/);
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    const text = renderJson(patched("deep")).replace('"deep"', deep);
    assert.throws(() => readReport(text), new RegExp(`more than ${deepestReport} levels`));
  });
});
