import assert from "node:assert/strict";
import { it } from "node:test";
import { analyze } from "../../src/index.ts";
import { nodePool, shoot } from "../rendering/shoots.ts";
import { sideOf } from "../side.ts";

const side = (files: Readonly<Record<string, string>>) => sideOf(files, "x");

it("names of a cluster that is not among the manifests the changed pools, however the files are cut", () => {
  const [web, bigger, search] = [nodePool("c", "web"), nodePool("c", "web", "", 8), nodePool("c", "search")];
  const base = side({ "all.yaml": `${web}---\n${search}` });
  for (const head of [{ "all.yaml": `${bigger}---\n${search}` }, { "all.yaml": bigger, "search.yaml": search }])
    assert.deepEqual(
      analyze(base, side(head)).pools.map(({ pool, effect }) => `${pool} ${effect}`),
      ["web replace"],
    );
});

it("shows of a whole object the part that changed", () => {
  const labelled = (stage: string): string =>
    shoot("one", ["a"]).replace("name: a\n", `name: a\n        labels: {team: x, stage: ${stage}}\n`);
  const report = analyze(side({ "a.yaml": labelled("dev") }), side({ "a.yaml": labelled("prod") }));
  assert.deepEqual(
    report.pools.flatMap(({ causes }) => causes.map(({ path, before, after }) => [path, before, after])),
    [["/spec/provider/workers/a/labels/stage", "dev", "prod"]],
  );
});
