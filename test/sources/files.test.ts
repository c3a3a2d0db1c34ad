import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { readOperand } from "../../src/sources/files.ts";
import { InputError } from "../../src/sources/input-error.ts";

const manifest = "apiVersion: v1\nkind: ConfigMap\n";
let root = "";
const write = (path: string, text = manifest) => {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
};
const read = (operand: string, bounds = {}) => readOperand(operand, { cwd: root, bounds });
const paths = async (operand: string) => (await read(operand)).files.map(({ path }) => path);
const refused = (operand: string, code: string, message: RegExp, bounds = {}) =>
  assert.rejects(read(operand, bounds), (error) => {
    assert.ok(error instanceof InputError);
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  });

before(() => {
  root = mkdtempSync(join(tmpdir(), "will-it-roll-files-"));
});
after(() => rmSync(root, { recursive: true, force: true }));

describe("readOperand", () => {
  it("reads a file, whatever its name", async () => {
    write("one/a.txt", "x: 1\n");
    const { files, diagnostics } = await read("one/a.txt");
    assert.deepEqual(
      files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]),
      [["one/a.txt", "x: 1\n"]],
    );
    assert.deepEqual(diagnostics, []);
  });

  it("reads the manifests of a directory, in order, and leaves tools' directories aside", async () => {
    for (const path of [
      "dir/b.yml",
      "dir/a/z.yaml",
      "dir/c.json",
      "dir/README.md",
      "dir/.git/x.yaml",
      "dir/n/node_modules/x.yaml",
    ])
      write(path);
    assert.deepEqual(await paths("dir"), ["dir/b.yml", "dir/c.json", "dir/a/z.yaml"]);
    assert.deepEqual(await paths(join(root, "dir")), ["dir/b.yml", "dir/c.json", "dir/a/z.yaml"]);
    assert.deepEqual(
      (await readOperand("../dir", { cwd: join(root, "one") })).files.map(({ path }) => path),
      ["b.yml", "c.json", "a/z.yaml"],
    );
    const here = await readOperand(".", { cwd: join(root, "dir") });
    assert.deepEqual(
      here.files.map(({ path }) => path),
      ["b.yml", "c.json", "a/z.yaml"],
    );
  });

  it("says where a file stands below a directory whose path is shown", async () => {
    write("old/env/a.yaml");
    const [below] = (await read("old")).files;
    assert.deepEqual([below?.path, below?.place], ["old/env/a.yaml", "env/a.yaml"]);
    const [outside] = (await readOperand(join(root, "old"))).files;
    assert.deepEqual([outside?.path, outside?.place], ["env/a.yaml", undefined]);
  });

  it("reads the files that kubectl diff writes, and others without extension that look like manifests", async () => {
    write("live/hypershift.openshift.io.v1beta1.NodePool.clusters.pool-a");
    write("live/v1.ConfigMap.clusters.my.config");
    write("live/plain");
    write("live/Makefile", "all:\n\techo apiVersion\n");
    write("live/script", `#!/bin/sh\n${manifest}`);
    write("live/binary", `${manifest}\0`);
    assert.deepEqual(await paths("live"), [
      "live/hypershift.openshift.io.v1beta1.NodePool.clusters.pool-a",
      "live/plain",
      "live/v1.ConfigMap.clusters.my.config",
    ]);
  });

  it("does not follow links out of the tree, nor in circles", async () => {
    write("links/a.yaml");
    write("outside/x.yaml");
    symlinkSync("a.yaml", join(root, "links/same.yaml"));
    symlinkSync(".", join(root, "links/circle"));
    symlinkSync("../outside", join(root, "links/dir"));
    symlinkSync("../outside/x.yaml", join(root, "links/out.yaml"));
    symlinkSync("loop.yaml", join(root, "links/loop.yaml"));
    symlinkSync("nowhere", join(root, "links/ignored.md"));
    const { files, diagnostics } = await read("links");
    assert.deepEqual(
      files.map(({ path }) => path),
      ["links/a.yaml"],
    );
    assert.deepEqual(
      diagnostics.map(({ code, file, incomplete }) => [code, file, incomplete]),
      [
        ["link-leaves-tree", "links/dir", true],
        ["broken-link", "links/loop.yaml", true],
        ["link-leaves-tree", "links/out.yaml", true],
      ],
    );
  });

  it("reads standard input", async () => {
    async function* stdin() {
      yield "a: ";
      yield Buffer.from("1\n");
    }
    const { files } = await readOperand("-", { stdin: stdin() });
    assert.deepEqual(
      files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]),
      [["stdin", "a: 1\n"]],
    );
    await assert.rejects(
      readOperand("-", { stdin: stdin(), bounds: { fileBytes: 3 } }),
      /standard input: it is larger than 3 bytes/,
    );
  });

  it("reads a pipe to its end, as a shell makes one of <(command), and nothing out of /dev/null", async () => {
    const fifo = join(root, "fifo");
    execFileSync("mkfifo", [fifo]);
    const readFifo = async (bounds = {}) => {
      const [{ files }] = await Promise.all([read("fifo", bounds), writeFile(fifo, "a: 1\n")]);
      return files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]);
    };
    assert.deepEqual(await readFifo(), [["fifo", "a: 1\n"]]);
    await assert.rejects(readFifo({ fileBytes: 3 }), /fifo: it is larger than 3 bytes/);
    const { files } = await read("/dev/null");
    assert.deepEqual(
      files.map(({ path, bytes }) => [path, bytes.length]),
      [["/dev/null", 0]],
    );
  });

  it("refuses what is no file and no directory, and says why", async () => {
    const server = createServer().listen(join(root, "socket"));
    await once(server, "listening");
    await refused("nope.yaml", "not-found", /cannot read nope\.yaml: it does not exist\. Check the path/);
    await refused("socket", "not-a-file", /socket: it is a socket.*Pass - to read standard input/);
    server.close();
    await refused("one/a.txt/b", "not-readable", /a part of its path is not a directory/);
    await refused("no\nwhere\u202E", "not-found", /no\\u000awhere\\u202e/);
    await refused("one/a.txt", "too-large", /larger than 2 bytes/, { fileBytes: 2 });
  });

  it("tells of what a directory holds and cannot be read", async () => {
    write("odd/a.yaml");
    write("odd/big.yaml", "x".repeat(100));
    execFileSync("mkfifo", [join(root, "odd/pipe.yaml")]);
    writeFileSync(
      Buffer.concat([Buffer.from(join(root, "odd/")), Buffer.from([0x62, 0xff]), Buffer.from(".yaml")]),
      manifest,
    );
    const { files, diagnostics } = await read("odd", { fileBytes: 50 });
    assert.deepEqual(
      files.map(({ path }) => path),
      ["odd/a.yaml", "odd/b\\xff.yaml"],
    );
    assert.deepEqual(
      diagnostics.map(({ code, file, incomplete }) => [code, file, incomplete]),
      [
        ["file-too-large", "odd/big.yaml", true],
        ["unreadable-file", "odd/pipe.yaml", true],
      ],
    );
  });

  it("reads 10,000 files, and no more than the bound", async () => {
    mkdirSync(join(root, "many"));
    for (let index = 0; index < 10_000; index += 1) writeFileSync(join(root, "many", `${index}.yaml`), "a: 1\n");
    assert.equal((await read("many")).files.length, 10_000);
    const { files, diagnostics } = await read("many", { files: 100 });
    assert.equal(files.length, 100);
    assert.deepEqual(
      diagnostics.map(({ code, incomplete }) => [code, incomplete]),
      [["too-many-files", true]],
    );
  });
});
