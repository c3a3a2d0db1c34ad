import { compareVersions } from "../rules/version.ts";
import { assemble, byName } from "./assemble.ts";
import type { Report } from "./report.ts";

/** One part of a run, and what to call it in a message. */
interface ReportPart {
  readonly name: string;
  readonly report: Report;
}

type ShardPart = ReportPart & { readonly shard: NonNullable<Report["shard"]> };

/**
 * Joins the reports of all parts of one run into the report that the run would have given as a whole.
 * @throws {Error} when a part is missing or there twice, or when they are not of one run; says which, and what differs.
 */
export function mergeShards(parts: readonly ReportPart[]): Report {
  const shards = parts.map(({ name, report }): ShardPart => {
    if (report.shard !== undefined) return { name, report, shard: report.shard };
    throw new Error(`${name} is the report of a whole run: only reports made with --shard are merged`);
  });
  const [first] = shards;
  if (first === undefined) throw new Error("no report to merge");
  for (const other of shards) assertSameRun(first, other);
  assertComplete(shards, first.shard.count);

  const { formatVersion, tool, rules, base, head, renderers } = first.report;
  const reports = shards.toSorted((a, b) => a.shard.number - b.shard.number).map(({ report }) => report);
  const withAllTargets = (one: Report["rules"][number]): Report["rules"][number] => {
    const all = reports.flatMap((report) => report.rules.filter(({ system }) => system === one.system));
    const versions = all.flatMap(({ targets }) => Object.entries(targets));
    // Of several the newest, as a whole run says it.
    return { ...one, targets: byName(versions.toSorted(([, a], [, b]) => compareVersions(a, b) ?? 0)) };
  };
  return assemble(
    {
      formatVersion,
      tool,
      rules: rules.map(withAllTargets),
      base,
      head,
      ...(renderers === undefined ? {} : { renderers }),
    },
    {
      complete: reports.every(({ complete }) => complete),
      pools: reports.flatMap(({ pools }) => pools),
      objects: reports.flatMap(({ objects }) => objects),
      diagnostics: reports.flatMap(({ diagnostics }) => diagnostics),
      unjudged: reports.some(({ unjudged }) => unjudged === true),
    },
  );
}

function assertSameRun(one: ShardPart, other: ShardPart): void {
  // Which targets concern the pools differs from part to part; that they are the same versions is said by `run`.
  const withoutTargets = (key: string, value: unknown): unknown => (key === "targets" ? undefined : value);
  const differing = (["tool", "base", "head", "rules", "renderers"] as const).find(
    (key) => JSON.stringify(one.report[key], withoutTargets) !== JSON.stringify(other.report[key], withoutTargets),
  );
  if (differing !== undefined)
    throw new Error(
      `${one.name} and ${other.name} are of different runs: "${differing}" is ${shown(one.report[differing])} in one and ${shown(other.report[differing])} in the other`,
    );
  if (one.shard.count !== other.shard.count)
    throw new Error(
      `${one.name} is one of ${one.shard.count} parts and ${other.name} one of ${other.shard.count}: merge the parts of one run`,
    );
  if (one.shard.run !== other.shard.run)
    throw new Error(
      `${one.name} and ${other.name} are of different runs: their files, rules, targets or landscape differ`,
    );
}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? "absent";
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
};

function assertComplete(shards: readonly ShardPart[], count: number): void {
  const byNumber = new Map<number, string>();
  for (const { name, shard } of shards) {
    if (shard.number > count) throw new Error(`${name} says it is part ${shard.number} of ${count}`);
    const earlier = byNumber.get(shard.number);
    if (earlier !== undefined) throw new Error(`${earlier} and ${name} are both part ${shard.number} of ${count}`);
    byNumber.set(shard.number, name);
  }
  if (byNumber.size === count) return;
  const missing: number[] = [];
  for (let number = 1; number <= count && missing.length < 10; number += 1)
    if (!byNumber.has(number)) missing.push(number);
  const more = count - byNumber.size - missing.length;
  throw new Error(
    `${count - byNumber.size} of ${count} parts are missing: ${missing.join(", ")}${more > 0 ? `, and ${more} more` : ""}. A part that failed has no report: see its run`,
  );
}
