import { parseDuration } from "../../../rules/encodings/duration.ts";

const fields = [
  { name: "minute", least: 0, most: 59, names: [] },
  { name: "hour", least: 0, most: 23, names: [] },
  { name: "day of the month", least: 1, most: 31, names: [] },
  {
    name: "month",
    least: 1,
    most: 12,
    names: ["", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
  },
  // Sunday is 0 and never 7.
  { name: "day of the week", least: 0, most: 6, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
] as const;
type Field = (typeof fields)[number];

const descriptors = new Set(["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"]);

/** Why a text is no schedule of cron: robfig/cron v1.2.0 ParseStandard. */
export function cronProblem(schedule: string): string | undefined {
  if (schedule.startsWith("@")) {
    const every = /^@every (.*)$/s.exec(schedule)?.[1];
    const isKnown = every === undefined ? descriptors.has(schedule) : parseDuration(every) !== undefined;
    return isKnown ? undefined : "unknown descriptor";
  }
  const parts = schedule.split(/\s+/).filter((part) => part !== "");
  if (parts.length !== fields.length) return `expected ${fields.length} fields, found ${parts.length}`;
  for (const [index, field] of fields.entries())
    for (const range of (parts[index] ?? "").split(",")) {
      const problem = range === "" ? undefined : rangeProblem(range, field);
      if (problem !== undefined) return `${field.name} "${range}" ${problem}`;
    }
  return undefined;
}

function rangeProblem(text: string, field: Field): string | undefined {
  const [range = "", step, ...moreSteps] = text.split("/");
  const [low = "", high, ...moreHighs] = range.split("-");
  const isAny = low === "*" || low === "?";
  if (moreSteps.length > 0 || (!isAny && moreHighs.length > 0)) return "is not a range";
  const start = isAny ? field.least : numberOf(low, field);
  const given = high === undefined ? start : numberOf(high, field);
  const end = isAny || (step !== undefined && high === undefined) ? field.most : given;
  if (start === undefined || end === undefined) return "is not a number";
  if (step !== undefined && !/^\+?0*[1-9]\d*$/.test(step)) return "has a step that is not positive";
  if (start < field.least || end > field.most) return `is not between ${field.least} and ${field.most}`;
  return start > end ? "ends before it begins" : undefined;
}

function numberOf(text: string, { names }: Field): number | undefined {
  const named = text === "" ? -1 : (names as readonly string[]).indexOf(text.toLowerCase());
  if (named >= 0) return named;
  return /^\+?\d+$/.test(text) ? Number(text) : undefined;
}
