import assert from "node:assert/strict";
import { test } from "node:test";
import { type Changes, configMap, release, runConfiguration } from "./config/configuration-run.ts";
import { change, judge } from "./judge.ts";
import { clusterOf, poolOf, type UpgradeType } from "./objects.ts";

const upgraded: Changes = { "spec/release/image": release("4.20.6-multi") };
const paused = (until: unknown): Changes => ({ "spec/pausedUntil": until as string });
const tuning = (swappiness: string) =>
  configMap("tuning", {
    tuning: `apiVersion: tuned.openshift.io/v1
kind: Tuned
metadata: { name: swap }
spec:
  profile: [{ name: swap, data: "[sysctl]\nvm.swappiness=${swappiness}" }]
  recommend: [{ priority: 20, profile: swap }]
`,
  });

runConfiguration([
  {
    says: "a paused pool waits",
    pool: paused("true"),
    poolTo: { ...upgraded, "spec/replicas": 9 },
    effect: "none",
    pending: { effect: "replace", until: "unpaused" },
    reason: /pausedUntil/,
  },
  {
    says: "a pool that is paused with the same change waits",
    poolTo: { ...upgraded, ...paused("2099-01-01T00:00:00Z") },
    effect: "none",
    pending: { effect: "replace", until: "unpaused" },
  },
  {
    says: "TuneD does not wait for a paused pool, but its release does",
    pool: { ...paused("true"), "spec/tuningConfig": [{ name: "tuning" }] },
    poolTo: upgraded,
    beside: [tuning("10")],
    besideTo: [tuning("20")],
    effect: "inplace",
    pending: { effect: "replace", until: "unpaused" },
  },
  {
    says: "what is not known waits with a paused pool too",
    pool: paused("true"),
    poolTo: { "spec/release/image": "registry.example.com/ocp:stable" },
    effect: "none",
    pending: { effect: "unknown", until: "unpaused" },
  },
  { says: "a pause alone does nothing", poolTo: paused("true"), effect: "none", rule: "paused-until" },
  { says: "false is no pause", pool: paused("false"), poolTo: upgraded, effect: "replace" },
  { says: "a past date is no pause", pool: paused("2024-01-01T00:00:00Z"), poolTo: upgraded, effect: "replace" },
  {
    says: "a date that has passed when the change is judged is no pause",
    pool: paused("2040-01-01T00:00:00Z"),
    poolTo: upgraded,
    options: { now: new Date("2040-01-01T00:00:00Z") },
    effect: "replace",
  },
  {
    says: "a pool that is paused until a date waits for it, which the reason says",
    pool: paused("2040-01-01T01:00:00+01:00"),
    poolTo: upgraded,
    options: { now: new Date("2039-12-31T23:59:59Z") },
    effect: "none",
    pending: { effect: "replace", until: "unpaused" },
    reason: /The pool is paused \(pausedUntil: 2040-01-01T01:00:00\+01:00\)$/,
  },
  {
    says: "the same of a HostedCluster",
    cluster: paused("2040-01-01T00:00:00Z"),
    poolTo: upgraded,
    options: { now: new Date("2040-01-02T00:00:00Z") },
    effect: "replace",
  },
  { says: "other text is no pause", pool: paused("tomorrow"), poolTo: upgraded, effect: "replace" },
  { says: "what an unpaused pool does is unknown", pool: paused("true"), poolTo: paused(undefined), effect: "unknown" },
  {
    says: "a known change of an unpaused pool",
    pool: paused("true"),
    poolTo: { ...paused("false"), ...upgraded },
    effect: "replace",
  },
  {
    says: "a paused HostedCluster keeps Replace pools waiting",
    cluster: paused("true"),
    poolTo: upgraded,
    effect: "none",
    pending: { effect: "replace", until: "unpaused" },
    reason: /HostedCluster is paused/,
  },
  {
    says: "a paused HostedCluster does not keep TuneD from what it does on running nodes",
    cluster: paused("true"),
    pool: { "spec/tuningConfig": [{ name: "tuning" }] },
    beside: [tuning("10")],
    besideTo: [tuning("20")],
    effect: "inplace",
  },
  {
    says: "a paused HostedCluster makes no field known",
    cluster: paused("true"),
    poolTo: { "spec/future": 1 },
    effect: "unknown",
  },
  {
    says: "a paused HostedCluster does not keep an in-place update waiting",
    upgrade: "InPlace",
    cluster: paused("true"),
    poolTo: upgraded,
    effect: "inplace-drain",
  },
  {
    says: "a paused HostedCluster keeps the scaling of an InPlace pool waiting",
    upgrade: "InPlace",
    cluster: paused("true"),
    poolTo: { "spec/replicas": 9 },
    effect: "none",
    pending: { effect: "scale", until: "unpaused" },
  },
  {
    says: "what the pools of an unpaused HostedCluster do is unknown",
    cluster: paused("true"),
    clusterTo: paused(undefined),
    effect: "unknown",
  },
]);

interface NewPool {
  readonly says: string;
  readonly pool?: Changes;
  readonly cluster?: Changes;
  readonly upgrade?: UpgradeType;
  readonly operator?: string;
  readonly pending: boolean;
}
const newPools: readonly NewPool[] = [
  { says: "a new pool that is paused", pool: paused("true"), pending: true },
  {
    says: "a new InPlace pool that is paused, before 4.18",
    pool: paused("true"),
    upgrade: "InPlace",
    operator: "4.17",
    pending: true,
  },
  { says: "a new pool of a paused HostedCluster", cluster: paused("true"), pending: true },
  { says: "a new InPlace pool of a paused HostedCluster", cluster: paused("true"), upgrade: "InPlace", pending: true },
  {
    says: "a new pool of a HostedCluster whose pause reaches its control plane alone",
    cluster: paused("true"),
    operator: "4.17",
    pending: false,
  },
  { says: "a new pool that is not paused", pool: paused("false"), pending: false },
];
for (const { says, pool = {}, cluster = {}, upgrade, operator, pending } of newPools)
  test(says, () => {
    const base = [change(clusterOf("AWS"), cluster)];
    const targets = operator === undefined ? {} : { targets: { "hypershift-operator": operator } };
    const judged = judge(base, [...base, change(poolOf("AWS", upgrade), pool)], targets).get("clusters/workers");
    assert.equal(judged?.effect, pending ? "none" : "create");
    assert.deepEqual(
      judged.pending && [judged.pending.effect, judged.pending.until],
      pending ? ["create", "unpaused"] : null,
    );
  });
