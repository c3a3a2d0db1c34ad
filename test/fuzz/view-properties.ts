import assert from "node:assert/strict";
import { constantFrom, property } from "fast-check";
import { readReport } from "../../src/report/read-report.ts";
import { annotations } from "../../src/views/annotations.ts";
import { commentBudget, renderComment } from "../../src/views/comment.ts";
import { renderJson } from "../../src/views/json.ts";
import { renderMarkdown } from "../../src/views/markdown.ts";
import { renderText } from "../../src/views/text.ts";
import { assertContained } from "../views/contained.ts";
import { judge } from "./engine-properties.ts";
import { type Run, runs } from "./run-property.ts";
import { change } from "./texts.ts";

const controls = new RegExp(String.raw`[\x00-\x08\x0B-\x1F\x7F-\x9F\u202A-\u202E\u2066-\u2069]`);

export const viewProperties: Readonly<Record<string, Run>> = {
  "views: every report is valid, and read as it was written": runs(
    property(change, ({ base, head }) => {
      const text = renderJson(judge(base, head));
      assert.equal(renderJson(readReport(text)), text);
    }),
  ),
  "views: nothing of a stranger's reaches a terminal or a log as it is": runs(
    property(change, ({ base, head }) => {
      const report = judge(base, head);
      assert.doesNotMatch(renderText(report, { color: false, width: 100 }), controls);
      for (const { title, message } of annotations(report)) assert.doesNotMatch(title + message, controls);
    }),
  ),
  "views: Markdown is whole at every length, and escaped": runs(
    property(change, constantFrom(3000, 10_000, commentBudget), ({ base, head }, budget) => {
      const report = judge(base, head);
      const comment = renderComment(report, { key: "fuzz", budget });
      assert.ok(comment.length <= budget);
      assertContained(comment);
      assertContained(renderMarkdown(report));
    }),
  ),
};
