import assert from "node:assert/strict";
import { test } from "node:test";
import type { Effect } from "../../../src/index.ts";
import { readOperation, splitOperations } from "../../../src/systems/gardener/operations/operations.ts";
import { expectEffects, expectReasons, expectRefusals, type Expectation } from "./expect.ts";
import { changed, compare, type PlainObject, shoot } from "./shoots.ts";

const now = (operation: string): PlainObject => ({
  "/metadata/annotations": { "gardener.cloud/operation": operation },
});
const later = (operation: string): PlainObject => ({
  "/metadata/annotations": { "maintenance.gardener.cloud/operation": operation },
});
const both = (set: PlainObject, effect: Effect): Expectation => ({ set, a: effect, b: effect });

test("operations are split at ; and trimmed, pools at , and not", () => {
  assert.deepEqual(splitOperations(" reconcile ; rollout-workers=a, b"), ["reconcile", "rollout-workers=a, b"]);
  assert.deepEqual(splitOperations("reconcile;"), ["reconcile", ""]);
  assert.deepEqual(readOperation("rollout-workers=a, b").pools, ["a", " b"]);
  assert.equal(readOperation("rotate-rollout-workers=a").name, "rotate-rollout-workers");
  assert.equal(readOperation("rotate-everything").name, undefined);
});

test("what operations do to the nodes", () => {
  expectEffects([
    { set: now("rollout-workers=a"), a: "replace" },
    both(now("rollout-workers=*"), "replace"),
    { set: now("rollout-workers=a;rotate-ssh-keypair"), a: "replace", b: "inplace" },
    both(now("rotate-credentials-start"), "replace"),
    both(now("rotate-ca-start"), "replace"),
    both(now("rotate-serviceaccount-key-start"), "replace"),
    both(now("rotate-ca-start-without-workers-rollout"), "inplace"),
    both(now("rotate-ca-complete"), "inplace"),
    both(now("rotate-serviceaccount-key-complete"), "none"),
    both(now("rotate-observability-credentials"), "none"),
    both(now("rotate-etcd-encryption-key"), "none"),
    both(now("reconcile"), "none"),
    both(now("retry"), "none"),
    both(now("maintain"), "unknown"),
    both(now("maintain;reconcile"), "unknown"),
    both(later("rotate-ca-start"), "replace"),
    { base: { "/spec/provider/workersSettings": { sshAccess: { enabled: false } } }, set: now("rotate-ssh-keypair") },
    {
      base: { "/spec/provider/workers/a/updateStrategy": "AutoInPlaceUpdate" },
      set: now("rotate-ca-start"),
      a: "inplace-drain",
      b: "replace",
    },
  ]);
});

test("nothing between two ; is an operation that nobody knows, unless nothing else is left", () => {
  const refused = ["rotate-ssh-keypair;", ";rotate-ssh-keypair", "rotate-ssh-keypair; ;rotate-ca-start"];
  expectRefusals([...refused.map(now), later("rotate-ssh-keypair;")]);
  // The registry takes reconcile out and writes what is left, which is nothing; with a change of the spec it does not.
  expectEffects([both(now(" ; "), "none"), both(now("reconcile;"), "none")]);
  expectRefusals([{ ...now("reconcile;"), "/spec/provider/workers/a/maximum": 6 }]);
  // What is named twice is one operation, but for a new Shoot.
  expectEffects([both(now("retry;retry"), "none")]);
  assert.equal(compare([], [changed(shoot(), now("retry;retry"))]).pools[0]?.effect, "rejected");
});

test("an operation that stood there already is not asked for again, but a warning says what git does", () => {
  const base = now("rollout-workers=a");
  expectEffects([{ base, set: { "/spec/provider/workers/a/maximum": 6 }, a: "scale" }]);
  const before = changed(shoot(), base);
  const report = compare([before], [changed(before, { "/spec/provider/workers/a/maximum": 6 })]);
  assert.ok(report.diagnostics.some(({ code }) => code === "gardener/operation-in-git"));
});

