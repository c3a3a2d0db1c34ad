import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { array, assert as check, constantFrom, oneof, property, string } from "fast-check";
import "../steady-seed.ts";
import type { Report } from "../../src/report/report.ts";
import { commentBudget, mostTexts, renderComment, renderFailure } from "../../src/views/comment.ts";
import { renderMarkdown } from "../../src/views/markdown.ts";
import { decodeMarker, encodeMarker, isNewer, markerStart } from "../../src/views/marker.ts";
import { renderText } from "../../src/views/text.ts";
import { cause, pool, report } from "./build-report.ts";
import { assertContained } from "./contained.ts";
import { matchesGolden } from "./golden.ts";
import { filledWith, hostileTexts } from "./hostile.ts";
import { everyKind, fanOut, refusedRollout, small } from "./reports.ts";

const commits = { head: "9b7d1c2ef00d4a3b8c1d2e3f4a5b6c7d8e9f0a12", repository: "https://github.com/acme/fleet" };
const key = "default";

describe("markdown view", () => {
  it("shows a day's change", () => matchesGolden("small.md", renderMarkdown(small(), { commits })));
  it("shows every effect", () => matchesGolden("every-kind.md", renderMarkdown(everyKind(), { commits })));
  it("says what a refused change would do beside apart from what happens", () => {
    const text = renderMarkdown(refusedRollout, { commits });
    assert.match(text, /\| Region is immutable \|$/m);
    assert.match(
      text,
      /#### Why\n\n- ⛔ .*\n(?: {2}- .*\n)*\n#### Refused with it: what else the change would do\n\n- 🔴 /,
    );
  });
  it("draws what reaches many pools, and names them all once", () =>
    matchesGolden("fan-out.md", renderMarkdown(fanOut(60))));
  it("is no longer than its limit, whatever stands in it", () => {
    for (const limit of [2000, 5000, 20_000]) assert.ok(renderMarkdown(fanOut(2000), { limit }).length <= limit);
  });
});

