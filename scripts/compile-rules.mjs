// Compiles rules/**/*.yaml into src/rules/builtin.generated.ts: JSON texts, parsed on demand, one per system.
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { load } from "js-yaml";

const root = new URL("..", import.meta.url).pathname;

/** `system.yaml` first, then by name: the order of fingerprint inputs hangs on it. */
const inTableOrder = (a, b) => Number(b === "system.yaml") - Number(a === "system.yaml") || (a < b ? -1 : 1);

export async function compile() {
  const texts = [];
  const folders = (await readdir(join(root, "rules"), { withFileTypes: true })).filter((entry) => entry.isDirectory());
  for (const { name } of folders.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const files = (await readdir(join(root, "rules", name)))
      .filter((file) => file.endsWith(".yaml"))
      .toSorted(inTableOrder);
    const parts = [];
    for (const file of files) {
      const path = `rules/${name}/${file}`;
      parts.push({ file: path, part: load(await readFile(join(root, path), "utf8"), { filename: path }) });
    }
    texts.push(`  ${JSON.stringify(name)}: ${JSON.stringify(JSON.stringify(parts))},`);
  }
  return `// Made from rules/ by scripts/compile-rules.mjs.\n/** System to the JSON text of its table files, in order: \`{file, part}[]\`. */\nexport const builtinTables: Readonly<Record<string, string>> = {\n${texts.join("\n")}\n};\n`;
}

const target = join(root, "src/rules/builtin.generated.ts");
const text = await compile();
if ((await readFile(target, "utf8").catch(() => "")) !== text) {
  await writeFile(`${target}.${process.pid}`, text);
  await rename(`${target}.${process.pid}`, target);
}
