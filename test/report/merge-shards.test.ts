import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { array, assert as holds, integer, property } from "fast-check";
import { analyze, type AnalyzeOptions, mergeShards, type Report, type Side } from "../../src/index.ts";
import { readReport } from "../../src/report/read-report.ts";
import { renderJson } from "../../src/views/json.ts";
import { change } from "../fuzz/texts.ts";
import { nodePool } from "../rendering/shoots.ts";
import { report } from "../views/build-report.ts";

const side = (label: string, texts: readonly string[], application?: string): Side => ({
  label,
  files: texts.map((text, index) => ({
    path: `clusters/${application ?? ""}/${index}.yaml`,
    bytes: new TextEncoder().encode(text),
    ...(application === undefined ? {} : { application }),
  })),
});

/** The reports of all parts, written and read as separate jobs would. */
const shardsOf = (base: Side, head: Side, count: number, options: AnalyzeOptions = {}) =>
  Array.from({ length: count }, (_, index) => {
    const judged = analyze(base, head, { ...options, shard: { number: index + 1, count } });
    return { name: `${index + 1}.json`, report: readReport(renderJson(judged)) };
  });

function assertWhole(base: Side, head: Side, count: number, options: AnalyzeOptions = {}): Report {
  const whole = analyze(base, head, options);
  const shards = shardsOf(base, head, count, options);
  assert.equal(renderJson(mergeShards(shards.toReversed())), renderJson(whole));
  return whole;
}

const fleet = (version: string) =>
  Array.from({ length: 40 }, (_, index) => nodePool(`hosted-${index}`, `pool-${index}`, version));

