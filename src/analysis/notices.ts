import type { PoolPair } from "../inventory/inventory.ts";
import { locateKeyed } from "../inventory/keyed.ts";
import { type ObjectPair, titleOf } from "../inventory/object-pair.ts";
import type { Position, Severity } from "../manifests/manifest.ts";
import type { CompiledTable } from "../rules/compile.ts";
import { fillWords } from "../rules/fill-words.ts";
import type { NoticeRow } from "../rules/rows.ts";
import type { Path } from "../rules/words.ts";
import type { PoolJudgement } from "./judge-pool.ts";
import { markOn, textOf } from "./marks.ts";
import { holds } from "./scope/condition.ts";
import type { PoolScope } from "./scope/scope.ts";

/** A trap that is in the head, or something that the verdict would need and that is not there. */
export interface Notice {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** Where it stands, which is looked for when it is told. */
  readonly locate: () => Position | undefined;
}

/** What the table's notices say of one pool's head, and of what happens to it. */
export function noticesOf(table: CompiledTable, { scopes, pool, effects, pending }: PoolJudgement): Notice[] {
  const { head } = scopes;
  const manifest = pool.object.head;
  if (head === undefined || manifest === undefined) return [];
  return table.notices
    .filter((row) => row.effects?.some((one) => effects.includes(one) || pending?.effect === one) ?? true)
    .filter((row) => row.unlessTold !== true || (pending === undefined && !effects.includes("rejected")))
    .filter((row) => holds(row.when, scopes, head))
    .flatMap((row) => {
      const found = row.check === undefined ? [{}] : table.registry.check(row.check)(scopes).slice(0, 1);
      const segments = row.at === undefined ? [] : inObject(table, pool, row.at);
      return found.map(({ reason }): Notice => ({
        rule: `${table.system}/${row.id}`,
        severity: row.severity,
        message: messageOf(row, head, reason),
        locate: () => locateKeyed(manifest, pool.object.row, segments),
      }));
    });
}

/** What is said of changed objects happens only where no tool applies them that leaves them as they are. */
export function notAppliedNotices({ system }: CompiledTable, changed: readonly ObjectPair[]): Notice[] {
  return changed.flatMap((pair) => {
    if (pair.head === undefined) return [];
    const found = markOn(pair, "not-applied") ?? (pair.base === undefined ? undefined : markOn(pair, "created-once"));
    if (found === undefined) return [];
    const { mark, manifest, path } = found;
    const does = pair.base === undefined ? "does not create it" : "changes nothing of it";
    return [
      {
        rule: `${system}/not-applied`,
        severity: "notice",
        message: `The ${titleOf(pair)} says ${textOf(found)}: where ${mark.tool} applies it, ${mark.tool} ${does}, and what is said of its change does not happen`,
        locate: () => manifest.locate(path),
      },
    ];
  });
}

const messageOf = ({ id, because = id }: NoticeRow, { pool, cluster }: PoolScope, reason = ""): string =>
  fillWords(because, { pool, cluster, reason });

/** A path of the table as a place in the object: `$pool` is an item of the list where pools are in one. */
function inObject(table: CompiledTable, pool: PoolPair, path: Path): readonly string[] {
  const { root, segments } = table.pathOf(path);
  if (root !== "pool" || table.pools.at === undefined) return segments;
  return [...table.pathOf(table.pools.at).segments, pool.name, ...segments];
}
