// Writes what is generated from the code: schemas/, docs/rules/, and parts of docs/command.md and docs/action.md. `--check`
// only compares.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatNames } from "../src/cli/format-names.ts";
import { helpText } from "../src/cli/help.ts";
import { schemaNames, schemaOf } from "../src/configuration/json-schemas.ts";
import { analyze } from "../src/index.ts";
import { loadTables } from "../src/systems/tables.ts";
import { renderText } from "../src/views/text.ts";
import { actionTables } from "./docs/action-tables.ts";
import { betweenMarks } from "./docs/between-marks.ts";
import { rulePage } from "./docs/rule-page.ts";

const root = join(import.meta.dirname, "..");
const outputs = new Map<string, string>();
for (const name of schemaNames) outputs.set(`schemas/${name}.json`, schemaOf(name));
for (const table of loadTables()) outputs.set(`docs/rules/${table.system}.md`, rulePage(table));

const text = (file: string): string => readFileSync(join(root, file), "utf8");

/** What the command prints for the Gardener example. */
function picture(): string {
  const side = (file: string) => ({
    label: file,
    files: [{ path: file, bytes: new TextEncoder().encode(text(file)) }],
  });
  const report = analyze(side("examples/gardener.base.yaml"), side("examples/gardener.head.yaml"));
  return renderText(report, { color: false, width: 100 });
}

const fenced = (inner: string): string => `\`\`\`text\n${inner.trimEnd()}\n\`\`\``;
const command = betweenMarks(text("docs/command.md"), "picture", fenced(picture()));
outputs.set("docs/command.md", betweenMarks(command, "help", fenced(helpText(formatNames))));
const { inputs, outputs: results } = actionTables(text("action.yml"));
outputs.set("docs/action.md", betweenMarks(betweenMarks(text("docs/action.md"), "inputs", inputs), "outputs", results));

for (const [file, made] of outputs) {
  const path = join(root, file);
  if (!process.argv.includes("--check")) writeFileSync(path, made);
  else if (!existsSync(path) || readFileSync(path, "utf8") !== made) {
    console.error(`${file} is not up to date: run npm run docs`);
    process.exitCode = 1;
  }
}
