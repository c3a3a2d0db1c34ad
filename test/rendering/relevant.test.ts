import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { relevantFiles } from "../../src/rendering/relevant.ts";
import { mostUnpacked, unpack, unpacking } from "../../src/rendering/trees/archive.ts";
import type { FileTree } from "../../src/rendering/trees/file-tree.ts";
import { packed } from "./pool-chart.ts";
import { nodePool } from "./shoots.ts";

const kinds = [{ group: "hypershift.openshift.io", kind: "NodePool" }];

/** Whether a file counts. */
async function counts(path: string, content: Uint8Array): Promise<boolean> {
  const tree: FileTree = {
    entries: new Map([[path, { isLink: false }]]),
    read: async () => await Promise.resolve(new Map([[path, Buffer.from(content)]])),
  };
  return (await relevantFiles({ base: tree, head: tree, changed: new Set() }, [path], kinds)).length > 0;
}

test("a packed chart counts by what is in it, however deep", async () => {
  const pools = packed("pools", { "templates/pool.yaml": nodePool("c", "a") });
  const empty = packed("none", { "templates/a.yaml": "kind: ConfigMap\n" });
  const around = (inside: Uint8Array): Uint8Array =>
    packed("chart", { "charts/a-1.0.0.tgz": inside, "a.yaml": "a: 1\n" });
  assert.equal(await counts("charts/a.tgz", around(around(pools))), true);
  assert.equal(await counts("charts/a.tgz", around(around(empty))), false);
});

test("what is no archive counts by its name; what is too large to look into counts", async () => {
  const pointer = Buffer.from("version https://git-lfs.github.com/spec/v1\n");
  assert.equal(await counts("charts/nodepools-1.0.0.tgz", pointer), true);
  assert.equal(await counts("charts/redis-1.0.0.tgz", pointer), false);
  assert.equal(await counts("charts/redis-1.0.0.tgz", gzipSync(Buffer.alloc(mostUnpacked.ofOne + 1))), true);
});

test("archives that are looked into together share what may be unpacked", () => {
  const archive = Buffer.from(packed("a", { "a.yaml": "a: 1\n" }));
  const size = gunzipSync(archive).length;
  const budget = { left: size + 1 };
  assert.equal(typeof unpack(archive, budget), "object");
  assert.equal(unpack(archive, budget), "too large");
  assert.equal(unpack(archive, budget), "too large");
  assert.equal(typeof unpack(archive, unpacking()), "object");
});

test("long names that end alike are files of their own", () => {
  const tar = gunzipSync(packed("a", { x: nodePool("c", "a") }));
  const twice = ["one", "two"].map((prefix) => {
    const entry = Buffer.from(tar.subarray(0, tar.length - 1024));
    entry.write(prefix, 345);
    return entry;
  });
  const found = unpack(gzipSync(Buffer.concat([...twice, Buffer.alloc(1024)])), unpacking());
  assert.ok(typeof found === "object");
  assert.deepEqual([...found.keys()], ["one/a/x", "two/a/x"]);
});

test("escapes count that can spell a kind, and not those of other characters", async () => {
  const dashboard = (text: string): Uint8Array => Buffer.from(`{"title": "NodePool usage", "expr": "a ${text} b"}\n`);
  for (const spelled of ["\\u004eodePool", "\\x4eodePool", "\\U0000004eodePool"])
    assert.equal(await counts("a.json", dashboard(spelled)), true, spelled);
  for (const other of ["\\u003c", "\\u0026", "\\u2014", "\\u00e9"])
    assert.equal(await counts("a.json", dashboard(other)), false, other);
});