test("operations that Gardener does not take", () => {
  expectRefusals([
    now("rotate-kubeconfig-credentials"),
    now("Rollout-workers=a"),
    now("rollout-workers"),
    now("rollout-workers="),
    now("rollout-workers=a,"),
    now("rollout-workers=a,a"),
    now("rollout-workers=a, b"),
    now("rollout-workers=*,a"),
    now("rollout-workers=c"),
    now("rotate-rollout-workers=*"),
    now("maintain;rotate-ssh-keypair"),
    now("rotate-ca-start;rotate-ca-start-without-workers-rollout"),
    now("rotate-credentials-start;rotate-serviceaccount-key-start-without-workers-rollout"),
    later("rollout-workers=c"),
    {
      "/metadata/annotations": {
        "gardener.cloud/operation": "rotate-ca-start",
        "maintenance.gardener.cloud/operation": "rotate-credentials-start",
      },
    },
    { ...now("rollout-workers=a"), "/spec/provider/workers/a/updateStrategy": "AutoInPlaceUpdate" },
  ]);
  expectRefusals([now("rollout-workers=*")], { "/spec/provider/workers/b/updateStrategy": "ManualInPlaceUpdate" });
  expectRefusals([now("rotate-etcd-encryption-key-start")], { "/spec/kubernetes/version": "1.34.1" });
  expectRefusals([now("rollout-workers=a"), now("rotate-etcd-encryption-key")], {
    "/spec/hibernation": { enabled: true },
  });
});

test("operations that no Shoot suits together, since one starts what the other completes", () => {
  const starts = ["rotate-ca-start", "rotate-credentials-start", "rotate-ca-start-without-workers-rollout"];
  const across = (one: string, other: string): PlainObject => ({
    "/metadata/annotations": { "gardener.cloud/operation": one, "maintenance.gardener.cloud/operation": other },
  });
  expectRefusals([
    ...starts.map((start) => now(`${start};rotate-ca-complete`)),
    ...starts.map((start) => across(start, "rotate-ca-complete")),
    now("rotate-serviceaccount-key-start;rotate-serviceaccount-key-complete"),
    now("rotate-credentials-start;rotate-credentials-complete"),
    now("rotate-ca-start;rotate-serviceaccount-key-start;rotate-rollout-workers=a"),
    later("rotate-ca-start;rotate-ca-complete"),
  ]);
  const earlier = { "/spec/kubernetes/version": "1.33.2" };
  expectRefusals([now("rotate-credentials-start;rotate-etcd-encryption-key-complete")], earlier);
  expectRefusals([now("rotate-etcd-encryption-key;rotate-credentials-complete")], earlier);
  expectEffects([
    both(now("rotate-ca-start;rotate-serviceaccount-key-complete"), "replace"),
    both(now("rotate-ca-complete;rotate-serviceaccount-key-complete"), "inplace"),
    both(now("rotate-credentials-complete;rotate-ca-complete"), "inplace"),
    { set: now("rotate-ca-start;rotate-rollout-workers=a"), a: "replace", b: "replace" },
    {
      base: { "/spec/kubernetes/version": "1.34.2" },
      set: now("rotate-etcd-encryption-key;rotate-credentials-complete"),
      a: "inplace",
      b: "inplace",
    },
  ]);
});

test("a Shoot that wakes up takes no operation that it does not take asleep", () => {
  const asleep = { "/spec/hibernation": { enabled: true } };
  const wake = { "/spec/hibernation": { enabled: false } };
  expectRefusals(
    [now("rollout-workers=a"), now("rotate-credentials-start"), later("rotate-etcd-encryption-key")].map((set) => ({
      ...set,
      ...wake,
    })),
    asleep,
  );
  expectEffects([{ base: asleep, set: { ...now("rotate-ca-start"), ...wake }, a: "scale", b: "scale" }]);
});

