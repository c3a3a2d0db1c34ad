import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { assert as holds, asyncProperty, nat } from "fast-check";
import { analyze } from "../../src/index.ts";
import { folderWith } from "../temporary-folder.ts";
import { reportOf, searchPath, withTools } from "./comparison.ts";
import { type Deployed, described, repository } from "./deployed-repository.ts";
import { differenceOf, touched } from "./one-difference.ts";

test(
  "a change of what Argo CD and Flux deploy does to pools what the change of all that they render does",
  withTools,
  async (context) => {
    const outputs = new Map<string, Buffer>();
    const rendered = (one: Deployed): Buffer => {
      const key = JSON.stringify(one);
      const known = outputs.get(key);
      if (known !== undefined) return known;
      const folder = folderWith(context, {});
      for (const [path, text] of Object.entries(one.files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const output = execFileSync(join(searchPath ?? "", one.program), one.arguments, { cwd: folder });
      const { memory } = one;
      const filled =
        memory === undefined ? output : Buffer.from(output.toString().replaceAll("${MEMORY:=8Gi}", memory));
      outputs.set(key, filled);
      return filled;
    };
    const sideOf = (one: Deployed | undefined) => ({
      label: "side",
      files: one === undefined ? [] : [{ path: "rendered.yaml", bytes: rendered(one) }],
    });
    const property = asyncProperty(repository, repository, nat(), async (first, other, which) => {
      const base = described(first);
      const head = described({ ...first, ...differenceOf(first, other, which) });
      const expected = [...new Set([...base.deployed.keys(), ...head.deployed.keys()])].flatMap((id) =>
        touched(analyze(sideOf(base.deployed.get(id)), sideOf(head.deployed.get(id)))),
      );
      const gone = Object.fromEntries(Object.keys(base.files).map((path) => [path, null]));
      const report = await reportOf(context, base.files, { ...gone, ...head.files });
      assert.deepEqual(touched(report).toSorted(), expected.toSorted());
      assert.equal(report.complete, true);
    });
    await holds(property, { seed: 7, numRuns: 12 });
  },
);
