import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { annotations, mostPerLevel } from "../../src/views/annotations.ts";
import { cause, pool, report } from "./build-report.ts";
import { filledWith, hostileTexts } from "./hostile.ts";
import { everyKind, fanOut, refusedRollout, small } from "./reports.ts";

describe("annotations", () => {
  it("stand on the changed line, the worst first", () => {
    const [first] = annotations(small());
    assert.deepEqual(first, {
      level: "warning",
      file: "shoots/payments.yaml",
      line: 17,
      title: "replace: 2 pools",
      message:
        "Kubernetes minor version 1.33 -> 1.34.\n/spec/kubernetes/version: 1.33.4 -> 1.34.1\ngarden-prod/payments: cpu, gpu",
    });
    const levels = annotations(everyKind()).map(({ level }) => level);
    assert.deepEqual([...new Set(levels)], ["error", "warning", "notice"]);
    assert.match(
      annotations(everyKind()).find(({ title }) => title.startsWith("rejected"))?.message ?? "",
      /Instead: create a new Shoot/,
    );
  });

  it("begin with what could not be read, and end with other remarks", () => {
    const remark = (severity: "error" | "warning") => ({ severity, code: severity, message: "m", file: null, line: 1 });
    const found = annotations(
      report([pool("cpu", { causes: [cause({ effect: "rejected" })] }), pool("gpu", { causes: [cause()] })], {
        diagnostics: [remark("warning"), remark("error")],
      }),
    );
    assert.deepEqual(
      found.map(({ level, title }) => `${level} ${title}`),
      ["error error", "error rejected: cpu", "warning replace: gpu", "warning warning"],
    );
  });

  it("say what fans out once", () => assert.equal(annotations(fanOut(500)).length, 1));

  it("say nothing of values where a reason has none", () => {
    const nowhere = cause({ because: "a.yaml could not be read", path: "", before: null, after: null });
    const [found] = annotations(report([pool("cpu", { causes: [nowhere] })]));
    assert.equal(found?.message, "a.yaml could not be read.\ngarden-prod/payments: cpu");
  });

  it("leave out what a refused change would do beside", () => {
    assert.deepEqual(
      annotations(refusedRollout).map(({ title }) => title),
      ["rejected: cpu"],
    );
  });

  it("say that something waits", () => {
    assert.ok(annotations(small()).some(({ title }) => title === "replace, not yet: batch"));
    const paused = { effect: "replace", until: "unpaused", reason: "it is paused" } as const;
    const waiting = pool("b", { causes: [cause()], effect: "none", effects: [], pending: paused });
    assert.deepEqual(
      annotations(report([pool("a", { causes: [cause()] }), waiting])).map(({ title }) => title),
      ["replace: 2 pools"],
      "not of a place from which other pools roll at once",
    );
  });

  it("keep to GitHub's ten a level, the last one counting the rest", () => {
    const many = report(
      Array.from({ length: 25 }, (_, index) =>
        pool(`p${index}`, { causes: [cause({ line: index + 1, because: `reason ${index}` })] }),
      ),
    );
    const found = annotations(many);
    assert.equal(found.length, mostPerLevel);
    assert.equal(found.at(-1)?.title, "16 more");
  });

  it("hold no characters that a reader does not see, and stay short", () => {
    for (const text of [...hostileTexts, "x\u001b".repeat(500_000)]) {
      for (const { title, message } of annotations(filledWith(text))) {
        assert.match(title + message.replaceAll("\n", ""), /^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}]*$/u);
        assert.ok(message.length < 4096 && title.length < 1000);
      }
    }
  });
});
