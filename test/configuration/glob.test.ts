import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { array, assert as holds, constantFrom, property } from "fast-check";
import picomatch from "picomatch";
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
    ["a?c", ["abc", "a€c", "a😀c"], ["ac", "a/c"]],
    ["[a-c]x[!0-9]", ["axy", "cxx"], ["dxy", "ax1", "ax/"]],
    ["{eu,us}-{1,2}/*", ["eu-1/a", "us-2/b"], ["eu-3/a", "eu-1"]],
    ["a{b,c{d,e}}", ["ab", "acd", "ace"], ["a", "ac"]],
    ["\\*\\{a", ["*{a"], ["x{a"]],
    ["!*.yaml", ["a.yml"], ["a.yaml"]],
  ] as const)
    it(`${pattern} of paths`, () => {
      for (const path of fits) assert.ok(paths(pattern)(path), path);
      for (const path of differs) assert.ok(!paths(pattern)(path), path);
    });

  it("of names let a slash be a letter", () => {
    assert.ok(names("*-prod")("team/a-prod"));
    assert.ok(names("a**b")("a/x/b"));
    assert.ok(names("a?b")("a/b"));
    assert.ok(!names("*-prod")("a-prod-2"));
  });

  it("mean what picomatch makes of them", () => {
    const part = constantFrom("a", "b", "*", "?", "[ab]", "[^a]", "{a,b}", ".", "-");
    const segment = array(part, { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join("").replaceAll(/\*\*+/g, "*"))
      // To what is only made of dots and stars picomatch gives meanings that paths of files cannot have.
      .filter((text) => /[ab]/.test(text));
    const pattern = array(constantFrom("**", "segment"), { minLength: 1, maxLength: 4 }).chain((kinds) =>
      array(segment, { minLength: kinds.length, maxLength: kinds.length }).map((segments) =>
        segments.map((text, index) => (kinds[index] === "**" && kinds[index - 1] !== "**" ? "**" : text)).join("/"),
      ),
    );
    const path = array(
      array(constantFrom("a", "b", "c", ".", "-"), { minLength: 1, maxLength: 4 })
        .map((letters) => letters.join(""))
        .filter((text) => !/^\.+$/.test(text)),
      { minLength: 1, maxLength: 4 },
    ).map((segments) => segments.join("/"));
    holds(
      property(pattern, path, (glob, folder) => {
        // Whether the folder itself is below `*a/**` hangs in picomatch on the stars.
        const text = glob.endsWith("/**") ? `${folder}/x` : folder;
        assert.equal(paths(glob)(text), picomatch(glob, { dot: true })(text));
      }),
      { numRuns: 5000, seed: 4 },
    );
  });

  it("take as long for many stars in a long text as for any", () => {
    // As a regular expression each of these would try more ways than there is time for.
    assert.equal(names(`${"*a".repeat(50)}b`)("a".repeat(5000)), false);
    assert.equal(paths(`${"**/a/".repeat(20)}b`)("a/".repeat(2000)), false);
    assert.equal(names("*".repeat(1000))("a".repeat(5000)), true);
  });

  it("are refused with what is wrong", () => {
    for (const [pattern, message] of [
      ["{a,b", /has a \{ without its \}/],
      ["[ab", /has a \[ without its \]/],
      ["+(a|b)", /write \{a,b\}/],
      ["{a,b}".repeat(7), new RegExp(`more than ${globBounds.alternatives} alternatives`)],
      ["a".repeat(globBounds.length + 1), new RegExp(`longer than ${globBounds.length}`)],
    ] as const)
      assert.throws(() => names(pattern), message);
  });
});
