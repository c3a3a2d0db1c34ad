import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { globBounds, globMatcher } from "../../src/configuration/glob.ts";

const paths = (pattern: string) => globMatcher(pattern, { of: "paths" });
const names = (pattern: string) => globMatcher(pattern, { of: "names" });

describe("globs", () => {
  for (const [pattern, fits, differs] of [
    ["*.yaml", ["a.yaml", ".yaml", ".a.yaml"], ["a/b.yaml", "a.yml"]],
    ["**/*.yaml", ["a.yaml", "a/b.yaml", "a/.b/c.yaml"], ["a.yml"]],
    ["clusters/**", ["clusters", "clusters/a", "clusters/.a/b"], ["cluster", "clustersa", "a/clusters/b"]],
    ["a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["ab", "a/xb", "a/x/b/c"]],
    ["**", ["a", "a/b", ".a/b"], []],
    ["a?c", ["abc", "a€c"], ["ac", "a/c"]],
    ["[a-c]x[^0-9]", ["axy", "cxx"], ["dxy", "ax1", "ax/"]],
    ["{eu,us}-{1,2}/*", ["eu-1/a", "us-2/b"], ["eu-3/a", "eu-1"]],
    ["a{b,c{d,e}}", ["ab", "acd", "ace"], ["a", "ac"]],
    ["\\*\\{a", ["*{a"], ["x{a"]],
    ["!*.yaml", ["a.yml"], ["a.yaml"]],
  ] as const)
    it(`${pattern} of paths`, () => {
      for (const path of fits) assert.equal(paths(pattern)(path), true, path);
      for (const path of differs) assert.equal(paths(pattern)(path), false, path);
    });

  it("of names let a slash be a letter", () => {
    assert.equal(names("*-prod")("team/a-prod"), true);
    assert.equal(names("a**b")("a/x/b"), true);
    assert.equal(names("*-prod")("a-prod-2"), false);
  });

  it("with as many stars as they may have are done with the longest text", () => {
    // With one star more in a name, or a text twice as long, these would take many times as long.
    for (const [pattern, text] of [
      ["*a*a*ab", "a".repeat(globBounds.text)],
      ["*a*a*ab/*a*a*ab/*a*a*ab", "a".repeat(globBounds.text)],
      ["**/a/**/a/**/b", "a/".repeat(globBounds.text / 2)],
      ["{a,a,a,a}{a,a,a,a}{a,a,a,a}**/*a*a*ab", "a".repeat(globBounds.text)],
    ] as const)
      assert.equal(paths(pattern)(text), false, pattern);
  });

  it("do not look at a longer text", () => {
    assert.equal(names("*")("a".repeat(globBounds.text)), true);
    assert.equal(names("*")("a".repeat(globBounds.text + 1)), undefined);
  });

  it("are refused with what is wrong", () => {
    for (const [pattern, message] of [
      ["{a,b", /: has \{ without \}: add it, or write \\\{ for/],
      ["[ab", /: has \[ without \]: add it, or write \\\[ for/],
      ["+(a|b)", /write \{a,b\}/],
      ["{a,b}".repeat(4), /more than 3 braces/],
      ["a*b*c*d*", /more than 3 stars/],
      ["a".repeat(globBounds.length + 1), /longer than 250/],
    ] as const)
      assert.throws(() => names(pattern), message);
    assert.throws(() => paths("**/a/**/b/**/c/**"), /more than 3 \*\*/);
    assert.doesNotThrow(() => paths("**/clusters/*/pools/*-*-*.yaml"));
  });
});
