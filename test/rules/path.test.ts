import assert from "node:assert/strict";
import { test } from "node:test";
import { PathIndex } from "../../src/rules/path-index.ts";
import { fromPointer, parsePath, readAll, readSegments, toPointer } from "../../src/rules/path.ts";
import { compareVersions, isWithin, previousMinor } from "../../src/rules/version.ts";

test("a path has a root and pointer segments; one without a root starts at the default", () => {
  assert.deepEqual(parsePath("$pool/metadata/annotations/a.b~1c", "cluster"), {
    root: "pool",
    segments: ["metadata", "annotations", "a.b/c"],
  });
  assert.deepEqual(parsePath("/spec/region", "cluster"), { root: "cluster", segments: ["spec", "region"] });
  assert.deepEqual(parsePath("$pool/labels/**", "cluster").segments, ["labels"]);
  for (const wrong of ["", "spec", "$1/a", "$pool/**/a"]) assert.throws(() => parsePath(wrong, "pool"), /path/);
});

test("pointers and segments are each other's inverse", () => {
  const segments = ["a/b", "~", "", "c"];
  assert.deepEqual(fromPointer(toPointer(segments)), segments);
});

test("null and inherited members read as absent", () => {
  assert.equal(readSegments({ a: null }, ["a"]), undefined);
  assert.equal(readSegments({}, ["constructor"]), undefined);
  assert.equal(readSegments([1, 2], ["1"]), 2);
  assert.deepEqual(
    [...readAll({ a: [{ n: 1 }, { n: 2 }] }, ["a", "*", "n"])].map(({ value }) => value),
    [1, 2],
  );
});

test("the index finds what covers a place, and what stands below it", () => {
  const roots = {};
  PathIndex.add(roots, parsePath("$pool/a/*/c", "pool"), 0);
  PathIndex.add(roots, parsePath("$pool/a", "pool"), 1);
  const index = new PathIndex(["c", "a"], roots);
  assert.deepEqual([...index.covering("pool", ["a", "0", "c", "d"])].toSorted(), ["a", "c"]);
  assert.deepEqual([...index.covering("pool", ["a", "0"])], ["a"]);
  assert.deepEqual([...index.touching("pool", ["a", "0"])].toSorted(), ["a", "c"]);
  assert.deepEqual([...index.covering("cluster", ["a"])], []);
  assert.equal(index.isInterior("pool", ["a", "0"]), true);
  assert.equal(index.isInterior("pool", ["b"]), false);
});

test("versions compare by numbers, pre-releases as their release", () => {
  assert.ok((compareVersions("1.9.3", "1.10.0") ?? 0) < 0);
  assert.equal(compareVersions("v1.34.0-rc.1", "1.34"), 0);
  assert.equal(compareVersions("newest", "1.0"), undefined);
  assert.equal(isWithin("4.23.0-ec.1", "4.23", undefined), true);
  assert.equal(isWithin("4.22.9", "4.23", undefined), false);
  assert.equal(isWithin("garbage", undefined, "9.9"), false);
  assert.equal(previousMinor("4.20"), "4.19");
  assert.equal(previousMinor("5.0"), undefined);
});
