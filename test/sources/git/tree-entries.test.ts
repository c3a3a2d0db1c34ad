import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, symlinkSync, writeFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { SideSource } from "../../../src/sources/change.ts";
import { groups, shoot, readGit, read, namesOf, textOf } from "./read-git.ts";
import { newRepository } from "./repository.ts";

const codesOf = (side: SideSource) => side.diagnostics.map(({ code }) => code);

test("a submodule that moves is said, with how to compare it", async (context) => {
  const inner = newRepository(context);
  inner.commit({ "a.yaml": shoot("a") });
  const repository = newRepository(context);
  repository.commit({ "x.yaml": shoot("x") });
  repository.git("submodule", "--quiet", "add", `file://${inner.folder}`, "clusters");
  repository.commit({});
  const before = inner.git("rev-parse", "HEAD");
  const after = inner.commit({ "a.yaml": shoot("a", "1.34.0") });
  repository.git("-C", "clusters", "pull", "-q");
  repository.commit({});
  const sides = await read(repository, "HEAD^", "HEAD");
  assert.deepEqual(codesOf(sides.base), []);
  assert.deepEqual(codesOf(sides.head), ["submodule-changed"]);
  assert.ok(sides.head.diagnostics[0]?.message.includes(`will-it-roll ${before} ${after}`));
  assert.equal(sides.head.diagnostics[0]?.incomplete, true);
});

test("an LFS pointer is followed when its content is there, and refused when not", async (context) => {
  const repository = newRepository(context);
  const content = `${shoot("big")}# ${"x".repeat(1000)}\n`;
  const id = createHash("sha256").update(content).digest("hex");
  repository.commit({});
  repository.commit({
    "big.yaml": `version https://git-lfs.github.com/spec/v1\noid sha256:${id}\nsize ${content.length}\n`,
  });
  const absent = await read(repository, "HEAD^", "HEAD");
  assert.deepEqual(codesOf(absent.head), ["lfs-pointer"]);
  assert.match(absent.head.diagnostics[0]!.message, /git lfs fetch/);
  const folder = join(repository.folder, ".git", "lfs", "objects", id.slice(0, 2), id.slice(2, 4));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, id), content);
  assert.equal(textOf((await read(repository, "HEAD^", "HEAD")).head, "big.yaml"), content);
  const bounded = { cwd: repository.folder, fileBytes: content.length - 1 };
  assert.deepEqual(codesOf((await readGit(["HEAD^", "HEAD"], { groups }, bounded)).head), ["file-too-large"]);
});

test("symbolic links are followed inside the repository only", async (context) => {
  const repository = newRepository(context);
  repository.commit({ "versions/v1.yaml": shoot("a"), "versions/v2.yaml": shoot("a", "1.34.0") });
  symlinkSync("../versions/v1.yaml", join(repository.write({ "prod/keep": "" }).folder, "prod", "shoot.yaml"));
  repository.commit({});
  rmSync(join(repository.folder, "prod", "shoot.yaml"));
  symlinkSync("../versions/v2.yaml", join(repository.folder, "prod", "shoot.yaml"));
  symlinkSync("/etc/hostname", join(repository.folder, "outside.yaml"));
  symlinkSync("nowhere.yaml", join(repository.folder, "broken.yaml"));
  const inTree = await read(repository, "HEAD");
  repository.commit({});
  for (const sides of [await read(repository, "HEAD^", "HEAD"), inTree]) {
    assert.equal(textOf(sides.base, "prod/shoot.yaml"), shoot("a"));
    assert.equal(textOf(sides.head, "prod/shoot.yaml"), shoot("a", "1.34.0"));
    assert.deepEqual(
      sides.head.diagnostics.map(({ file }) => file ?? "").toSorted((a, b) => a.localeCompare(b)),
      ["broken.yaml", "outside.yaml"],
    );
    assert.ok(sides.head.diagnostics.every(({ incomplete }) => incomplete === true));
  }
});

test("names that are not UTF-8, and names with line breaks, are read and shown escaped", async (context) => {
  const repository = newRepository(context);
  repository.commit({});
  const folder = Buffer.from(`${repository.folder}/`);
  writeFileSync(Buffer.concat([folder, Buffer.from([0x61, 0xff, 0x2e, 0x79, 0x61, 0x6d, 0x6c])]), shoot("latin"));
  writeFileSync(join(repository.folder, "new\nline.yaml"), shoot("line"));
  const working = await read(repository, "HEAD");
  repository.commit({});
  const committed = await read(repository, "HEAD^", "HEAD");
  for (const { head } of [working, committed]) {
    assert.deepEqual(namesOf(head), ["a\\xff.yaml", "new\\u000aline.yaml"]);
    assert.equal(textOf(head, "a\\xff.yaml"), shoot("latin"));
  }
});

test("a file over the bound is left out with an error, and the rest is read", async (context) => {
  const repository = newRepository(context);
  repository.commit({});
  repository.commit({ "a.yaml": shoot("a"), "huge.yaml": `# ${"x".repeat(200_000)}\n`, "z.yaml": shoot("z") });
  const { head } = await readGit(["HEAD^", "HEAD"], { groups }, { cwd: repository.folder, fileBytes: 100_000 });
  assert.deepEqual(namesOf(head), ["a.yaml", "z.yaml"]);
  assert.deepEqual(codesOf(head), ["file-too-large"]);
});
