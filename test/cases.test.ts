import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { load } from "js-yaml";
import { analyze, type Side } from "../src/index.ts";
import { effects } from "../src/rules/words.ts";

/** What is in `expected.yaml`; a pool is named `pool`, or `namespace/pool` where pools are objects. */
interface Expected {
  /** What the scenario shows. */
  readonly because?: string;
  /** Where upstream code says so. */
  readonly source?: string;
  readonly targets?: Readonly<Record<string, string>>;
  readonly landscape?: Readonly<Record<string, string | boolean>>;
  readonly pools: Readonly<Record<string, string>>;
}

const folder = join(import.meta.dirname, "cases");
const foldersIn = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();

const side = (path: string, name: string): Side => ({
  label: name,
  files: [{ path: name, bytes: readFileSync(join(path, name)) }],
});

for (const system of foldersIn(folder))
  describe(system, () => {
    for (const scenario of foldersIn(join(folder, system)))
      it(scenario.replaceAll("-", " "), () => {
        const path = join(folder, system, scenario);
        const expected = load(readFileSync(join(path, "expected.yaml"), "utf8")) as Expected;
        assert.ok(Object.values(expected.pools).every((effect) => effects.some((known) => known === effect)));
        const { targets = {}, landscape = {} } = expected;
        const report = analyze(side(path, "base.yaml"), side(path, "head.yaml"), { targets, landscape });
        const found = new Map(
          report.pools.flatMap((pool) => [
            [pool.pool, pool.effect],
            [`${pool.namespace}/${pool.pool}`, pool.effect],
          ]),
        );
        // A pool that the change does not touch is not listed.
        const judged = Object.keys(expected.pools).map((pool) => [pool, found.get(pool) ?? "none"]);
        assert.deepEqual(
          Object.fromEntries(judged),
          expected.pools,
          `${expected.because ?? ""} (${expected.source ?? ""})`,
        );
      });
  });
