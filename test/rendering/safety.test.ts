import assert from "node:assert/strict";
import { existsSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { newRepository } from "../sources/git/repository.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { effectsOf, reportBetween, reportOf, withTools } from "./comparison.ts";
import { chart, newDefault, values } from "./pool-chart.ts";
import { nodePool } from "./shoots.ts";

const base = { "kustomization.yaml": "resources: [pool.yaml]\n", "pool.yaml": nodePool("c", "a") };
const unknown = [". c/a unknown"];

test("a file outside of the repository is not read, by path or by link", withTools, async (context) => {
  const outside = await reportOf(context, base, { "kustomization.yaml": "resources: [pool.yaml, /etc/hostname]\n" });
  assert.deepEqual(effectsOf(outside), unknown);
  const repository = newRepository(context);
  const from = repository.commit(base);
  symlinkSync("/etc/hostname", join(repository.folder, "leak.yaml"));
  const to = repository.commit({ "kustomization.yaml": "resources: [pool.yaml, leak.yaml]\n" });
  assert.deepEqual(effectsOf(await reportBetween(repository, from, to)), unknown);
  assert.deepEqual(effectsOf(await reportBetween(repository, from, undefined)), unknown);
});

test("a link inside the repository is followed", withTools, async (context) => {
  const repository = newRepository(context);
  const from = repository.commit({ ...base, "kustomization.yaml": "resources: [link.yaml]\n" });
  symlinkSync("pool.yaml", join(repository.folder, "link.yaml"));
  const linked = repository.commit({});
  const to = repository.commit({ "pool.yaml": nodePool("c", "a", "", 8) });
  assert.deepEqual(effectsOf(await reportBetween(repository, linked, to)), [". c/a replace"]);
  assert.notEqual(from, linked);
});

test("a changed link of the working tree whose name is no UTF-8 does not end the run", withTools, async (context) => {
  const repository = newRepository(context);
  const link = Buffer.concat([Buffer.from(`${repository.folder}/`), Buffer.from([0xff]), Buffer.from(".yaml")]);
  repository.write(base);
  symlinkSync("pool.yaml", link);
  const from = repository.commit({});
  rmSync(link);
  symlinkSync("kustomization.yaml", link);
  repository.write({ "pool.yaml": nodePool("c", "a", "", 8) });
  assert.ok(effectsOf(await reportBetween(repository, from, undefined)).includes(". c/a replace"));
});

test("no program of the repository runs: exec functions and plugins are refused", withTools, async (context) => {
  const marker = join(temporaryFolder(context), "ran");
  const exec = `apiVersion: example.com/v1
kind: Run
metadata:
  name: run
  annotations:
    config.kubernetes.io/function: |
      exec: {path: ./run.sh}
`;
  const report = await reportOf(context, base, {
    "kustomization.yaml": "resources: [pool.yaml]\ntransformers: [run.yaml]\n",
    "run.yaml": exec,
    "run.sh": `#!/bin/sh\ntouch ${marker}\n`,
  });
  assert.deepEqual([effectsOf(report), existsSync(marker)], [unknown, false]);
});

test("neither the folder of a chart nor the name of a release is an option of helm", withTools, async (context) => {
  for (const folder of ["--post-renderer=sh", "--output-dir=out", "-Weird_Name"]) {
    const files = Object.entries({ ...chart, "charts/pools/ci/test-values.yaml": values(8) });
    const moved = files.map(([path, text]) => [path.replace("charts/pools", folder), text] as const);
    const change = { [`${folder}/values.yaml`]: newDefault["charts/pools/values.yaml"] };
    const report = await reportOf(context, Object.fromEntries(moved), change);
    assert.deepEqual(effectsOf(report), [`${folder} (ci/test-values.yaml) c/a replace`]);
  }
  const charts = [{ chart: "charts/pools", values: ["v.yaml"], release: "--post-renderer=sh" }];
  const named = await reportOf(context, { ...chart, "v.yaml": values(8) }, newDefault, { charts });
  assert.deepEqual(named.verdict, "unknown");
  assert.match(named.diagnostics[0]?.message ?? "", /"--post-renderer=sh" is not a valid release name/);
});

test("the user's environment does not reach the build", withTools, async (context) => {
  process.env["WILL_IT_ROLL_SECRET"] = "hunter2";
  try {
    const generator =
      "resources: [pool.yaml]\nconfigMapGenerator: [{name: leak, envs: [names.env], options: {disableNameSuffixHash: true}}]\n";
    const named = {
      ...base,
      "kustomization.yaml": generator,
      "names.env": "A=1\n",
      "pool.yaml": nodePool("c", "a", "  config: [{name: leak}]\n"),
    };
    const report = await reportOf(context, named, { "names.env": "WILL_IT_ROLL_SECRET\n" });
    assert.doesNotMatch(JSON.stringify(report), /hunter2/);
  } finally {
    delete process.env["WILL_IT_ROLL_SECRET"];
  }
});

test("no folder of a build is left behind", withTools, async (context) => {
  const folder = temporaryFolder(context);
  const { TMPDIR: before } = process.env;
  context.after(() => {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  });
  // Other builds on this machine leave theirs elsewhere.
  process.env["TMPDIR"] = folder;
  await reportOf(context, base, { "pool.yaml": nodePool("c", "a", "", 8) });
  await reportOf(context, base, { "kustomization.yaml": "resources: [gone.yaml]\n" });
  const isBuild = (name: string): boolean => existsSync(join(folder, name, "base"));
  assert.deepEqual(readdirSync(folder).filter(isBuild), []);
});

test("the working tree is rendered with what git does not know yet", withTools, async (context) => {
  const repository = newRepository(context);
  const from = repository.commit(base);
  repository.write({ "kustomization.yaml": "resources: [pool.yaml, more.yaml]\n", "more.yaml": nodePool("c", "b") });
  assert.deepEqual(effectsOf(await reportBetween(repository, from, undefined)), [". c/b create"]);
});
