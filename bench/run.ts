// Measures every ratio that the project promises against its floor, in one run: npm run bench [-- --runs N --only TEXT --seed N].
// Each `--node PATH` is a Node.js that is measured; without one it is the Node.js that runs this.
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fileRows, growth, peers } from "./file-rows.ts";
import { gitRows } from "./git-rows.ts";
import { gitHubRows } from "./github-rows.ts";
import { output } from "./measure.ts";
import { Random } from "./random.ts";
import type { Bench, Row } from "./row.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "7" },
    only: { type: "string", default: "" },
    seed: { type: "string", default: "1" },
    node: { type: "string", multiple: true },
    dist: { type: "string", default: join(import.meta.dirname, "../dist") },
  },
});

const bundle = (name: string, budget: number): Row => ({
  work: `dist/${name}.js and its parts`,
  against: `${budget} KB`,
  budget: 1,
  measure() {
    const filesIn = (folder: string): string[] => readdirSync(folder).map((file) => join(folder, file));
    const sizeOf = (files: readonly string[]): number =>
      files.reduce((sum, file) => sum + statSync(file).size, 0) / 1024;
    const size = sizeOf([join(values.dist, `${name}.js`), ...filesIn(join(values.dist, name))]);
    const tables = sizeOf(filesIn(join(values.dist, "tables")));
    return { ratio: size / budget, note: `${Math.round(size)} KB, and ${Math.round(tables)} KB of tables` };
  },
});

const rows = [...fileRows, ...gitRows, ...gitHubRows, bundle("cli", 400), bundle("action", 1300)];

const line = (cells: readonly string[]): string =>
  [36, 38, 8, 8, 6, 0]
    .map((width, index) => (cells[index] ?? "").padEnd(width))
    .join(" ")
    .trimEnd();

/** All rows with one Node.js. */
async function run(bench: Bench): Promise<void> {
  const { stdout: version } = output(bench.node("--version"));
  console.log(`Node ${version.trim()}, seed ${values.seed}, medians of ${bench.runs} runs or more, processor time`);
  console.log(line(["work", "against", "ratio", "budget", "", ""]));
  for (const { work, against, budget, measure } of rows) {
    if (!work.includes(values.only)) continue;
    const { ratio, note = "" } = await measure(bench);
    console.log(line([work, against, ratio.toFixed(2), String(budget), ratio <= budget ? "ok" : "over", note]));
  }
  if ("growth".includes(values.only)) console.log(growth(bench));
  if ("peers".includes(values.only)) for (const peer of peers(bench)) console.log(peer);
}

for (const node of values.node ?? [process.execPath]) {
  const folder = mkdtempSync(join(tmpdir(), "will-it-roll-bench-"));
  try {
    await run({
      folder,
      random: new Random(Number(values.seed)),
      runs: Math.max(1, Number(values.runs)),
      cli: join(values.dist, "cli.js"),
      action: join(values.dist, "action.js"),
      node: (...args) => ({ argv: [node, ...args] }),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
