// Bundles src/ into dist/. `--out FOLDER` writes somewhere else.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "rolldown";

const root = new URL("..", import.meta.url).pathname;
const { values } = parseArgs({ options: { out: { type: "string", default: join(root, "dist") } } });
const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));

const entries = [
  { input: "src/cli/main.ts", file: "cli.js", platform: "node", banner: "#!/usr/bin/env node" },
  { input: "src/action/main.ts", file: "action.js", platform: "node" },
  { input: "src/index.ts", file: "index.js", platform: "neutral" },
].filter(({ input }) => existsSync(join(root, input)));

for (const { input, file, platform, banner } of entries) {
  await build({
    input: join(root, input),
    platform,
    cwd: root,
    transform: { define: { __VERSION__: JSON.stringify(version) }, target: "node20.19" },
    resolve: { mainFields: ["module", "main"], conditionNames: ["import", "module", "default"] },
    output: {
      file: join(values.out, file),
      format: "esm",
      minify: true,
      codeSplitting: false,
      comments: { legal: false },
      ...(banner === undefined ? {} : { banner }),
    },
    logLevel: "warn",
  });
}
