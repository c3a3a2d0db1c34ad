import type { Side } from "../comparison.ts";
import type { Interest } from "../manifests/interest.ts";
import type { SourceFile } from "../manifests/manifest.ts";
import { mayMatter } from "../manifests/may-matter.ts";
import { withoutPrograms } from "../manifests/programs.ts";
import { readDocument, readManifests, splitFile } from "../manifests/read.ts";
import { interestOf } from "../rules/interest.ts";
import type { NamedPart } from "../rules/merge.ts";
import { InputError } from "../sources/input-error.ts";
import { outlinesOf } from "../systems/outlines.ts";

/**
 * Refuses a side in which nothing could be read of what differs: comparing with it would call every pool new or deleted.
 * Called only for an incomplete report, so an ordinary run does not read twice.
 * @throws {InputError} with the first reasons.
 */
export function refuseUnreadable(base: Side, head: Side, rules: readonly NamedPart[]): void {
  const interest = interestOf(outlinesOf(rules));
  const manifests = withoutPrograms({ base: base.files, head: head.files });
  for (const [side, files] of [
    [base, manifests.base],
    [head, manifests.head],
  ] as const) {
    if (holdsManifest(files, interest)) continue;
    const other = new Map((side === base ? manifests.head : manifests.base).map((file) => [placeOf(file), file]));
    const differing = files.filter((file) => !isAlike(file, other.get(placeOf(file))));
    const { diagnostics } = readManifests(differing, interest);
    const errors = [...(side.diagnostics ?? []), ...diagnostics].filter(({ severity }) => severity === "error");
    if (errors.length === 0) continue;
    const reasons = errors
      .slice(0, 5)
      .map(
        ({ file, line, message }) =>
          `  ${file === undefined ? "" : `${file}${line === undefined ? "" : `:${line}`}: `}${message}`,
      );
    const rest = errors.length > 5 ? [`  and ${errors.length - 5} more`] : [];
    throw new InputError(
      "not-readable",
      [`nothing in ${side.label} could be read, so there is no verdict:`, ...reasons, ...rest].join("\n"),
    );
  }
}

/** Files of two directories have their folder in common, not their path. */
const placeOf = ({ path, place }: SourceFile): string => place ?? path;

const isAlike = (one: SourceFile, other: SourceFile | undefined): boolean =>
  other !== undefined && (one === other || Buffer.compare(one.bytes, other.bytes) === 0);

/** Files are read no further than to the first object of interest. */
const holdsManifest = (files: readonly SourceFile[], interest: Interest): boolean =>
  files.some((file) =>
    splitFile(file).some(
      (document) => mayMatter(document.text, interest) && readDocument(document, interest).manifests.length > 0,
    ),
  );
