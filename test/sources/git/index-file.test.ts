import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readIndex } from "../../../src/sources/git/index-file.ts";
import { newRepository, type TestRepository } from "./repository.ts";

const names = ["Chart.yaml", "kustomization.yaml"];
const indexOf = ({ folder }: TestRepository) => readIndex({ gitFolder: join(folder, ".git") }, 20, names);
const treeOf = (repository: TestRepository, revision = "HEAD") =>
  repository.git("rev-parse", `${revision}^{tree}`).trim();

test("names are found at the end of paths only, and the tree is that of the commit", (context) => {
  const repository = newRepository(context);
  repository.commit({ "a.yaml": "a", "my-Chart.yaml": "a", "Chart.yaml/a": "a" });
  assert.deepEqual(indexOf(repository), { hasName: false, tree: treeOf(repository) });
  repository.commit({ "z/kustomization.yaml": "a" });
  assert.deepEqual(indexOf(repository), { hasName: true, tree: treeOf(repository) });
});

test("a path whose length does not fit into its entry is read to its end", (context) => {
  const repository = newRepository(context);
  repository.commit({ "z/kustomization.yaml": "a" });
  const blob = repository.git("rev-parse", "HEAD:z/kustomization.yaml");
  repository.git("update-index", "--add", "--cacheinfo", `100644,${blob},${"deep/".repeat(900)}b`);
  assert.deepEqual(indexOf(repository), { hasName: true, tree: undefined });
});

test("staged changes invalidate the index's tree", (context) => {
  const repository = newRepository(context);
  repository.commit({ "a.yaml": "a", "b/b.yaml": "b" });
  writeFileSync(join(repository.folder, "b", "c.yaml"), "c");
  repository.git("add", ".");
  assert.deepEqual(indexOf(repository), { hasName: false, tree: undefined });
});

test("indexes that shorten or leave out paths, and broken ones, are not read", (context) => {
  const repository = newRepository(context);
  repository.commit({ "a.yaml": "a", "b/kustomization.yaml": "b" });
  repository.git("update-index", "--index-version", "4");
  assert.equal(indexOf(repository), undefined);
  repository.git("update-index", "--index-version", "2");
  assert.equal(indexOf(repository)?.hasName, true);
  repository.git("update-index", "--split-index");
  assert.equal(indexOf(repository), undefined);
  for (const text of ["", "DIRC", "DIRC\0\0\0\u0002\0\0\0\u0009short"]) {
    writeFileSync(join(repository.folder, ".git", "index"), text);
    assert.equal(indexOf(repository), undefined);
  }
});
