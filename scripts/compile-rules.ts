// Compiles rules/**/*.yaml into src/tables/*.jsonl: for each system its whole table with the index of its rules, so that a run
// neither reads YAML nor looks at other systems. And into src/rules/*.generated.ts: what every run must know of each system, and
// for where there are no files all tables, compressed.
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { deflateSync } from "fflate";
import { indexTable } from "../src/rules/compile.ts";
import { mergeParts, type NamedPart, type Table } from "../src/rules/merge.ts";
import { tablePartSchema } from "../src/rules/schema.ts";
import { storedText } from "../src/rules/stored-table.ts";
import type { TablePart } from "../src/rules/table.ts";
import { readLocatedYaml } from "../src/validation/located-yaml.ts";
import { type Problem, problemsOf, problemText } from "../src/validation/problems.ts";

const root = join(import.meta.dirname, "..");
const byName = (a: string, b: string): number => (a < b ? -1 : 1);
/** `system.yaml` first, then by name: the order of fingerprint inputs depends on it. */
const inTableOrder = (a: string, b: string): number =>
  Number(b === "system.yaml") - Number(a === "system.yaml") || byName(a, b);

const problems: Problem[] = [];

/** A table file; what is wrong with it is noted, so that all is said at once. */
function checked(path: string, bytes: Uint8Array): TablePart[] {
  const yaml = readLocatedYaml({ path, bytes });
  if ("message" in yaml) {
    problems.push(yaml);
    return [];
  }
  const { success, data, error } = tablePartSchema.safeParse(yaml.value);
  if (success) return [data];
  problems.push(...problemsOf(error, yaml.value, yaml.locate));
  return [];
}

async function partsOf(system: string): Promise<NamedPart[]> {
  const all = await readdir(join(root, "rules", system), { recursive: true });
  const files = all.map((file) => file.replaceAll(sep, "/")).filter((file) => file.endsWith(".yaml"));
  const parts = await Promise.all(
    files.toSorted(inTableOrder).map(async (name) => {
      const file = `rules/${system}/${name}`;
      return checked(file, await readFile(join(root, file))).map((part) => ({ file, part }));
    }),
  );
  return parts.flat();
}

/** The module that holds all tables. */
function packedModule(tables: ReadonlyMap<string, string>): string {
  const packed = Array.from(tables, ([system, text]) => {
    const data = deflateSync(new TextEncoder().encode(text), { level: 9 });
    return `${JSON.stringify(system)}: "${Buffer.from(data).toString("base64")}",\n`;
  });
  return `// Made from rules/ by scripts/compile-rules.ts.

/** The stored table of each system, as base64 of deflated text. */
export const packed: Readonly<Record<string, string>> = {
  ${packed.join("  ")}};
`;
}

function outlineModule(tables: readonly Table[]): string {
  const outlines = tables.map(({ system, targets, options, objects, operators, pools, references }) =>
    JSON.stringify({ system, targets, options, objects, operators, pools, references }),
  );
  return `// Made from rules/ by scripts/compile-rules.ts.
import type { Outline } from "./merge.ts";

export const builtinOutlines: readonly Outline[] = [
  ${outlines.join(",\n  ")},
];
`;
}

/** Untouched when it is up to date, and never half written: tests read it while others run. */
async function update(path: string, text: string): Promise<void> {
  const target = join(root, "src", path);
  if ((await readFile(target, "utf8").catch(() => "")) === text) return;
  await mkdir(dirname(target), { recursive: true });
  await writeFile(`${target}.${process.pid}`, text);
  await rename(`${target}.${process.pid}`, target);
}

const entries = await readdir(join(root, "rules"), { withFileTypes: true });
const systems = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
const parts = await Promise.all(
  systems.toSorted(byName).map(async (system) => ({ system, files: await partsOf(system) })),
);
if (problems.length > 0) {
  console.error(problems.map(problemText).join("\n"));
  process.exit(1);
}
const tables = parts.map(({ system, files }) => mergeParts(system, files));
const texts = new Map(tables.map((table) => [table.system, storedText(table, indexTable(table))]));
for (const [system, text] of texts) await update(`tables/${system}.jsonl`, text);
await update("rules/packed.generated.ts", packedModule(texts));
await update("rules/outlines.generated.ts", outlineModule(tables));
