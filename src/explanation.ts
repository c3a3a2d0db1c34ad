import { circumstancesOf } from "./analysis/circumstances.ts";
import { explainPool as explainInputs, type ExplainedInput } from "./analysis/explain.ts";
import { type AnalyzeOptions, applicationsOf, settingsOf, type Side } from "./comparison.ts";
import { alignApplications } from "./inventory/align-applications.ts";
import { alignNamespaces } from "./inventory/align-namespaces.ts";
import { separateEnvironments } from "./inventory/environments.ts";
import { takeInventory } from "./inventory/inventory.ts";
import { withoutPrograms } from "./manifests/programs.ts";
import { readManifests } from "./manifests/read.ts";
import type { CompiledTable } from "./rules/compile.ts";
import { interestOf } from "./rules/interest.ts";

/** A pool with every input of its fingerprints. */
export interface ExplainedPool {
  readonly system: string;
  readonly namespace: string;
  readonly cluster: string;
  readonly pool: string;
  /** The application that a rendered pool belongs to, where there is one. */
  readonly application?: string;
  readonly inputs: readonly ExplainedInput[];
}

interface Explanation {
  readonly pools: ExplainedPool[];
  /** Every name that means another pool. */
  readonly others: readonly string[];
}

/** The pools of both sides that `name` means (`pool`, `cluster/pool` or `namespace/cluster/pool`), changed or not. */
export function explainByTables(
  tables: readonly CompiledTable[],
  [base, head]: readonly [base: Side, head: Side],
  name: string,
  options: Pick<AnalyzeOptions, "targets" | "landscape">,
): Explanation {
  const settings = settingsOf(options);
  const interest = interestOf(tables);
  const files = withoutPrograms({ base: base.files, head: head.files });
  const read = {
    base: readManifests(files.base, interest).manifests,
    head: readManifests(files.head, interest).manifests,
  };
  const { base: parted, head: after } = separateEnvironments(read, interest);
  const moved = alignApplications(parted, after, {
    base: applicationsOf(base),
    head: applicationsOf(head),
  });
  const before = alignNamespaces(moved, after);
  const others = new Set<string>();
  const pools = tables.flatMap((table) =>
    takeInventory(table, before, after).flatMap((cluster) =>
      cluster.pools.flatMap((pool): ExplainedPool[] => {
        const namespace = cluster.namespace ?? "";
        const { application } = pool.object;
        const called = (of: string): string[] =>
          [`${cluster.name} (${of})`, `${namespace}/${cluster.name} (${of})`].map((name) => `${name}/${pool.name}`);
        const names = [
          pool.name,
          `${cluster.name}/${pool.name}`,
          `${namespace}/${pool.name}`,
          `${namespace}/${cluster.name}/${pool.name}`,
          // As reports call a cluster that several applications have.
          ...(application === undefined ? [] : called(application)),
        ];
        if (!names.includes(name)) {
          for (const other of names) others.add(other);
          return [];
        }
        const inputs = explainInputs(circumstancesOf(cluster)(settings), cluster, pool);
        const { system } = table;
        return [
          {
            system,
            namespace,
            cluster: cluster.name,
            pool: pool.name,
            ...(application === undefined ? {} : { application }),
            inputs,
          },
        ];
      }),
    ),
  );
  return { pools, others: [...others] };
}
