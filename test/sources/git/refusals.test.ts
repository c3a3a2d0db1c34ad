import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parseRange } from "../../../src/sources/git/revision.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { groups, shoot, readGit, read, namesOf, refuses, twoCommits } from "./read-git.ts";
import { cloneOf, newRepository } from "./repository.ts";

test("a clone that is too shallow is refused with the command that fixes it", async (context) => {
  const { repository, base } = twoCommits(context);
  const clone = cloneOf(context, repository, "--depth=1");
  await refuses(read(clone, "HEAD^", "HEAD"), "shallow-clone", /git fetch --deepen=1 origin HEAD.*fetch-depth: 2/);
  await refuses(read(clone, base, "HEAD"), "unknown-revision", new RegExp(`git fetch origin --depth=1 ${base}$`));
  clone.git("fetch", "-q", "--deepen=1", "origin", "HEAD");
  assert.deepEqual(namesOf((await read(clone, "HEAD^", "HEAD")).head), ["a.yaml"]);
});

test("a merge base that a shallow clone hides is refused", async (context) => {
  const origin = newRepository(context);
  origin.commit({ "a.yaml": shoot("a") });
  origin.git("checkout", "-q", "-b", "topic");
  origin.commit({ "a.yaml": shoot("b") });
  origin.commit({ "a.yaml": shoot("c") });
  origin.git("checkout", "-q", "main");
  origin.commit({ "b.yaml": shoot("b") });
  const clone = cloneOf(context, origin, "--depth=1", "--no-single-branch");
  await refuses(read(clone, "origin/main...origin/topic"), "shallow-clone", /git fetch --unshallow origin/);
});

test("a path that neither side has is refused, and not called equal", async (context) => {
  const repository = newRepository(context);
  repository.commit({ "fleet/a.yaml": shoot("a"), "kept/a.yaml": shoot("a"), ".gitignore": "ignored\n" });
  repository.commit({ "fleet/a.yaml": null, "moved/a.yaml": shoot("a") });
  const misspelt = /^flet is not a file or folder in HEAD~1 or HEAD\. Check the path/;
  await refuses(read(repository, "HEAD~1:flet", "HEAD:flet"), "not-found", misspelt);
  await refuses(read(repository, "HEAD~1:flet", "HEAD"), "not-found", misspelt);
  await refuses(read(repository, "HEAD~1:flet"), "not-found", /HEAD~1 or working tree/);
  assert.deepEqual((await read(repository, "HEAD~1:fleet", "HEAD:fleet")).head.files, []);
  assert.deepEqual((await read(repository, "HEAD:moved")).changed, []);
  const { base, head } = await read(repository, "HEAD~1:moved", "HEAD");
  assert.deepEqual([base.label, head.label], ["HEAD~1:moved", "HEAD:moved"]);
  // Where a side is said to have it, it is that side that is looked at.
  repository.write({ "kept/a.yaml": null, "ignored/a.yaml": shoot("a") });
  assert.deepEqual((await read(repository, "HEAD~1:kept", "HEAD:kept")).changed, []);
  assert.deepEqual((await read(repository, "HEAD:ignored")).changed, []);
  await refuses(read(repository, "HEAD~1:ignored", "HEAD:ignored"), "not-found", /^ignored is not/);
});

test("unknown, hostile and unrelated revisions are refused in plain words", async (context) => {
  const { repository } = twoCommits(context);
  await refuses(read(repository, "nope", "HEAD"), "unknown-revision", /git fetch origin nope/);
  for (const path of ["./nope", "../nope.d", "/no/pe", "nope/"])
    await refuses(read(repository, path, "HEAD"), "not-found", /does not exist, neither as a path nor as a revision/);
  await refuses(read(repository, "--output=x", "HEAD"), "bad-revision", /not a revision/);
  await refuses(read(repository, "a\nb", "HEAD"), "bad-revision", /not a revision/);
  await refuses(read(repository, "$(touch x)\u001b[31m", "HEAD"), "unknown-revision", /\\u001b/);
  assert.ok(!existsSync(join(repository.folder, "x")));
  await refuses(
    read(repository, "HEAD~1...HEAD:a.yaml"),
    "bad-revision",
    /mixes a range with a path\. Give the two sides/,
  );
  for (const range of ["HEAD~1..", "HEAD~1...", "HEAD~1..HEAD", "HEAD~1...HEAD"])
    assert.deepEqual(namesOf((await read(repository, range)).head), ["a.yaml"], range);
  for (const path of ["../HEAD", "HEAD/../a", "..HEAD", "HEAD~1../x"]) assert.equal(parseRange(path), undefined, path);
  repository.git("checkout", "-q", "--orphan", "alone");
  repository.commit({ "z.yaml": shoot("z") });
  await refuses(read(repository, "main...alone"), "no-merge-base", /no common commit/);
});

test("a revision that leads nowhere is told from one that nobody has fetched", async (context) => {
  const { repository } = twoCommits(context);
  repository.git("branch", "feature/x");
  const clone = cloneOf(context, repository, "--no-local");
  for (const [revision, said] of [
    ["feature/x", /\(did you mean "origin\/feature\/x"\?\)$/],
    ["feature/y", /or fetch it with git fetch origin feature\/y and call it FETCH_HEAD$/],
    ["origin/feature/y", /or fetch it with git fetch origin feature\/y$/],
    ["0123456", /or fetch it with git fetch origin 0123456$/],
    ["a b", /or fetch it with git fetch origin$/],
    ["HEAD~9", /^HEAD~9 names no commit: HEAD is there, but has nothing of that kind/],
    ["main^2", /^main\^2 names no commit: main is there/],
    ["nope~1", /^nope~1 is neither a file nor a revision of /],
    ["HEAD@{u}", /^HEAD@\{u\} names no commit here \(git: .*upstream/],
    ["nope@{u}", /^nope@\{u\} names no commit here \(git: no such branch/],
    ["HEAD@{99}", /^HEAD@\{99\} names no commit here \(git: log for/],
  ] as const) {
    if (revision === "HEAD@{u}") clone.git("checkout", "-q", "-b", "alone");
    await refuses(read(clone, revision, "HEAD"), "unknown-revision", said);
  }
  const empty = newRepository(context);
  for (const revision of ["HEAD", "HEAD~1", "@"])
    await refuses(read(empty, revision, "HEAD"), "no-commit", /has no commit yet/);
});

test("outside of a repository, without a default branch, and without git", async (context) => {
  const folder = temporaryFolder(context);
  await refuses(readGit([], { groups }, { cwd: folder }), "not-a-repository", /is not in a git repository/);
  const repository = newRepository(context);
  await refuses(readGit([], { groups }, { cwd: repository.folder }), "no-commit", /has no commit yet/);
  repository.commit({ "a.yaml": shoot("a") });
  repository.git("branch", "-q", "-m", "trunk");
  await refuses(
    readGit([], { groups }, { cwd: repository.folder }),
    "no-default-branch",
    /git remote set-head origin --auto/,
  );
  const environment = { PATH: folder };
  await refuses(
    readGit(["HEAD", "HEAD"], { groups }, { cwd: repository.folder, environment }),
    "git-missing",
    /git is not installed/,
  );
});

test("a bare repository compares revisions and refuses a working tree", async (context) => {
  const { repository } = twoCommits(context);
  const bare = cloneOf(context, repository, "--bare");
  assert.deepEqual(namesOf((await read(bare, "main^", "main")).head), ["a.yaml"]);
  await refuses(read(bare, "main"), "no-working-tree", /will-it-roll BASE HEAD/);
});
