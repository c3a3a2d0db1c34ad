import { stringEnd } from "../manifests/text/json-stream.ts";
import { type Report, reportSchema } from "./report.ts";

/** Deeper than this no value of a manifest gets, so no report of this program is. */
export const deepestReport = 600;

/** Digits that a double may not hold. Shorter integers are exact, fractions and exponents were doubles before. */
const token = /["[\]{}]|-?(?<![\d.])\d{16,}(?![\d.eE])/g;

/**
 * Reads what `renderJson` wrote, every digit of it. The text may come from a workflow that strangers can change, so it is
 * checked like any other input.
 * @throws {Error} that says what is no report
 */
export function readReport(text: string): Report {
  const { marked, mark } = markLongIntegers(text);
  const value: unknown = JSON.parse(
    marked,
    mark === undefined
      ? undefined
      : (_, inner: unknown) =>
          typeof inner === "string" && inner.startsWith(mark) ? BigInt(inner.slice(mark.length)) : inner,
  );
  const format = formatOf(value);
  const known = reportSchema.shape.formatVersion.value;
  if (format !== undefined && format !== known)
    throw new Error(
      `its format is ${JSON.stringify(format)}, and this program reads ${known}: use one release for both`,
    );
  const { success, error } = reportSchema.safeParse(value);
  // Not what zod made of it: the value itself is as it was written, and in that order.
  if (success) return value as Report;
  const [issue] = error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : ` at ${issue.path.join(".")}`;
  throw new Error(`it is not a report of this program: ${issue?.message ?? "it is empty"}${where}`);
}

const formatOf = (value: unknown): unknown =>
  typeof value === "object" && value !== null && "formatVersion" in value ? value.formatVersion : undefined;

/** Puts integers that `JSON.parse` would round into strings that begin with a mark that occurs nowhere else. */
function markLongIntegers(text: string): { readonly marked: string; readonly mark: string | undefined } {
  const found: { readonly from: number; readonly to: number }[] = [];
  let depth = 0;
  token.lastIndex = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [what] = match;
    if (what === '"') {
      const end = stringEnd(text, token.lastIndex);
      if (end === -1) break;
      token.lastIndex = end;
    } else if (what === "[" || what === "{") {
      depth += 1;
      if (depth > deepestReport) throw new Error(`it is nested more than ${deepestReport} levels deep`);
    } else if (what === "]" || what === "}") depth -= 1;
    else found.push({ from: match.index, to: token.lastIndex });
  }
  if (found.length === 0) return { marked: text, mark: undefined };
  let mark = "integer ";
  while (text.includes(mark)) mark += "+";
  const pieces: string[] = [];
  let at = 0;
  for (const { from, to } of found) {
    pieces.push(text.slice(at, from), `"${mark}${text.slice(from, to)}"`);
    at = to;
  }
  return { marked: pieces.join("") + text.slice(at), mark };
}
