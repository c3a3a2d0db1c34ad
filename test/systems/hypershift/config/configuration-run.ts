import assert from "node:assert/strict";
import { test } from "node:test";
import type { AnalyzeOptions } from "../../../../src/index.ts";
import type { Json, JsonObject } from "../../../../src/manifests/manifest.ts";
import type { Effect } from "../../../../src/rules/words.ts";
import { change, judge } from "../judge.ts";
import { clusterOf, type Platform, poolOf, type UpgradeType } from "../objects.ts";

export type Changes = Readonly<Record<string, Json | undefined>>;

/** One change of the configuration of a pool, and what it does to it. */
export interface ConfigurationCase {
  readonly says: string;
  readonly on?: Platform;
  readonly upgrade?: UpgradeType;
  /** Of both sides, then of the head alone. */
  readonly pool?: Changes;
  readonly poolTo?: Changes;
  readonly cluster?: Changes;
  readonly clusterTo?: Changes;
  /** Other objects of the base, and of the head where they differ. */
  readonly beside?: readonly JsonObject[];
  readonly besideTo?: readonly JsonObject[];
  readonly options?: AnalyzeOptions;
  readonly effect: Effect;
  /** What waits, and for what. */
  readonly pending?: { readonly effect: Effect; readonly until: string };
  /** The rule that says so. */
  readonly rule?: string;
  /** A part of the reason of the cause or of the pending effect. */
  readonly reason?: RegExp;
}

/** Small releases, so that tests can step them. */
export const release = (tag: string): string => `quay.io/openshift-release-dev/ocp-release:${tag}`;

export const configMap = (name: string, data: Readonly<Record<string, string>>): JsonObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "clusters" },
  data,
});

export const secret = (name: string, content: Changes): JsonObject =>
  change({ apiVersion: "v1", kind: "Secret", metadata: { name, namespace: "clusters" } }, content);

/** One test for each case. */
export function runConfiguration(cases: readonly ConfigurationCase[]): void {
  for (const one of cases)
    test(one.says, () => {
      const pool = change(poolOf(one.on ?? "AWS", one.upgrade), one.pool ?? {});
      const cluster = change(clusterOf(one.on ?? "AWS"), one.cluster ?? {});
      const beside = one.beside ?? [];
      const base = [cluster, pool, ...beside];
      const head = [change(cluster, one.clusterTo ?? {}), change(pool, one.poolTo ?? {}), ...(one.besideTo ?? beside)];
      const judged = judge(base, head, one.options).get("clusters/workers");
      const findings = [...(judged?.causes ?? []), ...(judged?.checked ?? [])];
      const said = findings.map(({ rule, effect, because }) => `${effect} ${rule}: ${because}`).join("\n");
      assert.equal(judged?.effect ?? "none", one.effect, said);
      const { pending } = judged ?? { pending: null };
      assert.deepEqual(
        pending === null ? undefined : { effect: pending.effect, until: pending.until },
        one.pending,
        pending?.reason ?? said,
      );
      if (one.rule !== undefined)
        assert.ok(
          findings.some(({ rule }) => rule === `hypershift/${one.rule}`),
          said,
        );
      if (one.reason !== undefined) assert.match(`${said}\n${pending?.reason ?? ""}`, one.reason);
    });
}
