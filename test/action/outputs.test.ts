import assert from "node:assert/strict";
import { test } from "node:test";
import { outputsOf } from "../../src/action/outputs.ts";
import { analyze } from "../../src/index.ts";
import type { Effect } from "../../src/rules/words.ts";
import { pool, report } from "../views/build-report.ts";
import { shoot } from "./pull-request.ts";

test("a pool that rolls beside a refusal is a rollout", () => {
  const of = (effects: Effect[]): unknown =>
    outputsOf(report([pool("a", { effect: "rejected", effects })]), "")["has-rollout"];
  assert.equal(of(["rejected", "replace"]), true);
  assert.equal(of(["rejected", "scale"]), false);
});

test("the output `pools` tells clusters of one name in two folders apart", () => {
  const side = (version: string) => ({
    label: version,
    files: ["dev", "prod"].map((stage) => ({
      path: `${stage}/a.yaml`,
      bytes: new TextEncoder().encode(shoot("a", version)),
    })),
  });
  const outputs = outputsOf(analyze(side("1.33.0"), side("1.34.0")), "report.json");
  const pools = JSON.parse(String(outputs["pools"])) as { cluster: string; application?: string }[];
  assert.deepEqual(
    pools.map(({ cluster, application }) => [cluster, application]),
    [
      ["a", "dev"],
      ["a", "prod"],
    ],
  );
});
