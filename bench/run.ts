// Measures every ratio that the project promises against its floor, in one run: npm run bench [-- --runs N --only TEXT --seed N].
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fileRows, growth, peers } from "./file-rows.ts";
import { gitRows } from "./git-rows.ts";
import { Random } from "./random.ts";
import type { Bench, Row } from "./row.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "7" },
    only: { type: "string", default: "" },
    seed: { type: "string", default: "1" },
    dist: { type: "string", default: new URL("../dist", import.meta.url).pathname },
  },
});

const bundle = (name: string, budget: number): Row => ({
  work: `dist/${name}.js and its parts`,
  against: `${budget} KB`,
  budget: 1,
  measure() {
    const folder = join(values.dist, name);
    const parts = readdirSync(folder).map((part) => join(folder, part));
    const bytes = [join(values.dist, `${name}.js`), ...parts].reduce((sum, file) => sum + statSync(file).size, 0);
    return { ratio: bytes / 1024 / budget, note: `${Math.round(bytes / 1024)} KB` };
  },
});

const rows = [...fileRows, ...gitRows, bundle("cli", 400), bundle("action", 1300)];

const bench: Bench = {
  folder: mkdtempSync(join(tmpdir(), "will-it-roll-bench-")),
  random: new Random(Number(values.seed)),
  runs: Math.max(1, Number(values.runs)),
  cli: join(values.dist, "cli.js"),
  action: join(values.dist, "action.js"),
};

const line = (cells: readonly string[]): string =>
  [36, 38, 8, 8, 6, 0]
    .map((width, index) => (cells[index] ?? "").padEnd(width))
    .join(" ")
    .trimEnd();

try {
  console.log(`Node ${process.version}, seed ${values.seed}, medians of ${bench.runs} runs or more, processor time`);
  console.log(line(["work", "against", "ratio", "budget", "", ""]));
  for (const { work, against, budget, measure } of rows) {
    if (!work.includes(values.only)) continue;
    const { ratio, note = "" } = measure(bench);
    console.log(line([work, against, ratio.toFixed(2), String(budget), ratio <= budget ? "ok" : "over", note]));
  }
  if ("growth".includes(values.only)) console.log(growth(bench));
  if ("peers".includes(values.only)) for (const peer of peers(bench)) console.log(peer);
} finally {
  rmSync(bench.folder, { recursive: true, force: true });
}
