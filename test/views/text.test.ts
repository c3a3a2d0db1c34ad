import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Report } from "../../src/report/report.ts";
import type { Effect } from "../../src/rules/words.ts";
import { renderMarkdown } from "../../src/views/markdown.ts";
import { renderText } from "../../src/views/text.ts";
import { columns } from "../../src/views/width.ts";
import { cause, pool, report } from "./build-report.ts";
import { matchesGolden } from "./golden.ts";
import { everyKind, fanOut, refusedRollout, small } from "./reports.ts";

const at = (width: number) => ({ color: false, width });

describe("text view", () => {
  it("shows a day's change", () => matchesGolden("small.txt", renderText(small(), at(100))));
  it("shows every effect, a refusal and an incomplete answer", () =>
    matchesGolden("every-kind.txt", renderText(everyKind(), at(100))));

  it("says an equal remark of many places once", () => {
    const remark = { severity: "notice", code: "gardener/trap", message: "Mind the step.", file: "a.yaml" } as const;
    const remarks = (count: number) => [
      ...Array.from({ length: count }, (_, index) => ({ ...remark, line: index + 1 })),
      { ...remark, severity: "warning" as const, line: null },
      { ...remark, message: "Mind the gap.", file: null, line: null },
    ];
    const said = report([], { diagnostics: remarks(12) });
    const places = Array.from({ length: 10 }, (_, index) => `a.yaml:${index + 1}`).join(", ");
    const text = renderText(said, at(300)).split("\n");
    assert.deepEqual(
      text.filter((line) => /Mind/.test(line)),
      [
        `notice: ${places} and 2 more places: Mind the step.`,
        "warning: a.yaml: Mind the step.",
        "notice: Mind the gap.",
      ],
    );
    const markdown = renderMarkdown(said).split("\n");
    assert.deepEqual(
      markdown.filter((line) => /Mind/.test(line)),
      [
        "- ℹ️ `a.yaml:1`, `a.yaml:2`, `a.yaml:3`, `a.yaml:4`, `a.yaml:5` and 7 more places: Mind the step.",
        "- ⚠️ `a.yaml`: Mind the step.",
        "- ℹ️ Mind the gap.",
      ],
    );
    const few = report([], { diagnostics: remarks(6) });
    assert.match(renderMarkdown(few), /`a\.yaml:5` and 1 more place: Mind the step/);
  });

  it("says how many nodes are concerned where nodes stop serving", () => {
    const first = (effect: Effect, ...counts: readonly (readonly [number | null, number | null])[]): string =>
      renderText(
        report(
          counts.map(([minimum, maximum], at) => {
            const nodes = { minimum, maximum, surge: null, unavailable: null, strategy: null };
            return pool(`p${at}`, { effect, effects: [effect], nodes });
          }),
        ),
        at(200),
      ).split("\n")[0] ?? "";
    assert.equal(
      first("replace", [6, 12], [1000, 1200]),
      "Both pools in 1 cluster will have their nodes replaced: 1,006 to 1,212 nodes.",
    );
    assert.equal(first("replace", [3, 3]), "1 pool will have its nodes replaced: 3 nodes.");
    assert.equal(first("delete", [0, 1]), "1 pool will be deleted: up to 1 node.");
    assert.equal(first("replace", [0, 0]), "1 pool will have its nodes replaced: 0 nodes.");
    assert.equal(
      first("inplace-drain", [6, 12], [2, null]),
      "Both pools in 1 cluster will have their nodes drained and updated in place: at least 8 nodes.",
    );
    assert.equal(first("replace", [null, null]), "1 pool will have its nodes replaced.");
    assert.equal(first("inplace", [3, 3]), "1 pool will be changed in place, without a drain.");
  });

  it("tells apart what happens now and what waits", () => {
    const pending = { effect: "inplace-drain", until: "fixed", reason: "the daemon refuses it" } as const;
    const lines = (effect: "scale" | "inplace-drain") =>
      renderText(report([{ ...pool("a"), effect, effects: [effect], pending }]), at(200));
    assert.match(lines("scale"), / scale; inplace-drain once what blocks it is fixed and not undone /);
    assert.match(lines("inplace-drain"), / {2}inplace-drain once what blocks it is fixed and not undone /);
  });

  it("says why pools are scaled where all have one reason, because their nodes may all go", () => {
    const scaled = (name: string, because: string) => pool(name, { causes: [cause({ effect: "scale", because })] });
    const second = (...pools: readonly ReturnType<typeof pool>[]) => renderText(report(pools), at(200)).split("\n")[1];
    const asleep = "The cluster goes to sleep";
    assert.equal(second(scaled("a", asleep), scaled("b", asleep)), `${asleep}.`);
    assert.equal(second(scaled("a", asleep), scaled("b", "The maximum goes from 1 to 2")), "");
    assert.equal(second(scaled("a", "x".repeat(201))), "");
    assert.equal(second(pool("a", { causes: [cause({ effect: "create", because: asleep })] })), "");
  });

  it("names the pools that a change leaves alone where it does something to others", () => {
    const checked = (path: string) => [cause({ effect: "none", path, because: "the pool has its own" })];
    const text = (path: string): string =>
      renderText(
        report([pool("a", { causes: [cause({ path: "/x" })] }), pool("b", { checked: checked(path) })]),
        at(200),
      );
    assert.match(text("/x"), /\/x: the pool has its own \(garden-prod\/payments: b\)$/m);
    assert.match(text("/y"), /\/y: the pool has its own$/m);
  });

  it("says of pools that sleep that there is nothing to drain", () => {
    const asleep = (until: "wake-up" | "unpaused") =>
      pool("a", {
        effect: "none",
        effects: [],
        pending: { effect: "replace", until, reason: "it waits" },
        causes: [cause()],
      });
    const heading = (of: Report, render: (of: Report) => string) => /^(?:#### )?(Waiting: .*)$/m.exec(render(of))?.[1];
    for (const render of [(of: Report) => renderText(of, at(200)), (of: Report) => renderMarkdown(of)]) {
      assert.equal(
        heading(report([asleep("wake-up")]), render),
        "Waiting: what happens once the wait ends; a hibernated pool has no nodes to drain",
      );
      assert.equal(
        heading(report([asleep("wake-up"), asleep("unpaused")]), render),
        "Waiting: what happens once the wait ends",
      );
    }
  });

  it("says a cluster-wide reason once and names each of 500 pools", () => {
    const text = renderText(fanOut(500), at(120));
    assert.equal(text.split("The proxy is part of").length, 2);
    for (let index = 1; index <= 500; index += 1) {
      assert.match(text, new RegExp(`workers-${String(index).padStart(3, "0")}\\b`));
    }
    assert.ok(text.split("\n").length < 100, "the table folds alike pools");
  });

  it("says a reason that stands in many places once for each object, and names each pool", () => {
    const clusters = Array.from({ length: 20 }, (_, index) => `cluster-${index}`);
    const pools = clusters.flatMap((cluster, index) =>
      ["a", "b"].map((name, at) => {
        const place = { object: `Shoot garden-prod/${cluster}`, file: "shoots.yaml", line: 100 * index + at };
        return pool(name, { cluster, causes: [cause({ ...place, path: `/spec/provider/workers/${name}/minimum` })] });
      }),
    );
    const text = renderText(report(pools), at(Infinity));
    assert.match(text, /\n {6}shoots\.yaml:1900, 1901\n {8}→ garden-prod\/cluster-19: a, b\n/);
    assert.match(text, /\n {6}\/spec\/provider\/workers\/\*\/minimum: 1\.33\.4 -> 1\.34\.1\n/);
    assert.equal(text.match(/→ garden-prod/g)?.length, clusters.length);
    const unlike = pools.map((one, index) => {
      const path = index % 3 === 0 ? "/metadata/labels/a" : `/spec/x${index}`;
      return { ...one, causes: one.causes.map((each) => ({ ...each, path })) };
    });
    assert.match(renderText(report(unlike), at(Infinity)), /shoots\.yaml:1901 \/metadata\/labels\/a\n/);
    assert.match(
      renderText(report(pools.slice(0, 2)), at(Infinity)),
      /shoots\.yaml:1 \/spec\/provider\/workers\/b\/minimum/,
    );
  });

  it("names some of very many refusals of one object, and counts the rest", () => {
    const refusals = Array.from({ length: 20 }, (_, index) =>
      cause({ effect: "rejected", because: `refusal ${index} of the API server`, rule: `gardener/r${index}` }),
    );
    const text = renderText(report([pool("a", { causes: refusals })]), at(100));
    assert.equal(text.match(/refusal \d+ of the API server/g)?.length, 6);
    assert.match(text, /\n {2}● and 14 more refusals; --format json has all\n/);
    assert.doesNotMatch(renderText(report([pool("a", { causes: refusals.slice(0, 6) })]), at(100)), /more refusal/);
  });

  it("names the versions of those systems alone whose pools it judged", () => {
    assert.match(renderText(report([pool("a")]), at(Infinity)), /; judged by gardener 1\.149\n$/);
    assert.doesNotMatch(renderText(report([pool("a", { system: "other" })]), at(Infinity)), /judged by/);
  });

  it("puts the verdict first, and over it only that the answer is incomplete", () => {
    assert.match(
      renderText(small(), at(100)),
      /^2 of 5 pools in 1 cluster will have their nodes replaced: 2 to 12 nodes, up to 3 at a time\.\n/,
    );
    assert.match(renderText(everyKind(), at(100)), /^ INCOMPLETE: .*\nerror: shoots\/broken\.yaml:12: /);
  });

  it("says beside the word why an answer is incomplete, in errors or else in warnings", () => {
    const remark = (severity: "error" | "warning" | "notice", message: string) => ({
      severity,
      code: "c",
      message,
      file: null,
      line: null,
    });
    const two = [remark("warning", "a submodule changed"), remark("notice", "by the way")];
    const why = (complete: boolean, ...diagnostics: ReturnType<typeof remark>[]): string[] => {
      const made = report([pool("a", { causes: [cause()] })], { complete, diagnostics });
      const place = (text: string, words: string): string => {
        const at = text.indexOf(words);
        return at < 0 ? "never" : at < text.indexOf("garden-prod") ? "first" : "last";
      };
      return [renderText(made, at(Infinity)), renderMarkdown(made)].map((text) =>
        ["a.yaml is broken", "a submodule changed", "by the way"].map((words) => place(text, words)).join(" "),
      );
    };
    const same = (words: string): string[] => [words, words];
    assert.deepEqual(why(false, ...two), same("never first last"));
    assert.deepEqual(why(false, remark("error", "a.yaml is broken"), ...two), same("first last last"));
    assert.deepEqual(why(true, ...two), same("never last last"));
  });

  it("never calls an incomplete answer without findings safe", () => {
    const text = renderText(report([], { complete: false }), at(100));
    assert.match(text, /INCOMPLETE/);
    assert.match(text, /not everything could be read/);
    assert.doesNotMatch(text, /No worker pool is touched/);
  });

  it("says that nothing is touched in one line", () => {
    assert.match(renderText(report([]), at(100)), /^No worker pool is touched\.\n/);
    assert.match(
      renderText(report([pool("a"), pool("b")]), at(100)),
      /^No node is touched: 2 pools in 1 cluster stay as they are\.\n/,
    );
  });

  it("says what a refused change would do beside apart from what happens", () => {
    const text = renderText(refusedRollout, at(100));
    const [happens = "", prevented = ""] = text.split("Refused with it: what else the change would do");
    assert.match(happens, /^1 pool cannot be changed like this/);
    assert.match(happens, /REJECTED/);
    assert.doesNotMatch(happens, /REPLACE/);
    assert.match(prevented, /REPLACE/);
  });

  it("adds up how many nodes of several pools are on the move together", () => {
    const first = (effect: Effect, ...surges: readonly (readonly [surge: string | null, maximum: number])[]): string =>
      renderText(
        report(
          surges.map(([surge, maximum], at) => {
            const nodes = { minimum: 0, maximum, surge, unavailable: surge === null ? null : "0", strategy: null };
            return pool(`p${at}`, { effect, effects: [effect], nodes });
          }),
        ),
        at(200),
      ).split(": ")[1] ?? "";
    assert.match(first("replace", ["2", 20], ["50%", 10]), /^up to 30 nodes, up to 7 at a time\.\n/);
    // A surge of five replaces no more than the one node that is there.
    assert.match(first("replace", ["2", 20], ["5", 1]), /^up to 21 nodes, up to 3 at a time\.\n/);
    assert.match(first("replace", ["3", 3], ["1", 1]), /^up to 4 nodes, all at once\.\n/);
    assert.match(first("replace", ["2", 20]), /^up to 20 nodes\.\n/);
    assert.match(first("replace", ["2", 20], [null, 3]), /^up to 23 nodes\.\n/);
    assert.match(first("on-delete", ["2", 20], ["2", 3]), /^up to 23 nodes\.\n/);
    assert.match(first("delete", ["2", 20], ["2", 3]), /^up to 23 nodes\.\n/);
  });

  it("writes large numbers alike", () => {
    const many = Array.from({ length: 1200 }, (_, index) => pool(`p${index}`, { causes: [cause()] }));
    const scaled = Array.from({ length: 1100 }, (_, index) =>
      pool(`s${index}`, { causes: [cause({ effect: "scale", before: "1" })] }),
    );
    const [first, second] = renderText(report([...many, ...scaled]), at(200)).split("\n");
    assert.match(first ?? "", /^1,200 of 2,300 pools in 1 cluster will /);
    assert.equal(second, "Also: 1,100 scale.");
  });

  it("says the strongest reasons first, and of equal ones that of most pools", () => {
    const [few, most] = [cause({ because: "few" }), cause({ because: "most" })];
    const weak = cause({ effect: "scale", because: "weak" });
    const text = renderText(
      report([
        pool("a", { causes: [weak, few] }),
        pool("b", { causes: [weak, most] }),
        pool("c", { causes: [weak, most] }),
      ]),
      at(100),
    );
    assert.deepEqual(
      Array.from(text.matchAll(/● (\w+)/g), ([, word]) => word),
      ["most", "few", "weak"],
    );
  });

  it("says the worst of what waits first, and marks it as waiting", () => {
    const waiting = (name: string, effect: Effect) =>
      pool(name, { effect: "none", effects: [], pending: { effect, until: "wake-up", reason: "" } });
    const found = report([waiting("a", "inplace"), waiting("b", "inplace"), waiting("c", "replace")]);
    const text = renderText(found, at(100));
    assert.match(text, /\n1 pool waits: replace after the next wake-up\. 2 pools wait: inplace after/);
    assert.deepEqual(
      Array.from(text.matchAll(/^garden-prod\/payments +(\w) /gm), ([, name]) => name),
      ["c", "a", "b"],
    );
    assert.match(renderMarkdown(found), /^### ⏸️ No node is touched yet\./);
    assert.match(renderMarkdown({ ...found, complete: false }), /^### ⚠️ No node is touched yet\./);
    assert.match(
      renderMarkdown(report([pool("a")])),
      /^### ✅ No node is touched: 1 pool in 1 cluster stays as it is\./,
    );
  });

  it("says a change of two pools apart where they go to other values", () => {
    const found = report(["1", "2"].map((after) => pool(after, { causes: [cause({ because: "same", after })] })));
    for (const text of [renderText(found, at(100)), renderMarkdown(found)])
      assert.equal(text.match(/1\.33\.4`? (?:->|→) `?[12]\b/g)?.length, 2, text);
  });

  it("ends in dots where it does not name all that is untouched", () => {
    const some = (count: number): string =>
      renderText(
        report([
          pool("a", { causes: [cause()] }),
          ...Array.from({ length: count }, (_, index) => pool(`pool-${index}`)),
        ]),
        at(60),
      );
    assert.match(some(2), /^Untouched \(2\): .* pool-0, pool-1$/m);
    assert.match(some(9), /^Untouched \(9\): .* …$/m);
  });

  it("keeps what it says of single pools within the terminal", () => {
    const reason = "it is paused ".repeat(20);
    const waiting = pool("a", {
      effect: "none",
      effects: [],
      pending: { effect: "replace", until: "unpaused", reason },
    });
    const lines = renderText(report([waiting]), at(60))
      .split("\n")
      .filter((line) => line.includes("is paused"));
    assert.match(lines[0] ?? "", /^· a: it is paused/);
    for (const line of lines) assert.ok(columns(line) <= 60, line);
  });

  it("counts the changes that it has looked at and does not name", () => {
    const looked = (count: number): string => {
      const checked = Array.from({ length: count }, (_, index) =>
        cause({ effect: "none", because: `reason ${index}` }),
      );
      return renderText(report([pool("a", { checked })]), at(100));
    };
    assert.doesNotMatch(looked(8), /more change/);
    assert.match(looked(9), /reason 7\n {2}· and 1 more change; --format json has all\n/);
  });

  it("counts two as both, and says once what all wait for", () => {
    const both = [pool("a", { causes: [cause()] }), pool("b", { causes: [cause()] })];
    assert.match(
      renderText(report(both), at(100)),
      /^Both pools in 1 cluster will have their nodes replaced: 4 to 8 nodes, up to 2 at a time\.\n/,
    );
    const pending = { effect: "replace", until: "unpaused", reason: "it is paused" } as const;
    const waiting = both.map((one) => ({ ...one, effect: "none" as const, pending }));
    assert.match(
      renderText(report(waiting), at(100)),
      /^No node is touched yet\.\n2 pools wait: replace once unpaused\.\n/,
    );
  });

  it("says that several reasons roll a pool once", () => {
    assert.match(renderText(small(), at(100)), /rolled once for all of them/);
    assert.doesNotMatch(renderText(report([pool("a", { causes: [cause()] })]), at(100)), /rolled once/);
  });

  it("keeps the table within the terminal, wide characters included", () => {
    const wide = pool("节点池-データベース-데이터", { cluster: "クラスター-".repeat(12), causes: [cause()] });
    const text = renderText(report([wide, pool("🚀".repeat(30), { causes: [cause()] })]), at(80));
    for (const line of text.split("\n").slice(2, 5)) assert.ok(columns(line) <= 80, line);
  });

  it("colours only when asked", () => {
    assert.ok(!renderText(everyKind(), at(100)).includes("\u001b"));
    const colored = renderText(everyKind(), { color: true, width: 100 });
    const sequence = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g");
    assert.equal(colored.replaceAll(sequence, ""), renderText(everyKind(), at(100)));
  });

  it("writes out what a manifest could hide or send to a terminal", () => {
    const hostile = "a\u001b[2Jb\u202Ec\u0007\r\n\u200Bd\u{E0041}";
    const text = renderText(
      report(
        [
          pool(hostile, {
            cluster: hostile,
            causes: [cause({ because: hostile, before: hostile, after: "x", path: hostile, file: hostile })],
          }),
        ],
        {
          diagnostics: [{ severity: "warning", code: "c", message: hostile, file: hostile, line: 1 }],
          head: { label: hostile, revision: null },
        },
      ),
      at(200),
    );
    assert.match(text, /^[\x20-\x7E\n●→·…]*$/);
    assert.ok(text.includes("a\\x1b[2Jb\\u202ec\\x07\\r\\n\\u200bd\\u{e0041}"));
  });

  it("shortens long values around what differs", () => {
    const long = "x".repeat(100_000);
    const text = renderText(
      report([pool("a", { causes: [cause({ before: `${long}1`, after: `${long}2` })] })]),
      at(100),
    );
    assert.ok(text.length < 2000);
    assert.match(text, /…x{16}1 -> …x{16}2\n/);
  });

  it("says what to do instead of a refused change", () => {
    assert.match(renderText(everyKind(), at(100)), /Instead: create a new Shoot in eu-central-1/);
  });
});
