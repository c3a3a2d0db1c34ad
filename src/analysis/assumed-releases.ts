import type { ObjectPair } from "../inventory/object-pair.ts";
import type { CompiledTable } from "../rules/compile.ts";
import { fillWords } from "../rules/fill-words.ts";
import { readAll } from "../rules/path.ts";
import type { RunsRow, TargetRow } from "../rules/table.ts";
import { compareVersions, minorOf, previousMinor } from "../rules/version.ts";

/** A release by which a cluster is judged, since the newest one no longer runs what the cluster says. */
export interface AssumedRelease {
  readonly version: string;
  readonly because: string;
  /** Where the cluster says it. */
  readonly place: readonly string[];
}

/**
 * The releases of targets that a cluster is judged by where nobody named them, and the newest is out of the question: what
 * stands on the base runs there now.
 */
export function assumedReleases(
  table: CompiledTable,
  object: ObjectPair | undefined,
): ReadonlyMap<string, AssumedRelease> {
  const assumed = new Map<string, AssumedRelease>();
  for (const target of table.targets) {
    const found = target.runs === undefined ? undefined : assumedOf(table, object, target, target.runs);
    if (found !== undefined) assumed.set(target.name, found);
  }
  return assumed;
}

function assumedOf(
  table: CompiledTable,
  object: ObjectPair | undefined,
  { newest, oldest }: TargetRow,
  { at, catalog, because }: RunsRow,
): AssumedRelease | undefined {
  const releases = table.catalogs[catalog] ?? {};
  const running = (object?.base ?? object?.head)?.value;
  let assumed: AssumedRelease | undefined;
  let bound = newest;
  for (const path of at)
    for (const { segments, value } of readAll(running, table.pathOf(path).segments)) {
      const minor = typeof value === "string" ? minorOf(value) : undefined;
      const before = minor !== undefined && Object.hasOwn(releases, minor) ? releases[minor]?.before : undefined;
      const last = before === undefined ? undefined : previousMinor(before);
      if (minor === undefined || before === undefined || last === undefined || (compareVersions(last, bound) ?? 0) >= 0)
        continue;
      bound = last;
      const version = oldest !== undefined && (compareVersions(last, oldest) ?? 0) < 0 ? oldest : last;
      assumed = { version, because: fillWords(because, { value: minor, before, version }), place: segments };
    }
  return assumed;
}
