// Bundles src/ into dist/. `--out FOLDER` writes somewhere else.
import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "rolldown";

const root = new URL("..", import.meta.url).pathname;
const { values } = parseArgs({ options: { out: { type: "string", default: join(root, "dist") } } });
const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));

const entries = [
  // In parts: a run loads what it uses, and `--help` almost nothing.
  { input: "src/cli/main.ts", file: "cli.js", platform: "node", parts: "cli", banner: "#!/usr/bin/env node\n" },
  { input: "src/action/main.ts", file: "action.js", platform: "node", parts: "action" },
  { input: "src/index.ts", file: "index.js", platform: "neutral" },
].filter(({ input }) => existsSync(join(root, input)));

/** One file, or with `parts` an entry and a folder of parts named by what they hold. */
const layout = (file, parts) =>
  parts === undefined
    ? { file: join(values.out, file), codeSplitting: false }
    : { dir: values.out, entryFileNames: file, chunkFileNames: `${parts}/[name].js`, codeSplitting: { groups } };

/** Each file costs its finding and linking: what every run needs is one part, and what every comparison needs another. */
const groups = [
  { name: "start", test: /\/src\/cli\/run\.ts$|^\0rolldown/, priority: 2 },
  { name: "compare", test: /\/src\/(?:cli\/commands\/compare|views\/text)\.ts$/, priority: 1 },
];

for (const { input, file, platform, parts, banner = "" } of entries) {
  if (parts !== undefined) await rm(join(values.out, parts), { recursive: true, force: true });
  await build({
    input: join(root, input),
    platform,
    cwd: root,
    transform: { define: { __VERSION__: JSON.stringify(version) }, target: "node20.19" },
    // The toolkit says nothing of side effects; without this its HTTP client would come along for writing outputs.
    treeshake: { moduleSideEffects: (id) => !/node_modules\/(?:@actions|undici|tunnel)\//.test(id) },
    resolve: {
      mainFields: ["module", "main"],
      conditionNames: [...(platform === "node" ? ["node"] : []), "import", "module", "default"],
    },
    output: {
      ...layout(file, parts),
      format: "esm",
      minify: true,
      comments: { legal: false },
      banner: (chunk) => (chunk.isEntry ? banner : ""),
    },
    logLevel: "warn",
  });
}
