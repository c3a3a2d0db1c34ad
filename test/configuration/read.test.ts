import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkedOptions, flatLandscape, unknownTargets } from "../../src/configuration/known-names.ts";
import { pathFilter } from "../../src/configuration/paths.ts";
import { readConfiguration } from "../../src/configuration/read.ts";
import { builtinParts } from "../systems/builtin-systems.ts";
import { ProblemsError } from "../../src/validation/problems-error.ts";

const read = (text: string) => readConfiguration({ path: ".will-it-roll.yaml", bytes: new TextEncoder().encode(text) });
const problems = (text: string): string => {
  try {
    read(text);
  } catch (error) {
    assert.ok(error instanceof ProblemsError);
    return error.message;
  }
  return assert.fail("the configuration was taken");
};

describe("the configuration", () => {
  it("may be empty, or hold comments alone", () => {
    assert.deepEqual(read(""), {});
    assert.deepEqual(read("# nothing yet\n"), {});
  });

  it("says file, line, key and nearest word", () => {
    assert.equal(
      problems("paths: [clusters/**]\nfail-on: [replace]\n"),
      '.will-it-roll.yaml:2: unknown key "fail-on" (did you mean "failOn"?)',
    );
    assert.match(
      problems("gates:\n  - name: a\n    effects:\n      - repalce\n"),
      /:4: gates\[0\]\.effects\[0\]: .*did you mean "replace"/,
    );
    assert.match(problems("gates:\n  - effects: [replace]\n"), /:2: gates\[0\]\.name: is missing/);
    assert.match(problems("strict: maybe\n"), /:1: strict: expected true or false, found "maybe"/);
    assert.match(problems("comment:\n  mode: sometimes\n"), /:2: comment\.mode: .*one of always, on-impact, never/);
  });

  it("wants versions in quotes, because 1.10 is a number", () => {
    assert.match(problems("targets:\n  gardener: 1.10\n"), /:2: targets\.gardener: must be a version in quotes/);
    assert.match(problems("targets:\n  gardener: newest\n"), /:2: targets\.gardener: must be a version in quotes/);
  });

  it("says where it is no YAML, and no configuration", () => {
    assert.match(problems("a: [\n"), /\.will-it-roll\.yaml:\d: is no YAML/);
    assert.match(problems("- a\n"), /expected a map, found a list/);
    assert.match(problems("strict: true\n---\nstrict: false\n"), /:\d: a second document/);
  });

  it("checks targets and options against the tables", () => {
    const parts = builtinParts();
    assert.match(unknownTargets({ gardner: "1.1" }, parts).join(), /did you mean "gardener"/);
    const [option] = parts.flatMap(({ part }) =>
      (part.options ?? []).map(({ name }) => ({ system: part.system, name })),
    );
    assert.ok(option !== undefined);
    const mistyped = flatLandscape({ [option.system]: { [`${option.name}x`]: true } });
    assert.match(
      checkedOptions(mistyped, parts).problems.join(),
      new RegExp(`did you mean "${option.system}.${option.name}"`),
    );
  });
});

describe("paths", () => {
  const files = ["clusters/a.yaml", "clusters/.hidden/b.yaml", "clusters/attic/c.yaml", "apps/d.yaml"];
  const chosen = (...patterns: string[]): string[] => files.filter(pathFilter(patterns));

  it("take folders, globs and hidden folders; the last that matches decides", () => {
    assert.deepEqual(chosen("clusters"), files.slice(0, 3));
    assert.deepEqual(chosen("clusters/**", "!clusters/attic/**"), files.slice(0, 2));
    assert.deepEqual(chosen("clusters/**", "!clusters/**", "clusters/attic/*.yaml"), ["clusters/attic/c.yaml"]);
    assert.deepEqual(chosen("!apps/**"), files.slice(0, 3));
    assert.deepEqual(files.filter(pathFilter(undefined)), files);
  });
});
