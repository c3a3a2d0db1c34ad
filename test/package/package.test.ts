import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import type * as Library from "../../src/index.ts";
import { builtBundles, root } from "../built-program.ts";

interface Manifest {
  readonly version: string;
  readonly files: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
}
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;

/** npm as somebody without a network has it: no configuration, an empty cache, and a registry that does not answer. */
function npm(command: "npm" | "npx", args: readonly string[], cwd: string, home: string): string {
  const { PATH = "" } = process.env;
  const env = {
    PATH,
    HOME: home,
    npm_config_cache: join(home, "cache"),
    npm_config_registry: "http://127.0.0.1:9/",
    npm_config_offline: "true",
  };
  return execFileSync(command, args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

describe("the published package", () => {
  let folder = "";
  let tarball = "";
  let packed: readonly string[] = [];

  before(async () => {
    const bundles = await builtBundles();
    folder = mkdtempSync(join(tmpdir(), "will-it-roll-package-"));
    const source = join(folder, "source");
    mkdirSync(join(source, "dist"), { recursive: true });
    for (const file of ["package.json", "README.md", "LICENSE", "NOTICES.md", "sbom.json", "schemas"])
      cpSync(join(root, file), join(source, file), { recursive: true });
    cpSync(bundles, join(source, "dist"), { recursive: true });
    execFileSync(
      process.execPath,
      ["--import", "tsx", join(root, "scripts/declarations.ts"), "--out", join(source, "dist")],
      { cwd: root },
    );
    const [result] = JSON.parse(
      npm("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], source, folder),
    ) as [{ filename: string; files: { path: string }[] }];
    tarball = join(folder, result.filename);
    packed = result.files.map(({ path }) => path);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("holds what is needed and nothing else", () => {
    const expected =
      /^(?:package\.json|README\.md|LICENSE|NOTICES\.md|sbom\.json|schemas\/(?:report|configuration|rules)\.json|dist\/(?:cli|index)\.js|dist\/index\.(?:mjs|d\.ts|d\.mts)|dist\/package\.json|dist\/cli\/[\w-]+\.cjs|dist\/tables\/\w+\.jsonl)$/;
    assert.deepEqual(
      packed.filter((path) => !expected.test(path)),
      [],
    );
    for (const file of [
      "dist/cli.js",
      "dist/index.js",
      "dist/index.mjs",
      "dist/index.d.ts",
      "dist/index.d.mts",
      "dist/package.json",
      "dist/tables/gardener.jsonl",
      "dist/tables/hypershift.jsonl",
      "LICENSE",
      "NOTICES.md",
      "schemas/report.json",
    ])
      assert.ok(packed.includes(file), file);
    assert.equal(manifest.dependencies, undefined, "everything is bundled");
  });

  it("runs with npx in an empty folder, offline", () => {
    const empty = join(folder, "empty");
    mkdirSync(empty);
    const [base, head] = ["base", "head"].map((side) => join(root, `examples/gardener.${side}.yaml`));
    const output = npm("npx", ["--yes", `--package=${tarball}`, "will-it-roll", base ?? "", head ?? ""], empty, folder);
    assert.match(output, /1 of 3 pools in 1 cluster will have its nodes replaced/);
    assert.deepEqual(readdirSync(empty), []);
  });

  it("is a library that needs no type but its own", async () => {
    const user = join(folder, "user");
    mkdirSync(user);
    writeFileSync(join(user, "package.json"), '{"type":"module","private":true}\n');
    npm("npm", ["install", "--no-audit", "--no-fund", tarball], user, folder);
    const code = [
      'import { analyze, explainPools, version, type Cause, type Report, type TablePart } from "will-it-roll";',
      'const report: Report = analyze({ label: "a", files: [] }, { label: "b", files: [] }, { targets: { gardener: "1.149" } });',
      "const causes: readonly Cause[] = report.pools.flatMap((pool) => pool.causes);",
      "// @ts-expect-error an effect is one of the words, not any text",
      'const wrong: Report["verdict"] = "explode";',
      'const part: TablePart = { system: "gardener", fields: [{ id: "a", at: "$pool/a", effect: "none", because: "b" }] };',
      "export const results = [causes.length, wrong, version, explainPools, part];",
      "",
    ].join("\n");
    writeFileSync(join(user, "use.ts"), code);
    const flags = [
      "--ignoreConfig",
      "--noEmit",
      "--strict",
      "--exactOptionalPropertyTypes",
      "--target",
      "es2023",
      "--lib",
      "es2023",
      "--module",
      "nodenext",
      "--types",
      "",
    ];
    execFileSync(join(root, "node_modules/.bin/tsc"), [...flags, "use.ts"], { cwd: user, stdio: "pipe" });
    const side = (label: string) => ({ label, files: [] });
    const require = createRequire(join(user, "use.js"));
    const forms = {
      "index.mjs": pathToFileURL(join(user, "node_modules/will-it-roll/dist/index.mjs")).href,
      "index.js": pathToFileURL(require.resolve("will-it-roll")).href,
    };
    for (const [name, url] of Object.entries(forms)) {
      assert.ok(url.endsWith(`/dist/${name}`), url);
      const library = (await import(url)) as typeof Library;
      assert.equal(library.analyze(side("a"), side("b")).verdict, "none");
    }
    assert.equal((require("will-it-roll") as typeof Library).version, manifest.version);
  });

  it("has a library that a browser can load", async () => {
    for (const name of ["index.mjs", "index.js"]) {
      const text = readFileSync(join(await builtBundles(), name), "utf8");
      assert.doesNotMatch(text, /(?:from|import)\s*\(?["'`]node:/);
      assert.doesNotMatch(text, /\bprocess\.(?:env|argv|cwd|std)/);
      assert.doesNotMatch(text, /\brequire\(/);
    }
  });
});

/** What a file of the bundles loads: at once by `require` at its top, or later inside a function. */
function loadedBy(file: string, text: string): { readonly path: string; readonly isLater: boolean }[] {
  return [...text.matchAll(/(\.then\(\(\)=>)?require\(["'`](\.[^"'`]+)["'`]\)/g)].map(([, later, target = ""]) => ({
    path: join(file, "..", target),
    isLater: later !== undefined,
  }));
}

/** The files that are reached from one, as far as `follows` says. */
function reached(bundles: string, entry: string, follows: (isLater: boolean) => boolean): Set<string> {
  const files = new Set([entry]);
  for (const file of files)
    for (const { path, isLater } of loadedBy(file, readFileSync(join(bundles, file), "utf8")))
      if (follows(isLater)) files.add(path);
  return files;
}

describe("the command's parts", () => {
  it("are all reached", async () => {
    const bundles = await builtBundles();
    const files = reached(bundles, "cli.js", () => true);
    assert.deepEqual(
      readdirSync(join(bundles, "cli")).filter((file) => !files.has(`cli/${file}`)),
      [],
    );
  });

  it("are not loaded for --help", async () => {
    const bundles = await builtBundles();
    assert.deepEqual([...reached(bundles, "cli.js", (isLater) => !isLater)], ["cli.js"]);
    assert.ok(readFileSync(join(bundles, "cli.js")).length < 20_000);
  });

  for (const system of ["gardener", "hypershift"])
    it(`of another system than ${system}, of git, zod and GitHub are not loaded for two files`, async () => {
      const bundles = await builtBundles();
      const trace = 'process.on("exit",()=>console.error(Object.keys(require("node:module")._cache).join("\\n")))';
      const folder = mkdtempSync(join(tmpdir(), "will-it-roll-parts-"));
      const traced = join(folder, "trace.cjs");
      writeFileSync(traced, trace);
      const sides = ["base", "head"].map((side) => join(root, `examples/${system}.${side}.yaml`));
      const { stderr } = spawnSync(process.execPath, ["--require", traced, join(bundles, "cli.js"), ...sides], {
        encoding: "utf8",
      });
      rmSync(folder, { recursive: true });
      const parts = stderr.split("\n").flatMap((line) => /\/cli\/([\w-]+)\.cjs$/.exec(line)?.[1] ?? []);
      assert.ok(parts.includes(system));
      const wanted = ["compare", system, "hash", "rolldown-runtime", "uncommon"];
      assert.deepEqual(
        parts.filter((part) => !wanted.includes(part)),
        [],
      );
    });
});
