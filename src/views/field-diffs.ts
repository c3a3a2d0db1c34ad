import { structuredPatch } from "diff";
import type { Cause, Report } from "../report/report.ts";
import { code, diffBlock, truncate } from "./escape.ts";
import { excerpt } from "./excerpt.ts";
import { details } from "./markdown-parts.ts";
import { amount, hiddenChange, isHidden } from "./phrases.ts";

interface DiffBounds {
  readonly objects: number;
  readonly lines: number;
}

export const longestLine = 300;
/** The edit graph of two texts grows with the square of what differs; beyond this they count as all different. */
export const maxEditLength = 1000;

/** Old and new value of each changed field, by object, closed until opened. */
export function fieldDiffs(report: Report, bounds: DiffBounds): string {
  const written = writtenValues(report);
  const objects = new Map<string, Map<string, Cause>>();
  for (const pool of report.pools) {
    for (const cause of [...pool.causes, ...pool.checked]) {
      let fields = objects.get(cause.object);
      if (fields === undefined) objects.set(cause.object, (fields = new Map<string, Cause>()));
      const isWritten = cause.after !== null && written.get(`${cause.object}\n${cause.path}`) === cause.after;
      if (isWritten || !fields.has(cause.path)) fields.set(cause.path, cause);
    }
  }
  const parts: string[] = [];
  const changed = Array.from(
    objects,
    ([object, fields]) => [object, [...fields.values()].flatMap(fieldLines)] as const,
  ).filter(([, lines]) => lines.length > 0);
  if (changed.length === 0) return "";
  for (const [object, lines] of changed.slice(0, bounds.objects)) {
    const shown = lines.slice(0, bounds.lines).map((line) => truncate(line, longestLine));
    if (shown.length < lines.length) shown.push(`  … ${amount(lines.length - shown.length, "more line")}`);
    parts.push(`${code(object)}\n\n${diffBlock(shown)}`);
  }
  const left = changed.length - parts.length;
  if (left > 0) parts.push(`and ${amount(left, "more object")}`);
  return details(`Changed fields (${amount(changed.length, "object")})`, parts.join("\n\n"));
}

/** The texts that changed fields have now: of several rules that read a field, one may speak of what is computed from it. */
function writtenValues({ objects }: Report): ReadonlyMap<string, string> {
  const texts = objects.flatMap(({ object, patch }) =>
    patch.flatMap((one): (readonly [string, string])[] =>
      "value" in one && typeof one.value === "string" ? [[`${object}\n${one.path}`, one.value]] : [],
    ),
  );
  return new Map(texts);
}

function fieldLines(cause: Cause): string[] {
  const { before, after, path } = cause;
  if (before === null && after === null) return [];
  if (isHidden(cause)) return [`! ${path}: ${hiddenChange}`];
  if (before !== null && after !== null && (before.includes("\n") || after.includes("\n"))) {
    return [`@@ ${path} @@`, ...textLines(before, after)];
  }
  const shown = excerpt(before, after, longestLine - path.length);
  return [
    ...(before === null ? [] : [`- ${path}: ${shown.before}`]),
    ...(after === null ? [] : [`+ ${path}: ${shown.after}`]),
  ];
}

function textLines(before: string, after: string): string[] {
  const patch = structuredPatch("", "", before, after, undefined, undefined, { context: 2, maxEditLength });
  if (patch === undefined) return ["! too different to be compared line by line"];
  return patch.hunks.flatMap(({ lines }) => lines.filter((line) => !line.startsWith("\\")));
}
