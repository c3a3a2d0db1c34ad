import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { willItRoll } from "../built-program.ts";
import { folderWith } from "../temporary-folder.ts";
import { baseShoot, headShoot, shootWith } from "./example-shoot.ts";

const broken = "apiVersion: core.gardener.cloud/v1beta1\nkind: Shoot\nmetadata: {name: a\nspec: [\n";
const unknownField = shootWith("maxSurge: 2", "maxSurge: 2\n        flavour: sour");
const files = { "base.yaml": baseShoot, "head.yaml": headShoot, "broken.yaml": broken, "unknown.yaml": unknownField };

const cases: readonly (readonly [title: string, args: readonly string[], code: number])[] = [
  ["0: a change without a gate", ["base.yaml", "head.yaml"], 0],
  ["0: a gate on effects that do not happen", ["base.yaml", "head.yaml", "--fail-on", "delete,create"], 0],
  ["0: none as the effect to fail on", ["base.yaml", "head.yaml", "--fail-on", "none"], 0],
  ["0: no change under --exit-code", ["base.yaml", "base.yaml", "--exit-code"], 0],
  ["1: a pool has an effect of --fail-on", ["base.yaml", "head.yaml", "--fail-on", "delete,replace"], 1],
  ["1: a weaker effect of a pool counts too", ["base.yaml", "head.yaml", "--fail-on", "scale"], 1],
  ["1: any effect under --exit-code", ["base.yaml", "head.yaml", "--exit-code"], 1],
  ["1: --exit-code beside a gate that is not hit", ["base.yaml", "head.yaml", "--exit-code", "--fail-on", "delete"], 1],
  ["2: an unknown option", ["--frobnicate"], 2],
  ["2: an unknown effect", ["base.yaml", "head.yaml", "--fail-on", "explode"], 2],
  ["2: an unknown format", ["base.yaml", "head.yaml", "--format", "pdf"], 2],
  ["2: an unknown target", ["base.yaml", "head.yaml", "--target", "gardner=1.149"], 2],
  ["2: a target without a version", ["base.yaml", "head.yaml", "--target", "gardener"], 2],
  ["2: three operands", ["base.yaml", "head.yaml", "base.yaml"], 2],
  ["2: standard input twice", ["-", "-"], 2],
  ["2: a configuration file that is not there", ["base.yaml", "head.yaml", "--config", "none.yaml"], 2],
  ["2: a report that cannot be written", ["base.yaml", "head.yaml", "--format", "json=none/report.json"], 2],
  ["3: a side that is not there", ["base.yaml", "gone.yaml"], 3],
  ["3: a side that is no YAML", ["base.yaml", "broken.yaml"], 3],
  ["3: an error beats a finding", ["base.yaml", "broken.yaml", "--exit-code", "--fail-on", "delete"], 3],
];

describe("exit codes", () => {
  for (const [title, args, code] of cases)
    it(title, async (context) => {
      const run = await willItRoll(args, { cwd: folderWith(context, files) });
      assert.equal(run.code, code, run.stderr);
      if (code >= 2) {
        assert.equal(run.stdout, "");
        assert.match(run.stderr, /^will-it-roll: /);
      }
    });

  it("3: a folder that is not there is said to be missing, not to be in no repository", async (context) => {
    const run = await willItRoll(["base", "gone"], { cwd: folderWith(context, { "base/a.yaml": baseShoot }) });
    assert.equal(run.code, 3);
    assert.match(run.stderr, /^will-it-roll: gone does not exist, and no git repository is here/);
  });

  it("3: an absolute path is no revision", async (context) => {
    const run = await willItRoll(["/gone/base", "/gone/head"], { cwd: folderWith(context, {}) });
    assert.equal(run.code, 3);
    assert.match(run.stderr, /^will-it-roll: cannot read \/gone\/base: it does not exist\. Check the path/);
  });

  it("4: an incomplete report under --strict, and it beats a gate", async (context) => {
    const cwd = folderWith(context, { "base/a.yaml": baseShoot, "head/a.yaml": headShoot, "head/b.yaml": broken });
    const lenient = await willItRoll(["base", "head"], { cwd });
    assert.equal(lenient.code, 0, lenient.stderr);
    const strict = await willItRoll(["base", "head", "--strict", "--fail-on", "replace"], { cwd });
    assert.equal(strict.code, 4);
    assert.notEqual(strict.stdout, "", "the report is still printed");
  });

  it("3: a directory of which nothing can be read, with the first reasons", async (context) => {
    const broken = (index: number, more = ""): string => `${baseShoot}  bad: [${index}${more}\n`;
    const files = (side: string, more: string): Record<string, string> =>
      Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`${side}/${index}.yaml`, broken(index, more)]));
    const cwd = folderWith(context, {
      ...files("six", ","),
      ...files("other", ""),
      "two/0.yaml": broken(0, ","),
      "two/same.yaml": broken(9),
      "read/0.yaml": baseShoot,
      "read/same.yaml": broken(9),
      "same/same.yaml": broken(9),
      "link/x.md": "",
    });
    symlinkSync("nowhere.yaml", join(cwd, "link", "a.yaml"));
    const refused = async (base: string, head: string): Promise<string> => {
      const { code, stdout, stderr } = await willItRoll([base, head], { cwd });
      assert.deepEqual([code, stdout], [3, ""]);
      assert.match(stderr, new RegExp(`^will-it-roll: nothing in ${base} could be read, so there is no verdict:\n`));
      return stderr;
    };
    const six = await refused("six", "other");
    assert.match(six, /\n {2}six\/0\.yaml:\d+: .*\n(?:.*\n){4} {2}and 1 more\n$/);
    const one = await refused("two", "read");
    assert.match(one, /\n {2}two\/0\.yaml:\d+: .*\n$/, "what both have alike is no reason");
    assert.equal(one.split("\n").length, 3);
    const alike = await willItRoll(["same", "read"], { cwd });
    assert.equal(alike.code, 0, alike.stderr);
    assert.match(alike.stdout, /INCOMPLETE[^]*Also: 3 create\./);
    assert.match(await refused("link", "read"), /\n {2}link\/a\.yaml: the symbolic link leads nowhere/);
  });

  it("0: pairs that are rarely meant, with a word on standard error", async (context) => {
    const cwd = folderWith(context, {
      "a.yaml": baseShoot,
      "head/a.yaml": baseShoot,
      "none/README.md": "",
      "no/x.md": "",
      "empty.yaml": "",
      "list.json": "[1, 2",
    });
    const mixed = await willItRoll(["a.yaml", "head"], { cwd });
    assert.equal(mixed.code, 0);
    assert.match(mixed.stderr, /a\.yaml is a file and head a directory: what only one of them has counts as new or/);
    const empty = await willItRoll(["none", "no"], { cwd });
    assert.equal(empty.code, 0);
    assert.match(empty.stderr, /neither none nor no holds a manifest/);
    const failed = await willItRoll(["a.yaml", "empty.yaml"], { cwd });
    assert.equal(failed.code, 0);
    assert.match(failed.stderr, /empty\.yaml holds no manifest, so all that the other side has counts as deleted\n$/);
    const other = await willItRoll(["list.json", "a.yaml"], { cwd });
    assert.match(other.stderr, /list\.json holds no manifest, so all that the other side has counts as new\n$/);
    for (const usual of [
      ["a.yaml", "/dev/null"],
      ["a.yaml", "a.yaml"],
      ["head", "head"],
      ["none", "head"],
    ])
      assert.equal((await willItRoll(usual, { cwd })).stderr, "");
  });
});