describe("the merged report is the whole one, byte for byte", () => {
  it("for random changes of random fleets, broken ones too", () => {
    const fleets = array(change, { minLength: 1, maxLength: 5 }).map((changes) => {
      // Seeds repeat: a namespace of their own makes them other clusters.
      const apart = (text: string, index: number): string =>
        text.replaceAll(/^( *namespace: )(\S+)$/gm, `$1$2-${index}`);
      return {
        base: side(
          "base",
          changes.map(({ base }, index) => apart(base, index)),
        ),
        head: side(
          "head",
          changes.map(({ head }, index) => apart(head, index)),
        ),
      };
    });
    holds(
      property(fleets, integer({ min: 1, max: 5 }), ({ base, head }, count) => {
        assertWhole(base, head, count);
      }),
      { numRuns: 40, seed: 8 },
    );
  });

  it("for ConfigMaps that clusters of several parts share", () => {
    const config = (size: string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shared, namespace: clusters}\ndata: {config: "${size}"}\n`;
    const pools = fleet("  config: [{name: shared}]\n");
    const whole = assertWhole(side("base", [...pools, config("1")]), side("head", [...pools, config("2")]), 4);
    assert.equal(whole.pools.length, 40);
    assert.deepEqual(
      whole.objects.map(({ object }) => object),
      ["ConfigMap clusters/shared"],
    );
  });

  it("for integers that JSON.parse would round", () => {
    const big = (last: number): string[] => fleet(`  strange: [1234567890123456789, ${last}]\n`);
    const whole = assertWhole(side("base", fleet("")), side("head", big(1)), 3);
    assert.match(renderJson(whole), /1234567890123456789/);
  });

  it("for applications that could not be rendered, whose pools wait", () => {
    const paused = (text: string): string => `${text}  pausedUntil: "true"\n`;
    const rendering = {
      renderers: [{ name: "helm", version: "v3" }],
      undecided: ["one", "two"].map((application) => ({ application, code: "failed", because: "?", file: "x" })),
    };
    const both = (text: (value: string) => string[]): Side => {
      const [one, two] = ["one", "two"].map((application) => side("", text(application), application));
      return { label: "both", files: [...(one?.files ?? []), ...(two?.files ?? [])] };
    };
    const poolsOf = (cores: number) => (application: string) => [paused(nodePool(application, "a", "", cores))];
    for (const count of [2, 3, 7]) {
      const whole = assertWhole(both(poolsOf(4)), both(poolsOf(8)), count, { rendering });
      assert.deepEqual([whole.verdict, whole.complete], ["none", false]);
      const none = assertWhole(both(poolsOf(4)), both(poolsOf(4)), count, { rendering });
      assert.deepEqual([none.verdict, none.pools.length], ["unknown", 0]);
    }
  });
});

describe("a cluster belongs to one part", () => {
  const pools = (count: number): string[] =>
    shardsOf(side("base", fleet("")), side("head", fleet("  replicas: 3\n")), count).map(
      ({ report: { pools: some } }) => some.map(({ cluster }) => cluster).join(" "),
    );

  it("the parts are of like size, and no part changes with what else is there", () => {
    const parts = pools(4).map((part) => part.split(" "));
    assert.equal(parts.flat().length, 40);
    for (const part of parts) assert.ok(part.length >= 4, parts.join("\n"));
    const [first] = shardsOf(side("base", fleet("").slice(20)), side("head", fleet("  replicas: 3\n").slice(20)), 4);
    const left = parts[0]?.filter((cluster) => Number(cluster.replace("hosted-", "")) >= 20);
    assert.deepEqual(
      first?.report.pools.map(({ cluster }) => cluster),
      left,
    );
  });
});

describe("shards that do not make one run are refused", () => {
  const [one, two, three] = [1, 2, 3].map((number) => ({
    name: `${number}.json`,
    report: report([], { shard: { number, count: 3, run: "r" } }),
  })) as [Part, Part, Part];
  type Part = { readonly name: string; readonly report: Report };
  const like = (part: Part, parts: Partial<Report>): Part => ({ ...part, report: { ...part.report, ...parts } });
  const side2 = { label: "elsewhere", revision: null };
  for (const [what, parts, message] of [
    ["nothing", [], /no report to merge/],
    ["one missing", [one, three], /1 of 3 parts are missing: 2\./],
    ["one twice", [one, two, two, three], /2\.json and 2\.json are both part 2 of 3/],
    ["a whole report", [one, two, { name: "w.json", report: report([]) }], /w\.json is the report of a whole run/],
    [
      "another count",
      [one, two, like(three, { shard: { number: 3, count: 4, run: "r" } })],
      /one of 3 parts and 3\.json one of 4/,
    ],
    [
      "a number beyond the count",
      [one, two, like(three, { shard: { number: 4, count: 3, run: "r" } })],
      /3\.json says it is part 4 of 3/,
    ],
    [
      "other inputs",
      [one, two, like(three, { shard: { number: 3, count: 3, run: "s" } })],
      /files, rules, targets or landscape differ/,
    ],
    ["another base", [one, two, like(three, { base: side2 })], /"base" is .*main.* in one and .*elsewhere/],
    ["another head", [one, two, like(three, { head: side2 })], /"head"/],
    ["another program", [one, two, like(three, { tool: { name: "will-it-roll", version: "9" } })], /"tool"/],
    ["other rules", [one, two, like(three, { rules: [] })], /"rules"/],
    [
      "another renderer",
      [one, two, like(three, { renderers: [{ name: "helm", version: "v9" }] })],
      /"renderers" is absent/,
    ],
  ] as const)
    it(what, () => assert.throws(() => mergeShards(parts), message));

  it("a run is told by its files, its rules, its targets and its landscape", () => {
    const runOf = (head: string[], options: AnalyzeOptions): string | undefined =>
      analyze(side("base", fleet("")), side("head", head), { ...options, shard: { number: 1, count: 2 } }).shard?.run;
    const runs = [
      runOf(fleet(""), {}),
      runOf(fleet("  replicas: 4\n"), {}),
      runOf(fleet(""), { targets: { "hypershift-operator": "4.20" } }),
      runOf(fleet(""), { landscape: { "gardener.in-place-updates": true } }),
    ];
    assert.equal(new Set(runs).size, runs.length);
    assert.equal(runOf(fleet(""), {}), runs[0]);
  });
});
