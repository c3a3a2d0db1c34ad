// Bundles src/ into dist/. `--out FOLDER` writes somewhere else.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "rolldown";
import { lateParts } from "./late-parts.mjs";
import { plainTexts } from "./plain-texts.mjs";

const root = join(import.meta.dirname, "..");
const { values } = parseArgs({ options: { out: { type: "string", default: join(root, "dist") } } });
const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));

/** A program in parts, as CommonJS, which Node.js starts quicker: a run loads what it uses, and `--help` almost nothing. */
const program = (name, { more = [], banner = "" }) => ({
  input: `src/${name}/main.ts`,
  platform: "node",
  output: {
    dir: values.out,
    format: "cjs",
    entryFileNames: `${name}.js`,
    chunkFileNames: (chunk) => `${name}/${partName(chunk)}.cjs`,
    codeSplitting: { groups: [...groups, ...more] },
    banner: (chunk) => (chunk.isEntry ? banner : ""),
    plugins: [
      lateParts([
        "full-reader",
        "uncommon",
        "text-diff",
        "hash",
        "gardener-uncommon",
        "node:crypto",
        "crypto",
        "node:zlib",
      ]),
    ],
  },
});

/** A part that is no group is called by the path of its module: several are called `schema.ts` or `read.ts`. */
function partName({ name, facadeModuleId, moduleIds }) {
  const path = /\/src\/(.*)\.ts$/.exec(facadeModuleId ?? moduleIds.at(-1) ?? "")?.[1];
  return path === undefined || groupNames.has(name) ? name : path.replaceAll("/", "-");
}

/** Each file costs its finding and reading: what every comparison needs is one part, and each system another. */
const groups = [
  {
    name: "full-reader",
    test: /\/src\/manifests\/yaml\/(?:alias-share|block-scalar|composer|cursor|full-reader|parser|plain-scalar|possible-keys|property-scanner|quoted-scalar|scanner|tag-handles|token-queue)\.ts$/,
    includeDependenciesRecursively: false,
    priority: 5,
  },
  // Most runs call nothing of these.
  {
    name: "uncommon",
    test: /\/src\/(?:manifests\/(?:yaml\/json-reader|text\/json-stream|templates\/sketch)|report\/secret-(?:lines|texts|urls)|rules\/merge|sources\/directory|views\/graphemes)\.ts$|\/get-east-asian-width\//,
    includeDependenciesRecursively: false,
    priority: 5,
  },
  { name: "text-diff", test: /\/node_modules\/diff\//, includeDependenciesRecursively: false, priority: 5 },
  { name: "start", test: /\/src\/(?:cli|action)\/main\.ts$/, priority: 4 },
  {
    name: "compare",
    test: /\/src\/(?:analyze-on-demand|cli\/commands\/compare|rules\/encodings\/network|systems\/api-shape|views\/text)\.ts$/,
    priority: 2,
  },
  // What only changes of few fields ask for, most of it of one infrastructure.
  {
    name: "gardener-uncommon",
    test: /\/src\/systems\/gardener\/(?:operations\/|admission\/validate-(?:kubelet|operations|shoot|update)\.|providers\/(?!cidr|functions|json|node-template|problems))/,
    includeDependenciesRecursively: false,
    priority: 5,
  },
  { name: "gardener", test: /\/src\/systems\/gardener\//, priority: 1 },
  { name: "hypershift", test: /\/src\/systems\/hypershift\//, priority: 1 },
];

/** What the Action does at its end, also where there was nothing to judge. */
const actionGroups = [
  { name: "deliver", test: /\/src\/(?:action\/deliver|report\/assemble)\.ts$/, priority: 3 },
  { name: "hash", test: /\/node_modules\/@noble\//, includeDependenciesRecursively: false, priority: 5 },
];
const groupNames = new Set([...groups, ...actionGroups].map(({ name }) => name));

const library = (format, file) => ({
  input: "src/index.ts",
  platform: "neutral",
  output: { file: join(values.out, file), format, codeSplitting: false },
});

await mkdir(values.out, { recursive: true });
for (const folder of ["cli", "action", "tables"]) await rm(join(values.out, folder), { recursive: true, force: true });
await cp(join(root, "src/tables"), join(values.out, "tables"), { recursive: true });
for (const { input, platform, output } of [
  program("cli", { banner: "#!/usr/bin/env node\n" }),
  program("action", { more: actionGroups }),
  library("esm", "index.mjs"),
  library("cjs", "index.js"),
])
  await build({
    input: join(root, input),
    platform,
    preserveEntrySignatures: "allow-extension",
    cwd: root,
    transform: { define: { __VERSION__: JSON.stringify(version) }, target: "node20.19" },
    treeshake: {
      // These say nothing of side effects; without this the toolkit's HTTP client would come along for annotations, and
      // what applies patches for what compares.
      moduleSideEffects: (id) => !/node_modules\/(?:@actions|undici|tunnel|fast-json-patch)\//.test(id),
      // Whatever is not used stays only for a property that is read at the top of a module: a third of zod.
      propertyReadSideEffects: false,
    },
    resolve: {
      mainFields: ["module", "main"],
      conditionNames: [...(platform === "node" ? ["node"] : []), "import", "module", "default"],
    },
    plugins: [plainTexts()],
    output: { minify: true, comments: { legal: false }, ...output },
    logLevel: "warn",
  });
await writeFile(join(values.out, "package.json"), '{ "type": "commonjs" }\n');
