import type { Side } from "../comparison.ts";
import { mayMatter } from "../manifests/may-matter.ts";
import { mentionsOperator } from "../manifests/operators.ts";
import { decodeFile } from "../manifests/text/decode.ts";
import { interestOf } from "../rules/interest.ts";
import type { NamedPart } from "../rules/merge.ts";
import { outlinesOf } from "../systems/outlines.ts";

/** A change of up to this many bytes cannot reach a bound of the reader, which the report would have to mention. */
const smallChange = 512 * 1024;

/** Whether nothing that was read can concern any system, so that there is nothing to judge. */
export function isForeign(sides: readonly Side[], rules: readonly NamedPart[]): boolean {
  const files = sides.flatMap((side) => side.files);
  if (sides.some(({ diagnostics = [] }) => diagnostics.length > 0)) return false;
  if (files.reduce((sum, { bytes }) => sum + bytes.length, 0) > smallChange) return false;
  const interest = interestOf(outlinesOf(rules));
  return files.every(({ bytes }) => {
    const { text } = decodeFile(bytes);
    return !mayMatter(text, interest) && !mentionsOperator(text, interest);
  });
}
