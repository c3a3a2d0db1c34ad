// Writes what is generated from the code: schemas/, docs/rules/, docs/configuration.md's and README's tables. `--check` only compares.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { actionTables } from "./docs/action-tables.ts";
import { betweenMarks } from "./docs/between-marks.ts";
import { rulePage } from "./docs/rule-page.ts";
import { formatNames } from "../src/cli/format-names.ts";
import { helpText } from "../src/cli/help.ts";
import { schemaNames, schemaOf } from "../src/reference/json-schemas.ts";
import { loadTables } from "../src/systems/tables.ts";

const root = new URL("..", import.meta.url).pathname;
const outputs = new Map<string, string>();
for (const name of schemaNames) outputs.set(`schemas/${name}.json`, schemaOf(name));
for (const table of loadTables()) outputs.set(`docs/rules/${table.system}.md`, rulePage(table));

const readme = readFileSync(join(root, "README.md"), "utf8");
const withHelp = betweenMarks(readme, "help", `\`\`\`text\n${helpText(formatNames)}\`\`\``);
const action = join(root, "action.yml");
const tables = existsSync(action) ? actionTables(readFileSync(action, "utf8")) : undefined;
outputs.set("README.md", tables === undefined ? withHelp : betweenMarks(betweenMarks(withHelp, "inputs", tables.inputs), "outputs", tables.outputs));

for (const [file, text] of outputs) {
  const path = join(root, file);
  if (!process.argv.includes("--check")) writeFileSync(path, text);
  else if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
    console.error(`${file} is not up to date: run npm run docs`);
    process.exitCode = 1;
  }
}
