import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { analyze } from "../../src/index.ts";
import { root } from "../built-program.ts";

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
