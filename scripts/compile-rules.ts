// Compiles rules/**/*.yaml into src/rules/builtin.generated.ts: per system its objects, and compressed its table files
// and the index of its rules, so that a run neither reads YAML nor looks at rules that its change does not touch.
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateSync } from "fflate";
import { load } from "js-yaml";
import { indexTable } from "../src/rules/compile.ts";
import { mergeParts, type NamedPart } from "../src/rules/merge.ts";
import { tablePartSchema } from "../src/rules/schema.ts";
import type { TablePart } from "../src/rules/table.ts";
import { problemsOf, problemText } from "../src/validation/problems.ts";

const root = new URL("..", import.meta.url).pathname;
const byName = (a: string, b: string): number => (a < b ? -1 : 1);
/** `system.yaml` first, then by name: the order of fingerprint inputs hangs on it. */
const inTableOrder = (a: string, b: string): number =>
  Number(b === "system.yaml") - Number(a === "system.yaml") || byName(a, b);

/** `will-it-roll rules check` says the same with lines; here the key is enough. */
function checked(file: string, value: unknown): TablePart {
  const { success, data, error } = tablePartSchema.safeParse(value);
  if (success) return data;
  const problems = problemsOf(error, value, () => ({ file, line: 1, column: 1 }));
  throw new Error(`a table is not in the format:\n${problems.map(problemText).join("\n")}`);
}

async function partsOf(system: string): Promise<NamedPart[]> {
  const files = (await readdir(join(root, "rules", system))).filter((file) => file.endsWith(".yaml"));
  return Promise.all(
    files.toSorted(inTableOrder).map(async (name) => {
      const file = `rules/${system}/${name}`;
      return { file, part: checked(file, load(await readFile(join(root, file), "utf8"), { filename: file })) };
    }),
  );
}

async function compile(): Promise<string> {
  const entries = await readdir(join(root, "rules"), { withFileTypes: true });
  const systems = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const texts = systems.toSorted(byName).map(async (system) => {
    const parts = await partsOf(system);
    const table = mergeParts(system, parts);
    const json = JSON.stringify({ parts, index: indexTable(table) });
    const data = Buffer.from(deflateSync(new TextEncoder().encode(json), { level: 9 })).toString("base64");
    return `  ${JSON.stringify(system)}: { objects: ${JSON.stringify(table.objects)}, data: "${data}" },`;
  });
  return `// Made from rules/ by scripts/compile-rules.ts.
import type { ObjectRow } from "./table.ts";

/** System to its objects, and to its table files and their index: base64 of deflated JSON, \`{parts, index}\`. */
export const builtinTables: Readonly<Record<string, { readonly objects: readonly ObjectRow[]; readonly data: string }>> = {
${(await Promise.all(texts)).join("\n")}
};
`;
}

const target = join(root, "src/rules/builtin.generated.ts");
const text = await compile();
if ((await readFile(target, "utf8").catch(() => "")) !== text) {
  await writeFile(`${target}.${process.pid}`, text);
  await rename(`${target}.${process.pid}`, target);
}
