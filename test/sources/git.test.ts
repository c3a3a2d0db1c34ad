import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync, chmodSync, existsSync, rmSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { SideSource } from "../../src/sources/change.ts";
import { readGit, readGitSide } from "../../src/sources/git.ts";
import { InputError } from "../../src/sources/input-error.ts";
import { cloneOf, newRepository, temporaryFolder, type TestRepository } from "./repository.ts";

const groups = [{ pools: ["NodePool"], clusters: ["HostedCluster"], references: ["ConfigMap", "Secret"] }];
const shoot = (name: string, version = "1.33.0") =>
  `apiVersion: core.gardener.cloud/v1beta1\nkind: Shoot\nmetadata: {name: ${name}}\nspec: {kubernetes: {version: ${version}}}\n`;
const read = async (repository: TestRepository, ...operands: readonly string[]) =>
  await readGit(operands, { groups }, { cwd: repository.folder });
const namesOf = (side: SideSource) => side.files.map(({ path }) => path);
const textOf = (side: SideSource, path: string) =>
  Buffer.from(side.files.find((file) => file.path === path)?.bytes ?? []).toString("utf8");
const codesOf = (side: SideSource) => side.diagnostics.map(({ code }) => code);
const refuses = async (run: Promise<unknown>, code: string, message: RegExp) => {
  await assert.rejects(run, (error: unknown) => {
    assert.ok(error instanceof InputError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  });
};
const twoCommits = (context: TestContext) => {
  const repository = newRepository(context);
  const base = repository.commit({ "a.yaml": shoot("a"), "b.yaml": shoot("b"), "README.md": "# hi\n" });
  const head = repository.commit({ "a.yaml": shoot("a", "1.34.0"), "README.md": "# kind: Shoot\n" });
  return { repository, base, head };
};

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
  const crossed = await read(repository, "HEAD^:x/a.yaml", "HEAD:y/a.yaml");
  assert.equal(textOf(crossed.base, "x/a.yaml"), shoot("a"));
  assert.equal(textOf(crossed.head, "y/a.yaml"), shoot("y", "1.34.0"));
  const alone = await readGitSide("HEAD^:x", { groups }, { cwd: repository.folder });
  assert.deepEqual(namesOf(alone), ["x/a.yaml"]);
  await refuses(readGitSide("HEAD:nope", { groups }, { cwd: repository.folder }), "not-found", /HEAD:nope/);
});

