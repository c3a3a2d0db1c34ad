import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { gitTrees } from "../../../src/rendering/trees/git-trees.ts";
import type { Wish } from "../../../src/sources/change.ts";
import { readGitSide, withGitChange } from "../../../src/sources/git/sides.ts";
import { path, withProgram } from "../../cli/faults.ts";
import { folderWith } from "../../temporary-folder.ts";
import { groups, readGit, refuses, shoot, textOf, twoCommits } from "./read-git.ts";
import { cloneOf, newRepository, type TestRepository } from "./repository.ts";

const environment = {
  ...process.env,
  GIT_CONFIG_COUNT: "1",
  GIT_CONFIG_KEY_0: "protocol.file.allow",
  GIT_CONFIG_VALUE_0: "always",
};
const map = (data: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kubelet}\ndata: {config: ${data}}\n`;
const pool = (name: string): string =>
  `apiVersion: hypershift.openshift.io/v1beta1\nkind: NodePool\nmetadata: {name: ${name}}\nspec: {config: [{name: kubelet}]}\n`;

/** A ConfigMap that changes, and unchanged pools in other folders that use it. */
function usedMap(context: TestContext): TestRepository {
  const repository = newRepository(context);
  const pools = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`pools/${at}.yaml`, pool(`p${at}`)]));
  repository.commit({ "maps/cm.yaml": map("a"), ...pools });
  repository.commit({ "maps/cm.yaml": map("b") });
  repository.git("config", "uploadpack.allowFilter", "true");
  repository.git("config", "uploadpack.allowAnySHA1InWant", "true");
  return repository;
}

const readPools = async (clone: TestRepository, ...operands: readonly string[]) => {
  const { head, processes } = await readGit(operands, { groups }, { cwd: clone.folder, environment });
  assert.deepEqual(head.diagnostics, []);
  return { files: head.files.length, processes };
};

test("a blobless clone fetches all files at once where the users of a changed object are looked for", async (context) => {
  const clone = cloneOf(context, usedMap(context), "--filter=blob:none", "--no-checkout");
  const { files, processes } = await readPools(clone, "HEAD^", "HEAD");
  assert.equal(files, 31);
  // Two, two for what changed, and the search, the fetch and the search again.
  assert.equal(processes, 7);
  assert.deepEqual(await readPools(clone, "HEAD^", "HEAD"), { files: 31, processes: 3 });
});

test("users of a changed object are found where a sparse checkout leaves them out", async (context) => {
  const clone = cloneOf(context, usedMap(context), "--no-checkout");
  clone.git("sparse-checkout", "set", "--cone", "maps");
  clone.git("checkout", "-q", "main");
  assert.equal((await readPools(clone, "HEAD^")).files, 31);
  writeFileSync(join(clone.folder, "maps/cm.yaml"), map("c"));
  assert.equal((await readPools(clone, "HEAD")).files, 31);
  // What is checked out counts as it is there.
  clone.git("sparse-checkout", "set", "--cone", "maps", "pools");
  writeFileSync(join(clone.folder, "pools/3.yaml"), "kind: Nothing\n");
  const { head } = await readGit(["HEAD"], { groups }, { cwd: clone.folder });
  assert.equal(head.files.length, 31);
  assert.equal(
    Buffer.from(head.files.find(({ path }) => path === "pools/3.yaml")!.bytes).toString(),
    "kind: Nothing\n",
  );
});

test("a sparse and blobless clone fetches what its search lacks", async (context) => {
  const clone = cloneOf(context, usedMap(context), "--filter=blob:none", "--no-checkout");
  clone.git("sparse-checkout", "set", "--cone", "maps");
  clone.git("checkout", "-q", "main");
  assert.equal((await readPools(clone, "HEAD^")).files, 31);
});

test("a git that passes over what a blobless clone lacks is asked again after a fetch", async (context) => {
  const clone = cloneOf(context, usedMap(context), "--filter=blob:none", "--no-checkout");
  const asked = join(folderWith(context, {}), "asked");
  const script = `case "$*" in
