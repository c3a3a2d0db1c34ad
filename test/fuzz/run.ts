import { parseArgs } from "node:util";
// Looks for texts that break the reader, the engine or the views: npm run fuzz -- [--minutes N] [--seed N] [--only TEXT].
import { defaultReportMessage } from "fast-check";
import { properties } from "./properties.ts";

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "10" }, seed: { type: "string" }, only: { type: "string" } },
});
const first = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const end = Date.now() + Number(values.minutes) * 60_000;
const chosen = Object.entries(properties).filter(([name]) => name.includes(values.only ?? ""));
const counts = new Map<string, number>();
let failures = 0;
let seed = first;

console.log(`seed ${first}`);
for (; Date.now() < end && failures === 0; seed += 1)
  for (const [name, run] of chosen) {
    const details = run({ seed, numRuns: 100 });
    counts.set(name, (counts.get(name) ?? 0) + details.numRuns);
    if (!details.failed) continue;
    failures += 1;
    console.error(`${name} (seed ${seed})\n${defaultReportMessage(details) ?? ""}\n${String(details.errorInstance)}`);
  }
for (const [name, count] of counts) console.log(`${String(count).padStart(9)} ${name}`);
const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
console.log(`${total} runs, seeds ${first} to ${seed - 1}, ${failures} failures`);
process.exitCode = failures === 0 ? 0 : 1;
