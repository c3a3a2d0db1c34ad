import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Report } from "../../src/report/report.ts";
import { root, willItRoll } from "../built-program.ts";
import { folderWith } from "../temporary-folder.ts";
import { baseShoot, shootWith } from "./example-shoot.ts";

/** The tables that a page shows. */
const tablesOf = (page: string): string[] =>
  [...readFileSync(join(root, page), "utf8").matchAll(/```yaml\n(system: [\s\S]*?)```/g)].map(([, text = ""]) => text);
const documented = tablesOf("docs/rules.md");

describe("rules", () => {
  it("lists every rule and shows one by its short name", async () => {
    const { stdout } = await willItRoll(["rules", "list", "--format", "json"]);
    const cards = JSON.parse(stdout) as { name: string; because: string; source: string }[];
    assert.ok(cards.length > 200);
    const [card] = cards;
    const shown = await willItRoll(["rules", "show", card?.name.replace(/^.*\//, "") ?? ""]);
    assert.equal(shown.code, 0, shown.stderr);
    assert.match(shown.stdout, new RegExp(`^rule {7}${card?.name} `));
  });

  it("suggests the nearest rule and the nearest action", async () => {
    const { code, stderr } = await willItRoll(["rules", "show", "gardener/machine-tpye"]);
    assert.equal(code, 2);
    assert.match(stderr, /did you mean "gardener\/machine-type"/);
    const other = await willItRoll(["rules", "show", "hypershift/config"]);
    assert.match(other.stderr, /no rule is called hypershift\/config; see/, "the system is no part of the likeness");
    assert.match((await willItRoll(["rules", "shwo"])).stderr, /did you mean "show"/);
    assert.match(
      (await willItRoll(["rules", "list", "machine-type"])).stderr,
      /rules list takes no operand.*rules show/,
    );
    const formatted = await willItRoll(["rules", "check", "--format", "json", "any.yaml"]);
    assert.equal(formatted.code, 2);
    assert.match(formatted.stderr, /rules check takes no --format/);
  });

  it("shows what a rule says, a row each, and what of it fits a line in the list", async (context) => {
    const ours = `system: gardener
fields:
  - id: colour
    at: [$pool/colour, $pool/paint]
    when: { path: $pool/kind, is: metal }
    effect: inplace
    cases: [{ when: { path: $pool/size, is: big }, effect: replace }]
    because: The paint is new.
    source: example/paint@0123456 paint.go Apply
refusals:
  - { id: no-green, at: $pool/green, on: changed, because: We have no green., instead: Take blue., source: example/paint }
`;
    const cwd = folderWith(context, { "ours.yaml": ours });
    const shown = async (...words: readonly string[]): Promise<string> =>
      (await willItRoll(["rules", ...words, "--rules", "ours.yaml"], { cwd })).stdout;
    assert.equal(
      await shown("show", "colour"),
      `rule       gardener/colour (field)
fields     spec.provider.workers[].colour
           spec.provider.workers[].paint
condition  spec.provider.workers[].kind is metal
case       spec.provider.workers[].size is big: replace
effect     inplace
because    The paint is new.
source     example/paint@0123456 paint.go Apply
`,
    );
    assert.equal(
      await shown("show", "gardener/no-green"),
      `rule       gardener/no-green (refusal)
fields     spec.provider.workers[].green
effect     rejected
because    We have no green.
instead    Take blue.
source     example/paint
`,
    );
    const list = await shown();
    assert.equal(list, await shown("list"));
    const [colour, green] = ["colour", "no-green"].map((id) =>
      list.split("\n").find((line) => line.startsWith(`gardener/${id} `)),
    );
    assert.match(
      colour ?? "",
      /^gardener\/colour {10,}replace, inplace {2,}spec\.provider\.workers\[\]\.colour, \.\.\.$/,
    );
    assert.match(green ?? "", /^gardener\/no-green {10,}rejected {2,}spec\.provider\.workers\[\]\.green$/);
    assert.equal(colour?.indexOf("replace"), green?.indexOf("rejected"));
    assert.equal(colour?.indexOf("spec."), green?.indexOf("spec."));
    assert.doesNotMatch(list, /RollingPerhaps|AutoRollingUpdate/);
    const checked = await willItRoll(["rules", "check", "ours.yaml"], { cwd });
    assert.deepEqual([checked.code, checked.stderr], [0, "will-it-roll: the file is valid\n"]);
    const twice = await willItRoll(["rules", "show", "aws-market-type"]);
    assert.match(twice.stderr, /several rules are called .*: gardener\/aws-market-type, hypershift\/aws-market-type$/m);
  });

  it("accepts the tables that the documentation shows", async (context) => {
    assert.equal(documented.length, 3);
    const tables = Object.fromEntries(documented.map((text, index) => [`${index}.yaml`, text]));
    const run = await willItRoll(["rules", "check", ...Object.keys(tables)], { cwd: folderWith(context, tables) });
    assert.deepEqual([run.code, run.stderr], [0, "will-it-roll: all 3 files are valid\n"]);
  });

  it("takes on as the word that it is, though YAML 1.1 reads it as true", async (context) => {
    const rules = [
      "system: gardener",
      "refusals:",
      "  - id: no-region",
      "    at: /spec/region",
      "    on: changed",
      "    because: We have one region.",
      "    source: example/rules@0123456 rules.md",
    ];
    const table = (...more: readonly string[]): Record<string, string> => ({
      "ours.yaml": [...rules, ...more, ""].join("\n"),
    });
    const right = await willItRoll(["rules", "check", "ours.yaml"], { cwd: folderWith(context, table()) });
    assert.equal(right.code, 0, right.stderr);
    const wrong = await willItRoll(["rules", "check", "ours.yaml"], {
      cwd: folderWith(context, table("    off: [1]")),
    });
    assert.match(wrong.stderr, /ours\.yaml:8: refusals\[0\]: unknown key "off"/);
    const missing = table("holds:", "  - { id: paused, until: unpaused, because: it is }");
    const incomplete = await willItRoll(["rules", "check", "ours.yaml"], { cwd: folderWith(context, missing) });
    assert.match(incomplete.stderr, /ours\.yaml:9: holds\[0\]\.when: is missing/);
  });

  it("names file, line, key and nearest word of everything that is wrong", async (context) => {
    const table = [
      "system: gardener",
      "fields:",
      "  - id: Taints",
      "    at: $pool/taints",
      "    efect: none",
      "  - id: labels",
      "    at: $pol/labels",
      "    effect: repalce",
      "",
    ].join("\n");
    const cwd = folderWith(context, { "mine.yaml": table });
    const { code, stderr } = await willItRoll(["rules", "check", "mine.yaml"], { cwd });
    assert.equal(code, 2);
    assert.match(stderr, /mine\.yaml:3: fields\[0\]\.id: must be kebab-case/);
    assert.match(stderr, /mine\.yaml:5: fields\[0\]: unknown key "efect" \(did you mean "effect"\?\)/);
    assert.match(stderr, /mine\.yaml:8: fields\[1\]\.effect: .*did you mean "replace"/);
    const names = table.replace("Taints", "taints").replace("efect", "effect").replace("repalce", "replace");
    const second = await willItRoll(["rules", "check", "mine.yaml"], {
      cwd: folderWith(context, { "mine.yaml": `${names}let: {soil: [$pool/soil, $clutser/soil]}\n` }),
    });
    assert.match(second.stderr, /mine\.yaml:9: let\.soil: no root is called "clutser" \(did you mean "cluster"\?\)/);
    assert.match(second.stderr, /mine\.yaml:7: fields\[1\]\.at: no root is called "pol" \(did you mean "pool"\?\)/);
  });

  it("names variables and references that stand for themselves", async (context) => {
    const mine = [
      "system: gardener",
      "let:",
      "  soil: $earth/x",
      "  earth: [$pool/earth, $soil/y]",
      "  sand: $soil/z",
      "references:",
      "  - {id: ours, kind: ConfigMap, names: $theirs/data/name}",
      "  - {id: theirs, kind: ConfigMap, names: $ours/data/name}",
      "  - {id: own, kind: ConfigMap, names: $own/data/name}",
      "",
    ].join("\n");
    const { code, stderr } = await willItRoll(["rules", "check", "mine.yaml"], {
      cwd: folderWith(context, { "mine.yaml": mine }),
    });
    assert.equal(code, 2);
    assert.deepEqual(stderr.replace("will-it-roll: ", "").trim().split("\n"), [
      "mine.yaml:3: let.soil: stands for itself: $soil -> $earth -> $soil",
      "mine.yaml:4: let.earth: stands for itself: $earth -> $soil -> $earth",
      "mine.yaml:7: references[0].names: stands for itself: $ours -> $theirs -> $ours",
      "mine.yaml:8: references[1].names: stands for itself: $theirs -> $ours -> $theirs",
      "mine.yaml:9: references[2].names: stands for itself: $own -> $own",
    ]);
  });

  it("names rows that would never say a word", async (context) => {
    const mine = [
      "system: gardener",
      "fields:",
      "  - {id: taintz, effect: none, because: Ours.}",
      "  - {id: machine-type, effect: none, because: Ours.}",
      "  - {id: mine, at: $pool/mine, because: Ours.}",
      "  - {id: also-mine, at: $pool/alsoMine, effect: none}",
      "refusals:",
      "  - {id: region-immutabel, because: Ours.}",
    ];
    const cwd = folderWith(context, { "mine.yaml": mine.join("\n"), "other.yaml": "system: gardner\n" });
    const { code, stderr } = await willItRoll(["rules", "check", "mine.yaml"], { cwd });
    assert.equal(code, 2);
    const lines = stderr.trimEnd().split("\n");
    assert.equal(lines.length, 5, stderr);
    assert.match(
      lines[0]!,
      /mine\.yaml:3: fields\[0\]\.id: no row of fields is called "taintz" \(did you mean "taints"\?\)/,
    );
    assert.match(lines[1]!, /:4: fields\[1\]\.id: "machine-type" is an input of a fingerprint, and those always speak/);
    assert.match(lines[2]!, /:5: fields\[2\]: says nothing of its place: add "effect", "trigger" or "cases"/);
    assert.match(lines[3]!, /:6: fields\[3\]: needs "because"/);
    assert.match(lines[4]!, /:8: refusals\[0\]\.id: no row of refusals is called "region-immutabel"/);
    const other = await willItRoll(["rules", "check", "other.yaml"], { cwd });
    assert.match(other.stderr, /other\.yaml:1: system: .*did you mean "gardener"/);
  });

  it("refuses regular expressions in users' tables", async (context) => {
    const table = [
      "system: gardener",
      "fields:",
      "  - {id: a, at: $pool/x, effect: none, when: {path: $pool/y, matches: (a+)+$}}",
      "shapes: {worker: {name: string matches=^(a+)+$}}",
      "validations: {worker: [{at: name, rule: self.matches('^(a+)+$'), message: wrong}]}",
      "",
    ].join("\n");
    const { code, stderr } = await willItRoll(["rules", "check", "a.yaml"], {
      cwd: folderWith(context, { "a.yaml": table }),
    });
    assert.equal(code, 2);
    assert.match(stderr, /a\.yaml:3: .*use is or in/);
    assert.match(stderr, /a\.yaml:4: shapes\.worker\.name: holds a pattern/);
    assert.match(stderr, /a\.yaml:5: validations\.worker\[0\]\.rule: holds a pattern/);
  });
});

describe("--rules", () => {
  const effects = async (args: readonly string[], cwd: string): Promise<Record<string, string>> => {
    const { stdout, stderr } = await willItRoll([...args, "--format", "json"], { cwd });
    assert.notEqual(stdout, "", stderr);
    return Object.fromEntries((JSON.parse(stdout) as Report).pools.map(({ pool, effect }) => [pool, effect]));
  };

  it("adds a rule for a field that nobody knew, as the README shows", async (context) => {
    const [rule = ""] = tablesOf("README.md");
    const head = shootWith("machine:\n          type", "machine:\n          confidential: true\n          type");
    const cwd = folderWith(context, { "base.yaml": baseShoot, "head.yaml": head, "rules.yaml": rule });
    assert.equal((await effects(["base.yaml", "head.yaml"], cwd))["general"], "unknown");
    const judged = await effects(["base.yaml", "head.yaml", "--rules", "rules.yaml"], cwd);
    assert.equal(judged["general"], "new-nodes-only");
  });

  it("changes a rule of the program, as the documentation shows", async (context) => {
    const [rule = ""] = documented;
    const taint = "maxSurge: 2\n        taints: [{ key: a, effect: NoSchedule }]";
    const cwd = folderWith(context, {
      "base.yaml": baseShoot,
      "head.yaml": shootWith("maxSurge: 2", taint),
      "rules.yaml": rule,
    });
    assert.equal((await effects(["base.yaml", "head.yaml"], cwd))["general"], "inplace");
    const judged = await effects(["base.yaml", "head.yaml", "--rules", "rules.yaml"], cwd);
    assert.equal(judged["general"] ?? "none", "none");
  });

  it("describes a new kind, with strategies of its own", async (context) => {
    const kind = documented.at(-1) ?? "";
    const fleet = (image: string, replicas: number): string =>
      [
        "apiVersion: fleet.example.org/v1",
        "kind: MachineFleet",
        "metadata: {name: edge, namespace: plants}",
        "spec:",
        "  groups:",
        `  - {name: presses, image: ${image}, replicas: 3}`,
        `  - {name: robots, strategy: OnDelete, image: ${image}, replicas: 3}`,
        `  - {name: gates, image: fixed, replicas: ${replicas}}`,
        "",
      ].join("\n");
    const cwd = folderWith(context, {
      "base.yaml": fleet("os-1", 3),
      "head.yaml": fleet("os-2", 5),
      "rules.yaml": kind,
    });
    assert.deepEqual(await effects(["base.yaml", "head.yaml", "--rules", "rules.yaml"], cwd), {
      presses: "replace",
      robots: "on-delete",
      gates: "scale",
    });
  });
});