*" grep "*) if mkdir ${asked}; then echo "error: '$(git rev-parse main):pools/0.yaml': unable to read $(git rev-parse main)" >&2; exit 1; fi;;
esac
PATH=${path} exec git "$@"`;
  const PATH = withProgram(context, "git", script);
  const { head } = await readGit(
    ["HEAD^", "HEAD"],
    { groups },
    { cwd: clone.folder, environment: { ...environment, PATH } },
  );
  assert.deepEqual([head.diagnostics, head.files.length], [[], 31]);
});

/** A clone without contents, or trees, of the base, which has a file that the head has otherwise. */
function filtered(context: TestContext, filter: "tree:0" | "blob:none"): TestRepository {
  const repository = newRepository(context);
  repository.commit({ "in/gates.yaml": "failOn: [replace]\n", "a.yaml": shoot("a") });
  repository.commit({ "in/gates.yaml": "failOn: []\n", "a.yaml": shoot("a", "1.34.0") });
  repository.git("config", "uploadpack.allowFilter", "true");
  repository.git("config", "uploadpack.allowAnySHA1InWant", "true");
  return cloneOf(context, repository, `--filter=${filter}`);
}

test("a treeless clone fetches what it compares, and what is asked for of its base", async (context) => {
  for (const operands of [["HEAD^", "HEAD"], ["HEAD^"]]) {
    const asked: (string | undefined)[] = [];
    const { base, head } = await readGit(
      operands,
      async (read) => {
        for (const path of ["in/gates.yaml", "in", "in/gone.yaml", "gone/gates.yaml"])
          asked.push((await read(path))?.toString());
        return { groups };
      },
      { cwd: filtered(context, "tree:0").folder, environment },
    );
    assert.deepEqual(asked, ["failOn: [replace]\n", undefined, undefined, undefined]);
    assert.deepEqual([textOf(base, "a.yaml"), textOf(head, "a.yaml")], [shoot("a"), shoot("a", "1.34.0")]);
  }
});

test("a partial clone whose remote is gone says what it lacks", async (context) => {
  const clone = filtered(context, "tree:0");
  clone.git("remote", "set-url", "origin", "file:///gone");
  const run = async (wish: Wish) => await readGit(["HEAD^", "HEAD"], wish, { cwd: clone.folder, environment });
  await refuses(run({ groups }), "partial-clone", /lacks objects, and they could not be fetched/);
  const asking: Wish = async (read) => {
    await read("in/gates.yaml");
    return { groups };
  };
  await refuses(run(asking), "partial-clone", /lacks objects, and they could not be fetched/);
  const blobless = filtered(context, "blob:none");
  blobless.git("remote", "set-url", "origin", "file:///gone");
  await refuses(
    readGit(["HEAD^", "HEAD"], asking, { cwd: blobless.folder, environment }),
    "partial-clone",
    /lacks in\/gates\.yaml of the base, and it could not be fetched/,
  );
});

test("a git that names no promisor where a treeless clone lacks a tree is asked again with the network", async (context) => {
  const script = `case "$*" in
*protocol.allow=never*diff-tree*) echo "fatal: unable to read tree ($(git rev-parse main))" >&2; exit 128;;
*protocol.allow=never*diff-index*) echo "error: bad tree object $(git rev-parse main)" >&2; exit 128;;
esac
PATH=${path} exec git "$@"`;
  const PATH = withProgram(context, "git", script);
  for (const operands of [["HEAD^", "HEAD"], ["HEAD^"]]) {
    const cwd = filtered(context, "tree:0").folder;
    const { base } = await readGit(operands, { groups }, { cwd, environment: { ...environment, PATH } });
    assert.equal(textOf(base, "a.yaml"), shoot("a"));
  }
});

test("what a git passes over and nobody can fetch is said of manifests alone, and the rest is searched", async (context) => {
  const clone = cloneOf(context, usedMap(context), "--filter=blob:none");
  clone.git("fetch", "-q", "--refetch", "--no-filter", "origin");
  clone.git("remote", "set-url", "origin", "file:///gone");
  const id = clone.git("rev-parse", "main");
  const read = async (files: readonly string[]) => {
    const said = files.map((file) => `echo "error: '${id}:${file}': unable to read ${id}" >&2`);
    const script = `case "$*" in
