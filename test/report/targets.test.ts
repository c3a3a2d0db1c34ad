import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { analyze, mergeShards } from "../../src/index.ts";
import { root } from "../built-program.ts";
import { shoot } from "../rendering/shoots.ts";

const side = (file: string) => ({
  label: file,
  files: [{ path: file, bytes: readFileSync(join(root, "examples", file)) }],
});

/** What is said of targets when a Shoot is judged by them. */
const said = (targets: Readonly<Record<string, string>>): string[] =>
  analyze(side("gardener.base.yaml"), side("gardener.head.yaml"), { targets })
    .diagnostics.filter(({ code }) => code === "strange-target")
    .map(({ message }) => message);

test("a target newer or older than the rules describe is said, as far as its system was judged", () => {
  assert.match(
    said({ gardener: "99.9" }).join(),
    /^gardener 99\.9 is newer than \d+\.\d+, the newest that the rules know/,
  );
  assert.match(
    said({ gardener: "0.1" }).join(),
    /^gardener 0\.1 is older than \d+\.\d+, the oldest that the rules describe/,
  );
  assert.match(said({ "provider-aws": "99.0.1" }).join(), /^provider-aws 99\.0\.1 is newer/);
  assert.deepEqual(said({ "hypershift-operator": "99.9" }), []);
});

test("no word is lost on targets that the rules describe, patch releases of the newest among them", () => {
  const { targets } = analyze(side("gardener.base.yaml"), side("gardener.head.yaml")).rules[0]!;
  assert.deepEqual(said(targets), []);
  assert.deepEqual(said({ gardener: `${targets["gardener"]}.7` }), []);
  assert.deepEqual(said({}), []);
});

const fleet = (label: string, pool: string, infrastructures: readonly string[]) => ({
  label,
  files: infrastructures.map((infrastructure, index) => ({
    path: `${index}.yaml`,
    bytes: new TextEncoder().encode(
      shoot(`cluster-${index}`, [pool]).replaceAll(/^( +(?:type|name): )aws$/gm, `$1${infrastructure}`),
    ),
  })),
});

test("a report names the versions of what concerns its pools, and those that somebody named", () => {
  const base = fleet("base", "small", ["aws", "gcp"]);
  const head = fleet("head", "large", ["aws", "gcp"]);
  const named = (options: Parameters<typeof analyze>[2] = {}, [before, after] = [base, head]): string[] =>
    analyze(before, after, options).rules.flatMap(({ targets }) => Object.keys(targets));
  assert.deepEqual(named(), ["gardener", "provider-aws", "provider-gcp"]);
  assert.deepEqual(named({}, [fleet("base", "a", ["openstack"]), fleet("head", "b", ["openstack"])]), [
    "gardener",
    "provider-openstack",
  ]);
  assert.deepEqual(named({ targets: { "provider-azure": "1.60" } }), [
    "gardener",
    "provider-aws",
    "provider-azure",
    "provider-gcp",
  ]);
  assert.deepEqual(named({}, [base, base]), []);
});

test("parts of a run name their own versions, and all of them joined those of the whole", () => {
  const infrastructures = ["openstack", "aws", "gcp", "azure", "aws", "gcp"];
  const [base, head] = [fleet("base", "a", infrastructures), fleet("head", "b", infrastructures)];
  const parts = [1, 2, 3].map((number) => ({
    name: `${number}.json`,
    report: analyze(base, head, { shard: { number, count: 3 } }),
  }));
  const whole = analyze(base, head);
  assert.ok(
    parts.some(
      ({ report }) => Object.keys(report.rules[0]!.targets).length < Object.keys(whole.rules[0]!.targets).length,
    ),
  );
  assert.equal(JSON.stringify(mergeShards(parts).rules), JSON.stringify(whole.rules));
});
