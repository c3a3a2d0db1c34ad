import type { Report } from "../report/report.ts";

/**
 * The report as JSON, in the report's own order and indented by two. Integers beyond 2^53 are written with all their
 * digits: `JSON.stringify` refuses them, and a string would be another value.
 */
export const renderJson = (report: Report): string => `${write(report, "")}\n`;

function write(value: unknown, indent: string): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => `${deeper}${write(item, deeper)}`);
    return items.length === 0 ? "[]" : `[\n${items.join(",\n")}\n${indent}]`;
  }
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${deeper}${JSON.stringify(key)}: ${write(member, deeper)}`);
  return members.length === 0 ? "{}" : `{\n${members.join(",\n")}\n${indent}}`;
}