test("a changed ConfigMap brings the unchanged manifests that may use it, in three processes", async (context) => {
  const repository = newRepository(context);
  const map = (name: string, data: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata: {config: ${data}}\n`;
  repository.commit({
    "cm.yaml": map("kubelet", "a"),
    "other.yaml": map("unrelated-to-all", "a"),
    "used.yaml": map("also-used", "a"),
    "pools/np.yaml":
      "apiVersion: hypershift.openshift.io/v1beta1\nkind: NodePool\nmetadata: {name: np}\nspec: {config: [{name: kubelet}, {name: also-used}]}\n",
    "docs/np.md": "A NodePool is a thing\n",
    "src/np.go": "package NodePool\n",
    "shoot.yaml": shoot("s"),
  });
  repository.commit({ "cm.yaml": map("kubelet", "b") });
  const sides = await read(repository, "HEAD^", "HEAD");
  assert.deepEqual(namesOf(sides.base), ["cm.yaml", "pools/np.yaml", "used.yaml"]);
  assert.deepEqual(namesOf(sides.head), ["cm.yaml", "pools/np.yaml", "used.yaml"]);
  assert.equal(sides.base.files[1], sides.head.files[1], "an unchanged file is the same object on both sides");
  assert.equal(sides.processes, 3);
  const narrowed = await readGit(
    ["HEAD^", "HEAD"],
    { groups, paths: (path) => !path.startsWith("pools/") },
    { cwd: repository.folder },
  );
  assert.deepEqual(namesOf(narrowed.head), ["cm.yaml"]);
});

test("of the unchanged manifests those are read that take part: users, their clusters, and what those name", async (context) => {
  const repository = newRepository(context);
  const object = (kind: string, name: string, spec: string) =>
    `kind: ${kind}\napiVersion: hypershift.openshift.io/v1beta1\nmetadata:\n  name: ${name}\nspec: ${spec}\n`;
  const map = (name: string, data = "a") =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata: {config: ${data}}\n`;
  repository.commit({
    "cm.yaml": map("kubelet"),
    "user.yaml": object("NodePool", "user", "{clusterName: prod, config: [{name: kubelet}, {name: more}]}"),
    "cluster.yaml": object("HostedCluster", "prod", "{sshKey: {name: key}}"),
    "key.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: key}\n",
    "sibling.yaml": object("NodePool", "sibling", "{clusterName: prod, config: [{name: other}]}"),
    "more.yaml": map("more"),
    "other.yaml": map("other"),
    "elsewhere.yaml": object("NodePool", "far", "{clusterName: dev, config: [{name: far}]}"),
    "far.yaml": map("far"),
    "dev.yaml": object("HostedCluster", "dev", "{}"),
    "template.yaml": object("NodePool", "np", '{clusterName: gone, config: [{name: "{{ .Values.config }}"}]}'),
    "charts/a.yaml": object("NodePool", "np", "\n  config:\n  - name: {{ .Values.config }}"),
    "charts/b.yaml": map("{{ .Values.config }}"),
    "placeholder.yaml": object("NodePool", "np", "{clusterName: CLUSTER_NAME}"),
    "alias.yaml": object("NodePool", "&a np", "{config: [{name: *a}]}"),
    "escaped.yaml": object("NodePool", "np", '{config: [{name: "\\x6bubelet"}]}'),
    "folded.yaml": map(">-\n    folded"),
    "deployment.yaml": "kind: Deployment\nmetadata: {name: kubelet}\nspec: {imagePullSecrets: [{name: ConfigMap}]}\n",
  });
  repository.commit({ "cm.yaml": map("kubelet", "b") });
  const sides = await read(repository, "HEAD^", "HEAD");
  assert.deepEqual(namesOf(sides.head), [
    "alias.yaml",
    "charts/a.yaml",
    "charts/b.yaml",
    "cluster.yaml",
    "cm.yaml",
    "deployment.yaml",
    "escaped.yaml",
    "folded.yaml",
    "key.yaml",
    "more.yaml",
    "other.yaml",
    "placeholder.yaml",
    "sibling.yaml",
    "template.yaml",
    "user.yaml",
  ]);
  assert.equal(sides.processes, 3);
});

test("what holds a shared kind in part of a word only is searched for nowhere", async (context) => {
  const repository = newRepository(context);
  const deployment = (tag: string) =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {imagePullSecrets: [${tag}], a: ExternalSecret}\n`;
  repository.commit({ "a.yaml": deployment("a"), "s.yaml": "kind: Secret\nmetadata: {name: a}\n" });
  repository.commit({ "a.yaml": deployment("b") });
  const sides = await read(repository, "HEAD^", "HEAD");
  assert.deepEqual(namesOf(sides.head), ["a.yaml"]);
  assert.equal(sides.processes, 2);
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

test("a clone that is too shallow is refused with the command that mends it", async (context) => {
  const { repository, base } = twoCommits(context);
  const clone = cloneOf(context, repository, "--depth=1");
  await refuses(read(clone, "HEAD^", "HEAD"), "shallow-clone", /git fetch --deepen=1 origin HEAD.*fetch-depth: 2/);
  await refuses(read(clone, base, "HEAD"), "unknown-revision", new RegExp(`git fetch origin ${base} --depth=1`));
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

test("unknown, hostile and unrelated revisions are refused in plain words", async (context) => {
  const { repository } = twoCommits(context);
  await refuses(read(repository, "nope", "HEAD"), "unknown-revision", /git fetch origin nope/);
  await refuses(read(repository, "--output=x", "HEAD"), "bad-revision", /not a revision/);
  await refuses(read(repository, "a\nb", "HEAD"), "bad-revision", /not a revision/);
  await refuses(read(repository, "$(touch x)\u001b[31m", "HEAD"), "unknown-revision", /\\u001b/);
  assert.ok(!existsSync(join(repository.folder, "x")));
  repository.git("checkout", "-q", "--orphan", "alone");
  repository.commit({ "z.yaml": shoot("z") });
  await refuses(read(repository, "main...alone"), "no-merge-base", /no common commit/);
});

test("outside of a repository, without a default branch, and without git", async (context) => {
  const folder = temporaryFolder(context);
  await refuses(readGit([], { groups }, { cwd: folder }), "not-a-repository", /no git repository/);
  const repository = newRepository(context);
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

test("a blobless clone fetches all that differs at once", async (context) => {
  const { repository } = twoCommits(context);
  repository.git("config", "uploadpack.allowFilter", "true");
  repository.git("config", "uploadpack.allowAnySHA1InWant", "true");
  const clone = cloneOf(context, repository, "--filter=blob:none", "--no-checkout");
  const environment = {
    ...process.env,
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "protocol.file.allow",
    GIT_CONFIG_VALUE_0: "always",
  };
  const sides = await readGit(["HEAD^", "HEAD"], { groups }, { cwd: clone.folder, environment });
  assert.equal(textOf(sides.base, "a.yaml"), shoot("a"));
  assert.equal(textOf(sides.head, "a.yaml"), shoot("a", "1.34.0"));
  assert.equal(sides.processes, 4);
  const other = cloneOf(context, repository, "--filter=blob:none", "--no-checkout");
  rmSync(repository.folder, { recursive: true });
  await refuses(
    readGit(["HEAD^", "HEAD"], { groups }, { cwd: other.folder, environment }),
    "partial-clone",
    /git fetch --refetch --no-filter origin/,
  );
});

test("a file of the base that the clone lacks is never taken for one that is not there", async (context) => {
  const repository = newRepository(context);
  repository.git("config", "uploadpack.allowFilter", "true");
  repository.commit({ "gate.yaml": "failOn: [replace]\n", "a.yaml": shoot("a") });
  repository.commit({ "gate.yaml": null, "a.yaml": shoot("a", "1.34.0") });
  const clone = cloneOf(context, repository, "--filter=blob:none");
  rmSync(repository.folder, { recursive: true });
  const readWith = (path: string) =>
    readGit(
      ["HEAD^", "HEAD"],
      async (base) => {
        await base(path);
        throw new Error("it was read");
      },
      { cwd: clone.folder },
    );
  await refuses(readWith("gate.yaml"), "partial-clone", /git fetch --refetch --no-filter origin/);
  await assert.rejects(readWith("absent.yaml"), /it was read/);
});

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
  const content = shoot("big");
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

test("no program that the repository's configuration names is run", async (context) => {
  const { repository } = twoCommits(context);
  const trap = join(repository.folder, "..", `trap-${Date.now()}.sh`);
  const mark = `${trap}.ran`;
  context.after(() => [trap, mark].forEach((path) => rmSync(path, { force: true })));
  writeFileSync(trap, `#!/bin/sh\ntouch ${mark}\ncat\n`, { mode: 0o755 });
  for (const [key, value] of [
    ["core.fsmonitor", trap],
    ["diff.external", trap],
    ["filter.x.clean", trap],
    ["filter.x.smudge", trap],
    ["diff.x.textconv", trap],
    ["core.pager", trap],
  ] as const)
    repository.git("config", key, value);
  repository.write({ ".gitattributes": "*.yaml filter=x diff=x\n", "b.yaml": shoot("b", "1.39.0") });
  await read(repository, "HEAD");
  await read(repository, "HEAD^", "HEAD");
  assert.ok(!existsSync(mark));
});

test("variables that point git elsewhere do not mislead it", async (context) => {
  const { repository } = twoCommits(context);
  const other = newRepository(context);
  const environment = {
    ...process.env,
    GIT_DIR: join(other.folder, ".git"),
    GIT_INDEX_FILE: "/nonexistent",
    GIT_EXTERNAL_DIFF: "false",
  };
  const sides = await readGit(["HEAD^"], { groups }, { cwd: repository.folder, environment });
  assert.deepEqual(namesOf(sides.head), ["a.yaml"]);
});

test("a file over the bound is left out with an error, and the rest is read", async (context) => {
  const repository = newRepository(context);
  repository.commit({});
  repository.commit({ "a.yaml": shoot("a"), "huge.yaml": `# ${"x".repeat(200_000)}\n`, "z.yaml": shoot("z") });
  const { head } = await readGit(["HEAD^", "HEAD"], { groups }, { cwd: repository.folder, fileBytes: 100_000 });
  assert.deepEqual(namesOf(head), ["a.yaml", "z.yaml"]);
  assert.deepEqual(codesOf(head), ["file-too-large"]);
});
