import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readGitSide } from "../../../src/sources/git/sides.ts";
import { groups, shoot, readGit, read, namesOf, textOf, refuses, twoCommits } from "./read-git.ts";
import { cloneOf, newRepository } from "./repository.ts";

test("two revisions give the changed manifests of both sides, in two processes", async (context) => {
  const { repository, base, head } = twoCommits(context);
  const sides = await read(repository, "HEAD^", "HEAD");
  assert.deepEqual(namesOf(sides.base), ["a.yaml"]);
  assert.deepEqual(namesOf(sides.head), ["a.yaml"]);
  assert.equal(textOf(sides.base, "a.yaml"), shoot("a"));
  assert.equal(textOf(sides.head, "a.yaml"), shoot("a", "1.34.0"));
  assert.equal(sides.base.revision, base);
  assert.equal(sides.head.revision, head);
  assert.equal(sides.head.label, "HEAD");
  assert.equal(sides.processes, 2);
});

test("from a folder inside the repository, paths still start at its root", async (context) => {
  const { repository } = twoCommits(context);
  repository.commit({ "deep/er/c.yaml": shoot("c") });
  const sides = await readGit(["HEAD^", "HEAD"], { groups }, { cwd: join(repository.folder, "deep", "er") });
  assert.deepEqual(namesOf(sides.head), ["deep/er/c.yaml"]);
});

test("added, deleted, renamed and mode-only changes", async (context) => {
  const repository = newRepository(context);
  repository.commit({ "gone.yaml": shoot("gone"), "old.yaml": shoot("moved"), "mode.yaml": shoot("mode") });
  repository.write({ "gone.yaml": null, "old.yaml": null, "new.yaml": shoot("moved"), "added.yml": shoot("added") });
  chmodSync(join(repository.folder, "mode.yaml"), 0o755);
  repository.commit({});
  const sides = await read(repository, "HEAD^", "HEAD");
  assert.deepEqual(namesOf(sides.base), ["gone.yaml", "mode.yaml", "old.yaml"]);
  assert.deepEqual(namesOf(sides.head), ["added.yml", "mode.yaml", "new.yaml"]);
});

test("a range compares with where the two parted, not with what the base did since", async (context) => {
  const repository = newRepository(context);
  const fork = repository.commit({ "a.yaml": shoot("a"), "b.yaml": shoot("b") });
  repository.git("checkout", "-q", "-b", "topic");
  repository.commit({ "a.yaml": shoot("a", "1.34.0") });
  repository.git("checkout", "-q", "main");
  repository.commit({ "b.yaml": shoot("b", "1.34.0") });
  const parted = await read(repository, "main...topic");
  assert.deepEqual(namesOf(parted.head), ["a.yaml"]);
  assert.equal(parted.base.revision, fork);
  assert.match(parted.base.label, /merge base of main and topic/);
  assert.deepEqual(namesOf((await read(repository, "main..topic")).head), ["a.yaml", "b.yaml"]);
});

test("no operand compares the working tree with the merge base of the default branch", async (context) => {
  const origin = newRepository(context);
  origin.commit({ "a.yaml": shoot("a"), "b.yaml": shoot("b"), ".gitignore": "ignored.yaml\n", "d.yaml": shoot("d") });
  const clone = cloneOf(context, origin);
  clone.git("checkout", "-q", "-b", "topic");
  clone.commit({ "b.yaml": shoot("b", "1.34.0") });
  clone.write({
    "a.yaml": shoot("a", "1.35.0"),
    "new.yaml": shoot("new"),
    "ignored.yaml": shoot("no"),
    "d.yaml": null,
  });
  const sides = await readGit([], { groups }, { cwd: clone.folder });
  assert.deepEqual(namesOf(sides.base), ["a.yaml", "b.yaml", "d.yaml"]);
  assert.deepEqual(namesOf(sides.head), ["a.yaml", "b.yaml", "new.yaml"]);
  assert.equal(textOf(sides.head, "a.yaml"), shoot("a", "1.35.0"));
  assert.equal(sides.base.label, "merge base with origin/HEAD");
  assert.equal(sides.head.label, "working tree");
  assert.equal(sides.head.revision, undefined);
});

test("REV:PATH narrows to a folder or file, also with another path on the other side", async (context) => {
  const repository = newRepository(context);
  repository.commit({ "x/a.yaml": shoot("a"), "y/a.yaml": shoot("y") });
  repository.commit({ "x/a.yaml": shoot("a", "1.34.0"), "y/a.yaml": shoot("y", "1.34.0") });
  assert.deepEqual(namesOf((await read(repository, "HEAD^:x", "HEAD:x")).head), ["x/a.yaml"]);
  // A path of one side counts for both.
  for (const operands of [
    ["HEAD^", "HEAD:x"],
    ["HEAD^:x", "HEAD"],
  ]) {
    const sides = await read(repository, ...operands);
    assert.deepEqual([namesOf(sides.base), namesOf(sides.head)], [["x/a.yaml"], ["x/a.yaml"]]);
    assert.deepEqual([sides.base.label, sides.head.label], ["HEAD^:x", "HEAD:x"]);
  }
  const crossed = await read(repository, "HEAD^:x/a.yaml", "HEAD:y/a.yaml");
  assert.equal(textOf(crossed.base, "x/a.yaml"), shoot("a"));
  assert.equal(textOf(crossed.head, "y/a.yaml"), shoot("y", "1.34.0"));
  const alone = await readGitSide("HEAD^:x", { groups }, { cwd: repository.folder });
  assert.deepEqual(namesOf(alone), ["x/a.yaml"]);
  await refuses(readGitSide("HEAD:nope", { groups }, { cwd: repository.folder }), "not-found", /HEAD:nope/);
});

test("the number of processes does not grow with the repository", async (context) => {
  const repository = newRepository(context);
  const files = Object.fromEntries(
    Array.from({ length: 400 }, (_, index) => [`d${index % 20}/f${index}.yaml`, shoot(`s${index}`)]),
  );
  repository.commit(files);
  repository.commit(Object.fromEntries(Object.keys(files).map((name) => [name, shoot("x", "1.34.0")])));
  const sides = await read(repository, "HEAD^", "HEAD");
  assert.equal(sides.head.files.length, 400);
  assert.equal(sides.processes, 2);
});

test("files are read by their content where their names say nothing", async (context) => {
  const repository = newRepository(context);
  repository.commit({});
  repository.commit({
    shoot: shoot("bare"),
    "shoot.yaml.tmpl": `# comment\n---\n${shoot("template")}`,
    "notes.md": `Text\n${shoot("no")}`,
    "main.go": "package main // Shoot",
    "image.png": Buffer.from([0, 1, 2, 3]),
  });
  assert.deepEqual(namesOf((await read(repository, "HEAD^", "HEAD")).head), ["shoot", "shoot.yaml.tmpl"]);
});
