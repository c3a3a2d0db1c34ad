import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../../../src/manifests/manifest.ts";
import { change, judge } from "./judge.ts";
import { clusterOf, type Platform, poolOf, type UpgradeType } from "./objects.ts";

const replace = (rollingUpdate: Json): Json => ({ strategy: "RollingUpdate", rollingUpdate });

/** How a pool's nodes move, by what its upgrade type reads. */
const rollouts: readonly {
  readonly says: string;
  readonly on?: Platform;
  readonly upgrade?: UpgradeType;
  readonly management: Readonly<Record<string, Json | undefined>>;
  readonly moves: { readonly strategy: string; readonly surge: string | null; readonly unavailable: string | null };
}[] = [
  {
    says: "Replace as the API fills it in",
    management: { "spec/management/replace": undefined },
    moves: { strategy: "RollingUpdate", surge: "1", unavailable: "0" },
  },
  {
    says: "Replace by shares",
    management: { "spec/management/replace": replace({ maxSurge: "25%", maxUnavailable: "10%" }) },
    moves: { strategy: "RollingUpdate", surge: "25%", unavailable: "10%" },
  },
  {
    says: "neither more nor fewer nodes is one fewer",
    management: { "spec/management/replace": replace({ maxSurge: 0, maxUnavailable: 0 }) },
    moves: { strategy: "RollingUpdate", surge: "0", unavailable: "1" },
  },
  {
    says: "OnDelete has no pace",
    upgrade: "OnDelete",
    management: {},
    moves: { strategy: "OnDelete", surge: null, unavailable: null },
  },
  {
    says: "InPlace adds no machine, whatever the default of replace",
    upgrade: "InPlace",
    management: { "spec/management/inPlace": { maxUnavailable: "30%" } },
    moves: { strategy: "InPlace", surge: null, unavailable: "30%" },
  },
  {
    says: "InPlace takes a percentage of no replicas for one node",
    upgrade: "InPlace",
    management: {
      "spec/management/inPlace": { maxUnavailable: "50%" },
      "spec/replicas": undefined,
      "spec/autoScaling": { min: 4, max: 10 },
    },
    moves: { strategy: "InPlace", surge: null, unavailable: "1" },
  },
  {
    says: "InPlace takes none for one node",
    upgrade: "InPlace",
    management: { "spec/management/inPlace": { maxUnavailable: 0 } },
    moves: { strategy: "InPlace", surge: null, unavailable: "1" },
  },
  {
    says: "InPlace takes one node at a time",
    upgrade: "InPlace",
    management: { "spec/management/inPlace": undefined },
    moves: { strategy: "InPlace", surge: null, unavailable: "1" },
  },
  {
    says: "nobody moves the machines of platform None",
    on: "None",
    management: {},
    moves: { strategy: "Unmanaged", surge: null, unavailable: null },
  },
];

for (const { says, on = "AWS", upgrade, management, moves } of rollouts)
  test(says, () => {
    const cluster = clusterOf(on);
    const pool = change(poolOf(on, upgrade), management);
    const head = [change(cluster, { "spec/pullSecret/name": "other" }), pool];
    const nodes = judge([cluster, pool], head).get("clusters/workers")?.nodes;
    assert.deepEqual({ strategy: nodes?.strategy, surge: nodes?.surge, unavailable: nodes?.unavailable }, moves);
  });
