import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../../../src/manifests/manifest.ts";
import { parseDuration } from "../../../src/rules/encodings/duration.ts";
import { encodings } from "../../../src/rules/encodings/index.ts";
import type { Scope } from "../../../src/rules/functions.ts";
import { Unknown } from "../../../src/rules/functions.ts";
import { minorOf, versionText } from "../../../src/rules/version.ts";

const scope: Scope = {
  side: "head",
  pool: "a",
  cluster: "c",
  namespace: undefined,
  get: () => undefined,
  references: () => [],
  hasCluster: true,
  target: () => "",
  isKnownRelease: () => false,
  option: () => false,
  written: () => undefined,
  now: undefined,
  shape: () => undefined,
  validations: () => [],
  catalog: () => ({}),
};
const encode = (name: string, value: Json) => encodings[name]?.(value, scope);

test("a text affirms where Go's ParseBool reads it as true", () => {
  for (const yes of ["1", "t", "T", "TRUE", "true", "True"]) assert.equal(encode("affirmed", yes), true, yes);
  for (const other of ["yes", "tRUE", "0", "false", "", true, 1]) assert.equal(encode("affirmed", other), undefined);
});

test("durations read as Go reads them", () => {
  const second = 1_000_000_000n;
  assert.equal(parseDuration("4m0s"), 240n * second);
  assert.equal(parseDuration("240s"), 240n * second);
  assert.equal(parseDuration("1.5h"), 5400n * second);
  assert.equal(parseDuration("-1m"), -60n * second);
  assert.equal(parseDuration("0"), 0n);
  // A fraction is a float64 there.
  assert.equal(parseDuration("0.16666666666666666h"), 600n * second);
  assert.equal(parseDuration("0.3333333333333333333h"), 1200n * second);
  assert.equal(parseDuration(".000000001s"), 1n);
  assert.equal(parseDuration("1.999999999999s"), 1_999_999_999n);
  assert.equal(parseDuration("-9223372036854775808ns"), -(2n ** 63n));
  for (const wrong of ["", "5", "5 m", "1d", "m", "1h-2m", "2562048h", "9223372036854775808ns"])
    assert.equal(parseDuration(wrong), undefined, wrong);
});

test("versions lose what stands before and behind their numbers", () => {
  assert.equal(minorOf("v1.34.1"), "1.34");
  assert.equal(minorOf("1.34.0-rc.1"), "1.34");
  assert.equal(minorOf("1.34"), "1.34");
  assert.equal(minorOf("1"), undefined);
  assert.equal(versionText("v1.34.1+build"), "1.34.1");
  assert.equal(versionText("1.34"), undefined);
});

test("encodings give equal results for values that a controller takes as equal", () => {
  assert.equal(encode("quantity", "1024Mi"), encode("quantity", "1Gi"));
  assert.notEqual(encode("quantity", "1073741824"), encode("quantity", "1Gi"));
  assert.equal(encode("quantity-value", "1073741824"), encode("quantity-value", "1Gi"));
  assert.equal(encode("duration", "240s"), encode("duration", "4m"));
  assert.equal(encode("minor-version", "1.34.1"), encode("minor-version", "1.34.4"));
  assert.equal(encode("non-empty", {}), undefined);
  assert.equal(encode("non-empty", []), undefined);
  assert.deepEqual(encode("without-nulls", { a: null, b: "c" }), { b: "c" });
  assert.deepEqual(encode("without-nulls", [null, "c"]), [null, "c"]);
  assert.equal(encode("without-nulls", null), null);
  assert.equal(encode("presence", { any: "thing" }), true);
});

test("what cannot be read is unknown, and equal to itself", () => {
  const [one, same, other] = [encode("quantity", "many"), encode("quantity", "many"), encode("quantity", "more")];
  assert.ok(one instanceof Unknown && same instanceof Unknown && other instanceof Unknown);
  assert.equal(one.basis, same.basis);
  assert.notEqual(one.basis, other.basis);
});
