import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Report } from "../../src/report/report.ts";
import { willItRoll } from "../built-program.ts";
import { folderWith } from "../temporary-folder.ts";
import { baseShoot, headShoot } from "./example-shoot.ts";

const files = { "deep/er/base.yaml": baseShoot, "deep/er/head.yaml": headShoot };
const sides = ["base.yaml", "head.yaml"];

describe(".will-it-roll.yaml", () => {
  it("is found upward, and the command line wins", async (context) => {
    const folder = folderWith(context, { ...files, ".will-it-roll.yaml": "failOn: [replace]\n" });
    const cwd = join(folder, "deep/er");
    assert.equal((await willItRoll(sides, { cwd })).code, 1);
    assert.equal((await willItRoll([...sides, "--fail-on", "delete"], { cwd })).code, 0);
  });

  it("is not passed over in silence where it is a link to a file that is gone", async (context) => {
    const folder = folderWith(context, files);
    symlinkSync("shared/gates.yaml", join(folder, ".will-it-roll.yaml"));
    const { code, stderr } = await willItRoll(sides, { cwd: join(folder, "deep/er") });
    assert.equal(code, 2);
    assert.match(stderr, /cannot read the configuration \.\.\/\.\.\/\.will-it-roll\.yaml/);
  });

  it("is not passed over in silence under a name that is nearly right", async (context) => {
    const folder = folderWith(context, { ...files, ".will-it-roll.yml": "failOn: [replace]\n" });
    const { code, stderr } = await willItRoll(sides, { cwd: join(folder, "deep/er") });
    assert.equal(code, 2);
    assert.match(stderr, /\.\.\/\.\.\/\.will-it-roll\.yml is not read under this name: call it \.will-it-roll\.yaml/);
    assert.equal(
      (await willItRoll([...sides, "--config", "../../.will-it-roll.yml"], { cwd: join(folder, "deep/er") })).code,
      1,
    );
  });

  it("is not looked for above the repository", async (context) => {
    const folder = folderWith(context, { ...files, ".will-it-roll.yaml": "nonsense: true\n" });
    mkdirSync(join(folder, "deep/.git"));
    assert.equal((await willItRoll(sides, { cwd: join(folder, "deep/er") })).code, 0);
  });

  it("ends the run with 2 and names the place of a mistake", async (context) => {
    const folder = folderWith(context, {
      ...files,
      ".will-it-roll.yaml": "gates:\n  - {name: a, effects: [replace], maximun: {}}\n",
    });
    const { code, stderr, stdout } = await willItRoll(sides, { cwd: join(folder, "deep/er") });
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /\.will-it-roll\.yaml:2: gates\[0\]: unknown key "maximun" \(did you mean "maximum"\?\)/);
  });

  it("says what is wrong with a file that an option names", async (context) => {
    const cwd = folderWith(context, files);
    const missing = await willItRoll(["--config", "gone.yaml", "deep/er/base.yaml", "deep/er/head.yaml"], { cwd });
    assert.deepEqual(
      [missing.code, missing.stderr],
      [2, "will-it-roll: cannot read the configuration gone.yaml: it does not exist. Check the path\n"],
    );
    const mistyped = await willItRoll(["--target", "gardener=newest", "deep/er/base.yaml", "deep/er/head.yaml"], {
      cwd,
    });
    assert.equal(mistyped.code, 2);
    assert.match(mistyped.stderr, /--target: "gardener=newest" is not a target: write NAME=VERSION/);
    const two = ["gardener=1.149", "gardener=v1.140"].flatMap((target) => ["--target", target]);
    const twice = await willItRoll([...two, "deep/er/base.yaml", "deep/er/head.yaml"], { cwd });
    assert.deepEqual(
      [twice.code, twice.stderr],
      [2, "will-it-roll: --target: gardener was given twice: once is enough\n"],
    );
    const elsewhere = join(cwd, "gone.yaml");
    const named = await willItRoll(["rules", "list", "--rules", elsewhere], { cwd: join(cwd, "deep") });
    assert.match(named.stderr, new RegExp(`cannot read the rules ${elsewhere}: it does not exist. Check the path`));
  });

  it("names the row of each file of rules that it cannot read", async (context) => {
    const configuration = "strict: true\nrules:\n  - our/gone.yaml\n  - here.yaml\n  - our\n";
    const cwd = folderWith(context, { ...files, ".will-it-roll.yaml": configuration, "here.yaml": "", "our/x": "" });
    const run = await willItRoll(sides, { cwd: join(cwd, "deep/er") });
    assert.deepEqual(
      [run.code, run.stdout, run.stderr],
      [
        2,
        "",
        "will-it-roll: ../../.will-it-roll.yaml:3: rules[0]: cannot read ../../our/gone.yaml: it does not exist. Check the path. The path begins at the folder of this file\n" +
          "../../.will-it-roll.yaml:5: rules[2]: cannot read ../../our: it is a folder. Check the path and its permissions. The path begins at the folder of this file\n",
      ],
    );
  });

  it("holds gates, takes rules from its folder, and says what the report was judged by", async (context) => {
    const configuration = [
      "gates: [{name: prod, effects: [replace], clusters: [pay*]}]",
      "rules: [our/rules.yaml]",
      'targets: {gardener: "1.140", provider-aws: "1.70"}',
      "",
    ].join("\n");
    const rules = "system: gardener\nfields:\n  - {id: ours, at: /spec/ours, effect: none, because: it is ours}\n";
    const folder = folderWith(context, { ...files, ".will-it-roll.yaml": configuration, "our/rules.yaml": rules });
    const run = await willItRoll([...sides, "--format", "json"], { cwd: join(folder, "deep/er") });
    assert.equal(run.code, 1);
    assert.match(
      run.stderr,
      /gate prod: 1 pool in 1 cluster with replace \(garden-prod\/payments\/ledger\); none allowed/,
    );
    const targetsOf = ({ stdout }: { readonly stdout: string }) =>
      (JSON.parse(stdout) as Report).rules.find(({ system }) => system === "gardener")?.targets;
    assert.deepEqual(targetsOf(run), { gardener: "1.140", "provider-aws": "1.70" });
    const args = [...sides, "--format", "json", "--target", "gardener = v1.139"];
    const named = await willItRoll(args, { cwd: join(folder, "deep/er") });
    assert.deepEqual(targetsOf(named), { gardener: "1.139", "provider-aws": "1.70" });
  });

  it("reads paths from the root of two directories, and of the repository beside a revision", async (context) => {
    const cwd = folderWith(context, {
      "fleet/old/prod/a.yaml": baseShoot,
      "fleet/new/prod/a.yaml": headShoot,
      "fleet/old/attic/b.yaml": baseShoot.replace("payments", "attic"),
    });
    const judged = async (paths: string, ...operands: string[]): Promise<string> => {
      writeFileSync(join(cwd, ".will-it-roll.yaml"), `paths: ${paths}\n`);
      const { code, stdout, stderr } = await willItRoll([...operands, "--format", "json"], { cwd });
      return code === 0 ? (JSON.parse(stdout) as Report).verdict : stderr;
    };
    assert.equal(await judged("[prod/**]", "fleet/old", "fleet/new"), "replace");
    assert.equal(await judged('["!attic/**"]', "fleet/old", "fleet/new"), "replace");
    assert.match(
      await judged("[fleet/**]", "fleet/old", "fleet/new"),
      /paths of the configuration leaves nothing of fleet\/old and fleet\/new: its globs begin at the root of each/,
    );
    assert.equal(await judged("[nowhere/**]", "fleet/old/prod/a.yaml", "fleet/new/prod/a.yaml"), "replace");
    const git = (...args: string[]): void => {
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", ...args], { cwd, stdio: "pipe" });
    };
    git("init", "-q", "-b", "main");
    git("add", ".");
    git("commit", "-qm", "Add a fleet");
    writeFileSync(join(cwd, "fleet/old/prod/a.yaml"), headShoot);
    assert.equal(await judged("[fleet/old/prod/**]", "HEAD:fleet/old", "fleet/old"), "replace");
    writeFileSync(join(cwd, ".will-it-roll.yaml"), "paths: [flete/**]\n");
    const none = await willItRoll(["HEAD"], { cwd });
    assert.equal(none.code, 0);
    assert.match(
      none.stderr,
      /^will-it-roll: \.will-it-roll\.yaml changes here too; the change was judged by that of the/m,
    );
    assert.match(none.stderr, /paths of the configuration leaves out all that changed \(2 files\)/);
  });
});
