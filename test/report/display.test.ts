import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Json } from "../../src/manifests/manifest.ts";
import { displayPair, longestValue } from "../../src/report/display.ts";
import { hidden } from "../../src/report/hidden.ts";
import { renderMarkdown } from "../../src/views/markdown.ts";
import { renderText } from "../../src/views/text.ts";
import { judge, orchard, orchardOf, poolOf, tableOf } from "../analysis/trial-table.ts";

const report = (before: Json, after: Json) => {
  const [base, head] = [before, after].map((tree) => orchardOf({ beds: [{ name: "a", tree }] }));
  return judge(tableOf(orchard), [base!], [head!]);
};
const cause = (before: Json, after: Json) => poolOf(report(before, after), "a").causes[0]!;

describe("the two values of a cause", () => {
  const start = "a line of a file\n".repeat(1000);

  it("show what differs, however far it is from their start", () => {
    const [before, after] = displayPair(`${start}old\n${start}`, `${start}new\n${start}`);
    assert.match(before ?? "", /^\(\d+ characters before\) ….*a line of a file\nold\n.*… \(\d+ more characters\)$/s);
    assert.match(after ?? "", /a line of a file\nnew\n/);
    for (const text of [before, after]) assert.ok((text ?? "").length < longestValue + 100);
  });

  it("show it in every view, where a large text was shown as equal to itself", () => {
    const changed = report(`${start}old`, `${start}new`);
    assert.match(renderText(changed, { color: false, width: 100 }), /tree: ….*file\\nold -> ….*file\\nnew$/m);
    assert.match(renderMarkdown(changed), /^-old$\n^\+new$/m);
  });

  it("keep the start where the difference is near it, and characters whole", () => {
    assert.deepEqual(displayPair("a", `b${"😀".repeat(longestValue)}`), [
      "a",
      `b${"😀".repeat(longestValue - 1)}… (${2 * longestValue + 1 - longestValue} more characters)`,
    ]);
    const far = "😀".repeat(longestValue);
    for (const odd of ["", "x"]) {
      const [before] = displayPair(`${odd}${far}a`, `${odd}${far}b`);
      assert.match(before ?? "", /^\(\d+ characters before\) …x?(?:😀)+a$/u);
    }
  });

  it("are told apart where they read alike: an API server takes a number for another thing than its digits", () => {
    assert.deepEqual(displayPair(6, "6"), ["6", '"6"']);
    assert.deepEqual(displayPair("true", true), ['"true"', "true"]);
    assert.deepEqual(displayPair("6", "7"), ["6", "7"]);
    assert.equal(cause(6, "6").because, 'tree 6 -> "6"');
  });

  it("are told apart in a sentence that has no room for both", () => {
    const path = `/subscriptions/${"0".repeat(80)}/images/`;
    assert.match(cause(`${path}jammy`, `${path}noble`).because, /^tree ….*images\/jammy -> ….*images\/noble$/);
    assert.match(cause(`x${path}`, `y${path}`).because, /^tree x\/sub.*… -> y\/sub.*…$/);
    assert.match(cause(path, `${path}noble`).because, /^tree ….*images\/ -> ….*images\/noble$/);
  });

  it("do not repeat a text of which a secret alone differs", () => {
    const text = `a long line that says nothing at all and that goes on for more than a hundred characters, ${"x".repeat(40)}\n`;
    const [before, after] = ["hunter2", "hunter3"].map((word) => `${text}password=${word}\n${text}`);
    const found = cause(before!, after!);
    assert.equal(found.before, `${text}password=${hidden}\n${text}`);
    assert.match(renderText(report(before!, after!), { color: false, width: 100 }), /tree: changed \(value hidden\)/);
  });
});
