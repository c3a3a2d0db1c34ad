import assert from "node:assert/strict";
import { test } from "node:test";
import type { Effect } from "../../../src/index.ts";
import { type Expectation, expectEffects, expectRefusals, kubelet, pool, spec } from "./expect.ts";
import { changed, compare, type PlainObject, shoot } from "./shoots.ts";

test("a refused field is not called unknown as well", () => {
  const before = shoot();
  const report = compare([before], [changed(before, { "/spec/kubernetes/enableStaticTokenKubeconfig": false })]);
  assert.deepEqual(
    [...new Set(report.pools.flatMap(({ causes }) => causes.map(({ rule, effect }) => `${rule} ${effect}`)))],
    ["gardener/api-values rejected"],
  );
});

test("misspelled and removed fields are refused, as strict decoding does", () => {
  expectRefusals([
    ...pool("machineType", 3),
    ...pool("machine/imageVersion", "1877.2.0"),
    ...pool("zone", "eu-west-1a"),
    ...pool("MaxSurge", 1),
    ...pool("kubernetes", { kubelet: { systemReserved: { cpu: "100m" } } }),
    ...kubelet("imagePullProgressDeadline", "2m"),
    // Their place is inside another object.
    ...pool("kubelet", { maxPods: 100 }),
    ...pool("machineDrainTimeout", "1h"),
    ...spec("nodeLocalDNS", { enabled: true }),
  ]);
});

test("a field that resembles none is refused where the release is known, and may be known to a newer one elsewhere", () => {
  const [ofPool = {}, ofShoot = {}] = [...pool("placement", { group: 1 }), ...spec("quantum", { on: true })];
  const release = (gardener: string) => ({ options: { targets: { gardener } } });
  expectEffects([
    { set: ofPool, a: "unknown" },
    { set: ofShoot, a: "unknown", b: "unknown" },
    { set: ofPool, a: "unknown", ...release("1.150") },
    { set: ofPool, a: "rejected", b: "rejected", ...release("1.149") },
    { set: ofShoot, a: "rejected", b: "rejected", ...release("1.140.2") },
    // A base that holds it was accepted.
    { base: ofPool, set: pool("placement", { group: 2 })[0] ?? {}, a: "unknown", ...release("1.149") },
    // Several objects have a field of this name, so a newer release may well have it here too.
    { set: pool("enabled", true)[0] ?? {}, a: "unknown" },
  ]);
});

test("a field is refused by releases that do not have it yet, or no longer", () => {
  const under = (gardener: string, [set = {}]: readonly PlainObject[], effect: Effect): Expectation => ({
    set,
    a: effect,
    ...(effect === "replace" ? {} : { b: effect }),
    options: { targets: { gardener } },
  });
  const oidc = { "/spec/kubernetes/kubeAPIServer": { oidcConfig: { clientID: "a", issuerURL: "https://a" } } };
  const old = { base: { "/spec/kubernetes/version": "1.31.1" } };
  expectEffects([
    under("1.119", kubelet("maxParallelImagePulls", 1), "rejected"),
    under("1.120", kubelet("maxParallelImagePulls", 1), "inplace"),
    under("1.106", spec("accessRestrictions", [{ name: "eu-access-only" }]), "rejected"),
    under("1.107", spec("accessRestrictions", [{ name: "eu-access-only" }]), "none"),
    under("1.113", spec("kubernetes/etcd", { main: {} }), "rejected"),
    { ...old, ...under("1.140", [oidc], "none") },
    { ...old, ...under("1.142", [oidc], "rejected") },
    // Releases without the field do not run this Kubernetes.
    { ...old, set: oidc, a: "none", b: "none" },
    under("1.140", [oidc], "rejected"),
  ]);
});

test("a rule that reads a block does not answer for a field that the API does not have", () => {
  expectEffects([
    { set: pool("taints", [{ key: "a", effect: "NoSchedule", until: "x" }])[0] ?? {}, a: "unknown" },
    {
      base: { "/spec/kubernetes/kubelet": { evictionSoft: { memoryAvailable: "300Mi" } } },
      set: kubelet("evictionSoft/swapAvailable", "1Gi")[0] ?? {},
      a: "unknown",
      b: "unknown",
    },
    {
      set: spec("hibernation", { schedules: [{ start: "0 20 * * 1", holidays: true }] })[0] ?? {},
      a: "unknown",
      b: "unknown",
    },
    // What is free-form may hold anything.
    { set: spec("accessRestrictions", [{ name: "eu-access-only", options: { quantum: "1" } }])[0] ?? {} },
  ]);
});

test("what is said of an unknown field names the release that refuses it, and what was probably meant", () => {
  const saying = (field: string, targets: Record<string, string> = {}): string | undefined =>
    compare([shoot()], [changed(shoot(), { [`/spec/provider/workers/a/${field}`]: 3 })], { targets }).pools[0]
      ?.causes[0]?.because;
  assert.match(
    saying("placement") ?? "",
    /Neither Gardener up to v1\.\d+ nor .* have such a field, .* another release may know it, or have known it\. --target/,
  );
  assert.match(
    saying("placement", { gardener: "1.149" }) ?? "",
    /"placement", which Gardener 1\.149 does not have; strict/,
  );
  assert.match(
    saying("kubernetes/kubelet/singleProcessOOMKill", { gardener: "1.142" }) ?? "",
    /"singleProcessOOMKill", which Gardener has since 1\.143; strict/,
  );
  assert.match(saying("machineType") ?? "", /did you mean one below "machine"\?/);
  assert.match(saying("maxSurg") ?? "", /did you mean "maxSurge"\?/);
  assert.match(saying("kubelet") ?? "", /its place is "kubernetes\.kubelet"/);
});
