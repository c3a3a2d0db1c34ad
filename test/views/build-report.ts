import type { Cause, PoolReport, Report } from "../../src/report/report.ts";
import { effects, type Effect } from "../../src/rules/words.ts";

/** A cause with everything a view shows; tests name what they are about. */
export function cause(parts: Partial<Cause> = {}): Cause {
  return {
    rule: "gardener/kubernetes-minor",
    effect: "replace",
    path: "/spec/kubernetes/version",
    before: "1.33.4",
    after: "1.34.1",
    because: "Kubernetes minor version 1.33 -> 1.34",
    source: "gardener/gardener@b312835d pkg/component/extensions/operatingsystemconfig/operatingsystemconfig.go Key",
    file: "shoots/payments.yaml",
    line: 17,
    object: "Shoot garden-prod/payments",
    ...parts,
  };
}

/** A pool; its effect is that of its strongest cause unless it is named. */
export function pool(name: string, parts: Partial<PoolReport> = {}): PoolReport {
  const causes = parts.causes ?? [];
  const found = effects.filter((effect) => causes.some((one) => one.effect === effect));
  return {
    system: "gardener",
    kind: "Shoot",
    namespace: "garden-prod",
    cluster: "payments",
    pool: name,
    effect: found[0] ?? "none",
    effects: found,
    pending: null,
    nodes: { minimum: 2, maximum: 4, surge: "1", unavailable: "0", strategy: "AutoRollingUpdate" },
    causes,
    checked: [],
    ...parts,
  };
}

/** A report of these pools, with verdict and counts as the report stage makes them. */
export function report(pools: readonly PoolReport[], parts: Partial<Report> = {}): Report {
  const counts: Partial<Record<Effect, number>> = {};
  for (const { effect } of pools) counts[effect] = (counts[effect] ?? 0) + 1;
  return {
    formatVersion: "1.0",
    tool: { name: "will-it-roll", version: "0.1.0" },
    rules: [
      {
        system: "gardener",
        upstream: [{ repository: "gardener/gardener", commit: "b312835d", version: "v1.149" }],
        targets: { gardener: "1.149" },
      },
    ],
    base: { label: "main", revision: "1f0c9a4be1f3b1e2a6f0cbd1a8b0d5b1f7a9c001" },
    head: { label: "bump-kubernetes", revision: "9b7d1c2ef00d4a3b8c1d2e3f4a5b6c7d8e9f0a12" },
    verdict: effects.find((effect) => pools.some((one) => one.effect === effect)) ?? "none",
    complete: true,
    counts,
    fingerprint: "3a7c05e9",
    pools: [...pools],
    objects: [],
    diagnostics: [],
    ...parts,
  };
}
