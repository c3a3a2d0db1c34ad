import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { compare, cpuOf, median, output, peakOf, shell } from "./measure.ts";
import { changedShoots, hosted, monorepo, ordinary, type Pair, profiled, workers, worst } from "./pairs.ts";
import { type Bench, type Result, type Row, timed } from "./row.ts";

/** The floor of parsing: js-yaml's `loadAll` over the same bytes. */
function loadAll(bench: Bench, pair: Pair) {
  const script = join(bench.folder, "load-all.mjs");
  const library = createRequire(import.meta.url).resolve("js-yaml");
  writeFileSync(
    script,
    `import { readFileSync } from "node:fs";\nimport { createRequire } from "node:module";\nconst { loadAll } = createRequire(import.meta.url)(${JSON.stringify(library)});\nfor (const file of process.argv.slice(2)) loadAll(readFileSync(file, "utf8"));\n`,
  );
  return bench.node(script, ...pair);
}

function parsedDocuments(bench: Bench): Result {
  const { stderr } = output(bench.node(bench.cli, "--stats", ...monorepo(bench, 1000)));
  const parsed = Number(/(\d+) parsed/.exec(stderr)?.[1] ?? Number.NaN);
  return { ratio: parsed / 2, note: `${parsed} parsed of 2 that changed, among 2,000` };
}

function worstInputs(bench: Bench): Result {
  const floor = bench.node(bench.cli, ...ordinary(bench));
  const measured = worst(bench).map(({ name, pair }) => ({
    name,
    ...compare(bench.node(bench.cli, ...pair), floor, bench.runs),
  }));
  const note = measured
    .map(({ name, ratio, ours }) => `${name} ${ratio.toFixed(1)} (${ours.toFixed(0)} ms)`)
    .join(", ");
  return { ratio: Math.max(...measured.map(({ ratio }) => ratio)), note };
}

function doubling(bench: Bench): Result {
  const times = [1000, 2000, 4000].map((count) => {
    const command = bench.node(bench.cli, ...changedShoots(bench, count));
    return median(Array.from({ length: Math.min(bench.runs, 3) }, () => cpuOf(command)));
  });
  const steps = times.slice(1).map((time, index) => time / (times[index] ?? Number.NaN));
  return { ratio: Math.max(...steps), note: `${times.map((time) => time.toFixed(0)).join(", ")} ms` };
}

export const fileRows: readonly Row[] = [
  {
    work: "two files, one Shoot each",
    against: "node -e 0",
    budget: 1.6,
    measure: (bench) =>
      timed(compare(bench.node(bench.cli, ...changedShoots(bench, 1)), bench.node("-e", "0"), bench.runs * 3)),
  },
  ...["--help", "--version", "--wrong"].map((option): Row => ({
    work: option === "--wrong" ? "a usage error" : option,
    against: "node -e 0",
    budget: 1.3,
    measure: (bench) => timed(compare(bench.node(bench.cli, option), bench.node("-e", "0"), bench.runs * 3)),
  })),
  {
    work: "1,000 Shoots, all changed",
    against: "js-yaml loadAll",
    budget: 1,
    measure(bench) {
      const pair = changedShoots(bench, 1000);
      return timed(compare(bench.node(bench.cli, ...pair), loadAll(bench, pair), bench.runs));
    },
  },
  {
    work: "20,000 documents, one changed",
    against: "diff -u",
    budget: 1.5,
    measure(bench) {
      const pair = monorepo(bench, 20_000);
      const result = compare(bench.node(bench.cli, ...pair), { argv: ["diff", "-u", ...pair] }, bench.runs);
      return {
        ratio: result.ratio,
        note: `${timed(result).note}, peak ${peakOf(bench.node(bench.cli, ...pair)).toFixed(0)} MiB`,
      };
    },
  },
  { work: "documents parsed", against: "documents changed", budget: 1, measure: parsedDocuments },
  {
    work: "HostedCluster with 5,000 NodePools",
    against: "one NodePool of them",
    budget: 2,
    measure(bench) {
      const { cluster, pool } = hosted(bench, 5000);
      return timed(compare(bench.node(bench.cli, ...cluster), bench.node(bench.cli, ...pool), bench.runs));
    },
  },
  {
    work: "a Shoot with 500 workers, all renamed",
    against: "one of them changed",
    budget: 4,
    measure(bench) {
      const { renamed, one } = workers(bench, 500);
      return timed(compare(bench.node(bench.cli, ...renamed), bench.node(bench.cli, ...one), bench.runs));
    },
  },
  {
    work: "10,000 places of a CloudProfile",
    against: "one of them changed",
    budget: 2,
    measure(bench) {
      const { all, one } = profiled(bench, 10_000, 200);
      return timed(compare(bench.node(bench.cli, ...all), bench.node(bench.cli, ...one), bench.runs));
    },
  },
  { work: "worst inputs", against: "an ordinary run", budget: 10, measure: worstInputs },
  { work: "twice the changed documents", against: "half of them", budget: 2.2, measure: doubling },
];

/** Peers on the same files: what they take, and what they answer. */
export function peers(bench: Bench): string[] {
  const pair = changedShoots(bench, 100);
  const ours = bench.node(bench.cli, ...pair);
  const commands = [
    { name: "will-it-roll", says: "effects on pools", command: ours },
    { name: "diff -u", says: "changed lines", command: shell(`diff -u ${pair.join(" ")}`) },
    { name: "git diff --no-index", says: "changed lines", command: shell(`git diff --no-index ${pair.join(" ")}`) },
    { name: "dyff between", says: "changed fields", command: shell(`dyff between ${pair.join(" ")}`) },
  ];
  return commands.map(({ name, says, command }) => {
    const { stdout, code } = output(command);
    if (code === 127) return `${name}: not installed`;
    const time = median(Array.from({ length: bench.runs }, () => cpuOf(command)));
    return `${name}: ${time.toFixed(0)} ms, ${says}, ${stdout.split("\n").length - 1} lines`;
  });
}

/** Times over 10 to 10,000 changed Shoots, and the exponent of the line through them. */
export function growth(bench: Bench): string {
  const idle = median(Array.from({ length: 5 }, () => cpuOf(bench.node(bench.cli, ...changedShoots(bench, 1)))));
  const points = [10, 100, 1000, 10_000].map((count) => {
    const command = bench.node(bench.cli, ...changedShoots(bench, count));
    const time = median(Array.from({ length: count > 1000 ? 1 : 3 }, () => cpuOf(command)));
    return { count, time };
  });
  // Without what every run costs, which would flatten the line; the small ones are mostly that.
  const line = points
    .slice(1)
    .map(({ count, time }) => ({ x: Math.log(count), y: Math.log(Math.max(time - idle, 1)) }));
  const mean = (of: (point: { x: number; y: number }) => number) =>
    line.reduce((sum, p) => sum + of(p), 0) / line.length;
  const [x, y] = [mean((p) => p.x), mean((p) => p.y)];
  const exponent = mean((p) => (p.x - x) * (p.y - y)) / mean((p) => (p.x - x) ** 2);
  const times = points.map(({ count, time }) => `${count}: ${time.toFixed(0)} ms`).join(", ");
  return `growth by changed Shoots: ${times}; exponent ${exponent.toFixed(2)}`;
}
