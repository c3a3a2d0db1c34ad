import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkedOptions, flatLandscape, unknownTargets } from "../../src/configuration/known-names.ts";
import { readLandscape } from "../../src/configuration/landscape.ts";
import { pathFilter } from "../../src/configuration/paths.ts";
import { readConfiguration } from "../../src/configuration/read.ts";
import { ProblemsError } from "../../src/validation/problems-error.ts";
import { builtinParts } from "../systems/builtin-systems.ts";

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
    assert.match(problems("landscape: {gardener: {reservation: 1}}\n"), /reservation: must be a text, true or false/);
    assert.match(problems("comment:\n  mode: sometimes\n"), /:2: comment\.mode: .*one of always, on-impact, never/);
  });

  it("wants versions in quotes, because 1.10 is a number", () => {
    assert.match(problems("targets:\n  gardener: 1.10\n"), /:2: targets\.gardener: must be a version in quotes/);
    assert.match(problems("targets:\n  gardener: newest\n"), /:2: targets\.gardener: must be a version in quotes/);
  });

  it("refuses gates that could never be hit", () => {
    const gate = (more: string): string => problems(`gates:\n  - {name: a, effects: [delete], ${more}}\n`);
    assert.match(
      gate("pools: [payments/ledger]"),
      /:2: gates\[0\]\.pools\[0\]: these names have no \/: write NAMESPACE/,
    );
    assert.match(gate('namespaces: ["garden/*"]'), /gates\[0\]\.namespaces\[0\]: these names have no \//);
    assert.match(gate("maximum: {}"), /gates\[0\]\.maximum: sets no limit: write pools, clusters or nodes/);
    assert.equal(read("gates:\n  - {name: a, effects: [delete], clusters: [garden-prod/payments]}\n").gates?.length, 1);
  });

  it("says what is too little in words of its own", () => {
    assert.match(problems("paths: []\n"), /:1: paths: must not be empty/);
    assert.match(
      problems("gates:\n  - {name: a, effects: [delete], maximum: {pools: -1}}\n"),
      /:2: gates\[0\]\.maximum\.pools: must be at least 0/,
    );
  });

  it("says where it is no YAML, and no configuration", () => {
    assert.match(problems("a: [\n"), /\.will-it-roll\.yaml:\d: is not YAML/);
    assert.match(problems("- a\n"), /expected a map, found a list/);
    assert.match(problems("strict: true\n---\nstrict: false\n"), /:\d: a second document/);
    const bytes = new Uint8Array([...new TextEncoder().encode("comment: {key: "), 0xff, 0x7d]);
    assert.throws(() => readConfiguration({ path: "c.yaml", bytes }), { message: "c.yaml:1: the file is not UTF-8" });
    assert.equal(
      problems("targets: {}\nstrict: true\ntargets: {}\n"),
      ".will-it-roll.yaml:3: targets: appears twice in one mapping: write it once",
    );
  });

  it("checks targets and options against the tables", () => {
    const parts = builtinParts();
    assert.match(unknownTargets({ gardner: "1.1" }, parts)[0]?.message ?? "", /did you mean "gardener"/);
    const [option] = parts.flatMap(({ part }) =>
      (part.options ?? []).map(({ name }) => ({ system: part.system, name })),
    );
    assert.ok(option !== undefined);
    const mistyped = flatLandscape({ [option.system]: { [`${option.name}x`]: true } });
    assert.match(
      checkedOptions(mistyped, parts).problems[0]?.message ?? "",
      new RegExp(`did you mean "${option.system}.${option.name}"`),
    );
  });
});

describe("names that only the tables know", () => {
  const given = { targets: {}, refuse: (message: string) => new Error(`--target: ${message}`) };
  const landscapeOf = async (text: string) => {
    const file = { path: ".will-it-roll.yaml", bytes: new TextEncoder().encode(text) };
    return await readLandscape({ configuration: readConfiguration(file), file }, given, []);
  };

  it("are named with file, line and key where the configuration has them wrong", async () => {
    await assert.rejects(
      landscapeOf('strict: true\ntargets:\n  gardner: "1.149"\nlandscape:\n  gardener:\n    reservation: statik\n'),
      (error) => {
        assert.ok(error instanceof ProblemsError);
        const [first = "", second = ""] = error.message.split("\n");
        assert.match(first, /^\.will-it-roll\.yaml:3: targets\.gardner: no target .*did you mean "gardener"/);
        assert.match(second, /^\.will-it-roll\.yaml:6: landscape\.gardener\.reservation: cannot be "statik": one of /);
        return true;
      },
    );
  });

  it("are named with the option that has them wrong, which wins over the file", async () => {
    const none = { configuration: {}, file: undefined };
    await assert.rejects(
      readLandscape(none, { ...given, targets: { gardner: "1.1" } }, []),
      /^Error: --target: no target/,
    );
    const configuration = { targets: { gardener: "1.140" } };
    const { targets } = await readLandscape(
      { configuration, file: undefined },
      { ...given, targets: { gardener: "1.141" } },
      [],
    );
    assert.deepEqual(targets, { gardener: "1.141" });
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

  it("take every pattern that a configuration may have", () => {
    const nested = ["a/x/b/y", "x/a/b/y/c", "a/c", `${"d".repeat(249)}/e`];
    const chosenOf = (pattern: string): string[] => {
      readConfiguration({ path: "c", bytes: new TextEncoder().encode(`paths: ["${pattern}"]`) });
      return nested.filter(pathFilter([pattern]));
    };
    assert.deepEqual(chosenOf("**/a/**/b/**"), nested.slice(0, 2), "a folder of as many stars as there may be");
    assert.deepEqual(chosenOf("**/a/**/b/**/y"), nested.slice(0, 2));
    assert.deepEqual(chosenOf("d".repeat(249)), nested.slice(3), "as long as it may be");
    for (const all of [".", "./", "/"]) assert.deepEqual(chosenOf(all), nested);
    assert.throws(() => chosenOf("!"), /paths\[0\]: is empty/);
  });
});