describe("comment", () => {
  it("begins with its marker and one sentence", () => {
    const [first = "", second] = renderComment(small(), { key, commits }).split("\n");
    assert.equal(decodeMarker(first)?.head, commits.head);
    assert.equal(
      second,
      "### 🔴 2 of 5 pools in 1 cluster will have their nodes replaced: 2 to 12 nodes, up to 3 at a time.",
    );
  });

  it("explains the effects in its table that no box explains, and no others", () => {
    const waiting = { effect: "replace", until: "unpaused", reason: "it is paused" } as const;
    const text = (...pools: Parameters<typeof report>[0]): string => renderComment(report(pools), { key });
    const drained = pool("a", { effect: "inplace-drain", effects: ["inplace-drain"] });
    assert.match(text(pool("b"), drained), /^\*\*inplace-drain\*\*: nodes stay, but each is drained, .*rebooted$/m);
    assert.doesNotMatch(text(pool("b"), drained), /^\*\*(?:replace|scale)/m);
    assert.match(text(pool("c", { effect: "none", effects: [], pending: waiting })), /^\*\*replace\*\*: every node/m);
    assert.doesNotMatch(text(pool("d", { effect: "scale", effects: ["scale"] })), /^\*\*/m);
  });

  it("keeps to its budget; rows that do not fit are counted, and the strongest reasons stay", () => {
    const many = report(
      Array.from({ length: 3000 }, (_, index) =>
        pool(`pool-${index}`, {
          cluster: `cluster-${index}`,
          causes: [cause({ because: `reason ${index} ${"x".repeat(200)}`, file: `${index}.yaml` })],
        }),
      ),
    );
    const text = renderComment(many, { key });
    assert.ok(text.length <= commentBudget);
    const rows = text.split("\n").filter((line) => line.startsWith("| `garden-prod/cluster-")).length;
    assert.ok(rows > 100);
    assert.ok(text.includes(`${(3000 - rows).toLocaleString("en")} pools not shown: see the job summary.`));
    assert.deepEqual(text.match(/<summary>.*<\/summary>/g), [`<summary>Table of ${rows} of 3,000 pools</summary>`]);
    assert.match(text, /\n> \*\*replace\*\*: .*\n.* and 2,995 more pools\n/);
    assert.match(text, /\n#### Why\n\n- 🔴 \*\*reason 0 [^]*\n- and 2,995 more reasons\n/);
    assertContained(text);
  });

  it("names some of very many places, and closes a long table so that the reasons are found", () => {
    const many = report(
      Array.from({ length: 90 }, (_, index) =>
        pool(`pool-${index}`, {
          cluster: `cluster-${index}`,
          causes: [cause({ object: `Shoot garden-prod/cluster-${index}`, file: `${index}.yaml` })],
        }),
      ),
    );
    const text = renderComment(many, { key, elsewhere: "see the job summary" });
    assert.match(text, /<summary>Table of 90 pools<\/summary>\n\n\| Cluster/);
    assert.match(text, /- and 85 more places\n/);
    assert.match(text, /\nShortened: see the job summary\.\n/);
    assert.doesNotMatch(renderMarkdown(many), /more places|Shortened/);
    assert.doesNotMatch(renderComment(small(), { key }), /Table of|Shortened/);
  });

  it("closes a picture beside a long table, and else shows it", () => {
    const fleet = (clusters: number): Report =>
      report(
        Array.from({ length: clusters }, (_, index) =>
          ["a", "b", "c"].map((name) =>
            pool(name, {
              cluster: `cluster-${index}`,
              causes: [cause({ object: `Shoot garden-prod/cluster-${index}`, file: `${index}.yaml` })],
            }),
          ),
        ).flat(),
      );
    const closed = "<details>\n<summary>Which change reaches which pools</summary>\n\n```mermaid\n";
    assert.ok(renderMarkdown(fleet(40)).includes(closed));
    assert.match(renderMarkdown(fleet(2)), /\n\n```mermaid\n/);
    assert.ok(!renderMarkdown(fleet(2)).includes(closed));
    const ofObject = { effect: "create", path: "", before: null, after: null } as const;
    const created = report(["a", "b", "c"].map((name) => pool(name, { causes: [cause(ofObject)] })));
    assert.doesNotMatch(renderMarkdown(created), /mermaid/, "a new cluster has its pools");
    for (const [clusters, rest] of [
      [4, "```"],
      [5, "and 1 more change that reaches several pools."],
      [6, "and 2 more changes that reach several pools."],
    ] as const) {
      const after = /```mermaid\n[^`]*```(?:\n\n(and .*))?/.exec(renderMarkdown(fleet(clusters)));
      assert.equal(after?.[1] ?? "```", rest);
      assert.doesNotMatch(after?.[0] ?? "", /more pool/);
    }
  });

  it("breaks the long name of a cluster behind its namespace, and shows a path without values by itself", () => {
    const namespace = "ocm-arohcpprod-2mfqsq5bt0bqqs5vp1k6ju4q4dj0";
    const bare = cause({ path: "/spec/release/image", before: null, after: null });
    const text = renderMarkdown(report([pool("np", { namespace, cluster: "e2e-cluster-7f9x2", causes: [bare] })]));
    assert.ok(text.includes(`\n| \`${namespace}/\`<br>\`e2e-cluster-7f9x2\` | \`np\` |`), text);
    assert.match(text, /<br>`\/spec\/release\/image`\n/);
  });

  it("draws pools into one row only when the same leads to the same", () => {
    const fleet = Array.from({ length: 60 }, (_, index) =>
      pool(`pool-${index}`, { causes: [cause({ because: index % 2 === 0 ? "even" : "odd" })] }),
    );
    const rows = renderMarkdown(report(fleet)).match(/^\| `garden-prod.*$/gm) ?? [];
    assert.deepEqual(
      rows.map((row) => /(\d+ pools).*\| (\w+) \|$/.exec(row)?.slice(1)),
      [
        ["30 pools", "even"],
        ["30 pools", "odd"],
      ],
    );
  });

  it("shows no field diffs where nothing can be shown of them", () => {
    const unseen = cause({ path: "", before: null, after: null });
    assert.doesNotMatch(renderMarkdown(report([pool("a", { causes: [unseen] })])), /Changed fields/);
  });

  it("shows of a changed field what is written there, and not what a rule computes from it", () => {
    const path = "/spec/configuration/proxy/noProxy";
    const [computed, written] = [
      cause({ path, before: ".svc,a", after: ".svc,a,b", rule: "computed" }),
      cause({ path, before: "a", after: "a,b" }),
    ];
    const objects = [
      {
        object: computed.object,
        change: "modified" as const,
        file: "a.yaml",
        patch: [{ op: "replace" as const, path, value: "a,b" }],
      },
    ];
    const text = renderMarkdown(
      report([pool("a", { causes: [computed] }), pool("b", { causes: [written] })], { objects }),
    );
    assert.match(text, /```diff\n- \/spec\/configuration\/proxy\/noProxy: a\n\+ \S+: a,b\n```/);
  });

  it("calls a side that has only the id of a commit by its short link", () => {
    const id = "9b7d1c2ef00d4a3b8c1d2e3f4a5b6c7d8e9f0a12";
    const text = renderMarkdown(
      report([pool("a")], {
        base: { label: `${id}^1`, revision: id.replace("9", "1") },
        head: { label: id, revision: id },
      }),
    );
    assert.match(text, / · `1b7d1c2ef0` → `9b7d1c2ef0` · /);
  });

  it("says what the gate and an acceptance mean", () => {
    const gate = { hit: true, reasons: ["2 pools are replaced, none allowed."] };
    const lapsed = renderComment(small(), { key, gate, acceptance: { label: "roll-ok", state: "lapsed", by: "ann" } });
    assert.match(lapsed, /> \[!IMPORTANT\]\n> \*\*The check fails\*\*: 2 pools are replaced/);
    assert.match(lapsed, /acceptance has lapsed/);
    assert.match(
      renderComment(small(), { key, acceptance: { label: "roll-ok", state: "accepted" } }),
      /> \[!NOTE\]\n> Accepted with the label `roll-ok`/,
    );
  });

  it("names so many reasons, notes and errors, and counts the rest only where there is one", () => {
    const texts = (count: number): string[] => Array.from({ length: count }, (_, index) => `text ${index}.`);
    const shown = (count: number): string =>
      renderComment(small(), { key, gate: { hit: true, reasons: texts(count) }, notes: texts(count) });
    assert.doesNotMatch(shown(mostTexts), /more (?:reason|note)s?\./);
    assert.match(shown(mostTexts + 1), /text 9\. and 1 more reason\.\n[^]*\ntext 9\.\n\nand 1 more note\.\n/);
    assert.doesNotMatch(shown(mostTexts + 1), /text 10/);
    assert.doesNotMatch(renderFailure(texts(20), { key }), /more error/);
    assert.match(renderFailure(texts(22), { key }), /- text 19\.\n- and 2 more errors\n/);
  });

  it("does not call a pool refused alone that another object of the change replaces", () => {
    const refused = cause({ effect: "rejected", object: "NodePool clusters/a", because: "arch is immutable" });
    const both = { causes: [refused, cause()], effects: ["rejected", "replace"] as const };
    const pools = [pool("a", { ...both, effects: [...both.effects] }), pool("b")];
    const text = renderComment(report(pools), { key });
    assert.match(
      text,
      /^### ⛔ 1 of 2 pools .* refuses it\.\n\nBy other objects of the change, which are applied all the same: 1 replace\.$/m,
    );
    assert.match(text, /> \[!WARNING\]\n> \*\*replace\*\*: every node is replaced.*\n> `garden-prod\/payments`: `a`/);
    assert.match(text, /\| `a` \| ⛔&nbsp;rejected; replace \| `2-4` \| `\+1 -0`<br>1&nbsp;at&nbsp;a&nbsp;time \|/);
    assert.match(renderText(report(pools), { color: false, width: 100 }), /^\S+ +a +rejected; replace +2-4 +\+1 -0 /m);
  });

  it("replaces a verdict by errors when none can be made", () => {
    const text = renderFailure(["<b>@octocat</b> broke it"], { key });
    assert.match(text, /No verdict/);
    assertContained(text);
  });

  for (const [index, hostile] of hostileTexts.entries()) {
    it(`holds hostile text ${index} where it stands`, () =>
      assertContained(
        renderComment(filledWith(hostile), {
          key: hostile,
          commits,
          acceptance: { label: hostile, state: "lapsed", by: hostile },
          notes: [hostile],
        }),
      ));
  }

  it("holds any text where it stands", () => {
    const pieces = constantFrom(
      ...hostileTexts,
      "|",
      "`",
      "\n",
      "<",
      ">",
      "@a",
      "#1",
      "\\",
      "](",
      "-->",
      "&#",
      "$",
      "*",
      "_",
      "a",
    );
    const text = oneof(
      array(pieces, { maxLength: 8 }).map((list) => list.join("")),
      string({ unit: "binary" }),
    );
    check(
      property(text, (hostile) => assertContained(renderComment(filledWith(hostile), { key: hostile, commits }))),
      { numRuns: 300 },
    );
  });

  it("takes values of a megabyte", () => {
    const text = renderComment(filledWith("<b>|`@x\n".repeat(125_000)), { key });
    assert.ok(text.length <= commentBudget);
    assertContained(text);
  });
});