test("releases take the operations that they know, and before 1.133 one at a time", () => {
  const under = (gardener: string, operation: string, effect: Effect): Expectation => ({
    ...both(now(operation), effect),
    options: { targets: { gardener } },
  });
  expectEffects([
    under("1.113", "rotate-kubeconfig-credentials", "none"),
    under("1.114", "rotate-kubeconfig-credentials", "rejected"),
    under("1.131", "rollout-workers=*", "rejected"),
    under("1.132", "rollout-workers=*", "replace"),
    under("1.127", "rotate-etcd-encryption-key", "rejected"),
    under("1.117", "force-in-place-update", "rejected"),
    under("1.111", "rotate-ca-start-without-workers-rollout", "rejected"),
    under("1.112", "rotate-ca-start-without-workers-rollout", "unknown"),
    under("1.121", "rotate-ca-start-without-workers-rollout", "inplace"),
    under("1.132", "rotate-ca-start;rotate-ssh-keypair", "rejected"),
    { ...both(later("retry"), "rejected"), options: { targets: { gardener: "1.132" } } },
    both(later("retry"), "none"),
    under("1.132", "reconcile;reconcile", "rejected"),
    under("1.132", " reconcile", "rejected"),
    under("1.133", "rotate-ca-start;rotate-ssh-keypair", "replace"),
  ]);
});

test("live manifests tell the phase of a rotation", () => {
  const phase = (text: string): PlainObject => ({
    "/status": {
      lastOperation: { type: "Reconcile" },
      credentials: { rotation: { certificateAuthorities: { phase: text } } },
    },
  });
  expectRefusals([now("rotate-ca-start"), now("rotate-ca-complete")], phase("Preparing"));
  expectRefusals([now("rotate-rollout-workers=a")], phase("Completed"));
  expectRefusals([now("rotate-serviceaccount-key-start")], {
    "/status": {
      lastOperation: { type: "Reconcile" },
      credentials: { rotation: { serviceAccountKey: { phase: "Preparing" } } },
    },
  });
  expectEffects([
    { base: phase("Prepared"), set: now("rotate-ca-complete"), a: "inplace", b: "inplace" },
    { base: phase("WaitingForWorkersRollout"), set: now("rotate-rollout-workers=a"), a: "replace" },
  ]);
});

test("a rotation starts on a Shoot that is ready, and has no pool that waits to be updated in place", () => {
  const last = (type: string, state: string): PlainObject => ({ "/status": { lastOperation: { type, state } } });
  const start = now("rotate-serviceaccount-key-start");
  expectEffects([
    { base: last("Restore", "Succeeded"), ...both(start, "replace") },
    { base: last("Restore", "Processing"), ...both(start, "rejected") },
  ]);
  for (const list of ["autoInPlaceUpdate", "manualInPlaceUpdate"])
    expectReasons([[start, `cannot start while status.inPlaceUpdates.pendingWorkerUpdates.${list} is not empty`]], {
      "/status": { inPlaceUpdates: { pendingWorkerUpdates: { [list]: ["a"] } } },
    });
});

test("a self-hosted Shoot rolls no workers of its own infrastructure", () => {
  const bindings = { "/spec/credentialsBindingName": null, "/spec/secretBindingName": null };
  const base = { "/metadata/namespace": "garden", "/spec/provider/workers/a/controlPlane": {} };
  const says = "is not permitted for self-hosted shoot clusters with unmanaged infrastructure";
  expectReasons(
    [
      [now("rollout-workers=a"), says],
      [later("rollout-workers=a"), says],
    ],
    { ...base, ...bindings },
  );
  expectEffects([{ base, set: now("rollout-workers=b"), b: "replace" }]);
});

test("a rotation that began between two dumps of a live Shoot has rolled its pools", () => {
  const began = (time: string, pending: readonly PlainObject[] = []): PlainObject => ({
    "/status": {
      credentials: {
        rotation: { certificateAuthorities: { lastInitiationTime: time, pendingWorkersRollouts: pending } },
      },
    },
  });
  const [first, second] = ["2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"] as const;
  expectEffects([
    { base: began(first), set: began(second), a: "replace", b: "replace" },
    { base: began(first), set: began(second, [{ name: "a", lastInitiationTime: first }]), b: "replace" },
    { base: began(first), set: began("2026-01-01T01:00:00+01:00") },
  ]);
});