*numstat*) echo "fatal: could not fetch ${id} from promisor remote" >&2; exit 128;;
*" grep "*) ${said.join("; ")}; PATH=${path} git "$@"; exit 1;;
esac
PATH=${path} exec git "$@"`;
    const PATH = withProgram(context, "git", script);
    const options = { cwd: clone.folder, environment: { ...environment, PATH } };
    const { head } = await readGit(["HEAD^", "HEAD"], { groups }, options);
    return [head.files.length, head.diagnostics.map(({ code, file }) => `${code} ${file}`)];
  };
  assert.deepEqual(await read(["logo.png"]), [31, []]);
  // Far behind what else is missing.
  const pictures = Array.from({ length: 100 }, (_, at) => `pictures/${at}.png`);
  assert.deepEqual(await read([...pictures, "pools/gone.yaml"]), [31, ["content-missing pools/gone.yaml"]]);
});

test("a worktree of a clone, and a clone of depth 2, have all that is asked for", async (context) => {
  const repository = usedMap(context);
  const shallow = cloneOf(context, repository, "--depth=2");
  assert.equal((await readPools(shallow, "HEAD^", "HEAD")).files, 31);
  const folder = join(shallow.folder, "beside");
  shallow.git("worktree", "add", "-q", folder, "HEAD^");
  const { head } = await readGit(["HEAD", "main"], { groups }, { cwd: folder, environment });
  assert.equal(head.files.length, 31);
});

test("line ends that git converts are no change, and a change among them is one", async (context) => {
  const repository = newRepository(context);
  repository.commit({ "a.yaml": pool("a"), "b.yaml": pool("b"), ".gitattributes": "*.yaml text eol=crlf\n" });
  const clone = cloneOf(context, repository);
  const converted = pool("a").replaceAll("\n", "\r\n");
  const change = async () => await readGit(["HEAD"], { groups: [] }, { cwd: clone.folder });
  assert.deepEqual((await change()).changed, []);
  // Written anew, so that git has to look into it.
  writeFileSync(join(clone.folder, "b.yaml"), pool("b").replaceAll("\n", "\r\n"));
  writeFileSync(join(clone.folder, "a.yaml"), converted.replace("kubelet", "other"));
  const { head } = await change();
  const [file] = head.files;
  assert.equal(file?.path, "a.yaml");
  assert.equal(Buffer.from(file.bytes).toString(), converted.replace("kubelet", "other"));
});

test("paths that differ in their case alone are two files", async (context) => {
  const repository = newRepository(context);
  const id = (text: string): string => {
    writeFileSync(join(repository.folder, "any"), text);
    return repository.git("hash-object", "-w", "any");
  };
  repository.commit({ any: "" });
  for (const [path, name] of [
    ["A.yaml", "upper"],
    ["a.yaml", "lower"],
  ] as const)
    repository.git("update-index", "--add", "--cacheinfo", `100644,${id(pool(name))},${path}`);
  repository.git("commit", "-q", "-m", "both");
  const { head } = await readGit(["HEAD^", "HEAD"], { groups: [] }, { cwd: repository.folder });
  assert.deepEqual(
    head.files.map(({ path, bytes }) => [path, /name: (\w+)/.exec(Buffer.from(bytes).toString())?.[1]]),
    [
      ["A.yaml", "upper"],
      ["a.yaml", "lower"],
    ],
  );
});

test("a blobless clone fetches all that differs at once", async (context) => {
  const { repository } = twoCommits(context);
  repository.git("config", "uploadpack.allowFilter", "true");
  repository.git("config", "uploadpack.allowAnySHA1InWant", "true");
  const clone = cloneOf(context, repository, "--filter=blob:none", "--no-checkout");
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

test("one revision of a blobless clone, and files of it that do not differ, are fetched too", async (context) => {
  const repository = usedMap(context);
  const lacking = () => cloneOf(context, repository, "--filter=blob:none", "--no-checkout").folder;
  const side = await readGitSide("HEAD^:pools", { groups }, { cwd: lacking(), environment });
  assert.deepEqual([side.files.length, side.diagnostics], [30, []]);
  const texts = await withGitChange(
    ["HEAD^:maps", "HEAD:maps"],
    { groups: [] },
    { cwd: lacking(), environment },
    async ({ pair }) => {
      assert.ok(pair !== undefined);
      const { head } = await gitTrees(pair);
      return await head.read(["maps/cm.yaml", "pools/3.yaml"]);
    },
  );
  assert.deepEqual(
    [...texts].map(([path, bytes]) => [path, bytes.toString()]),
    [
      ["maps/cm.yaml", map("b")],
      ["pools/3.yaml", pool("p3")],
    ],
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