describe("marker", () => {
  const run = { number: 12, attempt: 1, time: "2026-11-21T05:00:00Z" };
  it("is read back as it was written, whatever the key", () => {
    check(
      property(string({ unit: "grapheme" }), string({ unit: "grapheme" }), (one, head) => {
        const marker = { key: one, fingerprint: "3a7c", head: head, run };
        const text = encodeMarker(marker);
        assert.deepEqual(decodeMarker(`${text}\nbody`), marker);
        assert.ok(text.startsWith(markerStart(one)));
        assert.equal(text.indexOf("-->"), text.length - 3);
      }),
    );
  });
  it("is only a marker in the first line", () => {
    const text = encodeMarker({ key, fingerprint: "f", head: "h", run });
    assert.equal(decodeMarker(`quoted:\n${text}`), undefined);
    assert.equal(decodeMarker(`> ${text}`), undefined);
    assert.equal(decodeMarker(text.replace("run=12", "run=x")), undefined);
    assert.equal(decodeMarker("<!-- will-it-roll:a head=%E0%A4%A -->"), undefined);
  });
  it("orders runs by number, so that a re-run of an old one is old", () => {
    assert.ok(isNewer({ ...run, number: 13 }, { ...run, attempt: 5, time: "2027-01-01T00:00:00Z" }));
    assert.ok(isNewer({ ...run, attempt: 2 }, run));
    assert.ok(!isNewer(run, run));
  });
});
