import assert from "node:assert/strict";
import { test } from "node:test";
import { isAbsoluteUrl } from "../../../../src/systems/hypershift/go/url.ts";

const absolute = [
  "http://proxy:3128",
  "https://user:p%40ss@proxy.example.org:3128/path?x=%zz#a",
  "http://[fd00::1]:3128",
  "http://proxy:",
  "proxy.example.org:3128",
  "http:///path",
  "http://pröxy",
  "a:b",
];
const others = [
  "",
  "proxy",
  "10.0.0.1:3128",
  "//proxy:3128",
  "http://proxy:3128 ",
  "http://proxy:port",
  "http://pro xy",
  "http://[fd00::1",
  "http://[fd00::1]3128",
  "http://us er@proxy",
  "http://proxy/%zz",
  "http://proxy#%zz",
  "http://%41",
  "http://proxy\n",
];

test("Go reads a URL with a scheme, or says what is wrong", () => {
  assert.deepEqual(
    absolute.filter((text) => !isAbsoluteUrl(text)),
    [],
  );
  assert.deepEqual(others.filter(isAbsoluteUrl), []);
});
