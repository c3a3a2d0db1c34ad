import type { Acceptance } from "../views/comment.ts";
import type { Marker } from "../views/marker.ts";
import type { PullRequest } from "./event.ts";

/**
 * An acceptance holds for the verdicts that the comment showed when the label was set, by their fingerprint; the comment
 * remembers it. A label alone, set for other verdicts or before there were any, accepts nothing.
 */
export function acceptanceOf(
  label: string,
  fingerprint: string,
  pull: PullRequest,
  last: Marker | undefined,
): Acceptance {
  if (!pull.labels.includes(label)) return { label, state: "possible" };
  if (last?.accepted === fingerprint) return { label, state: "accepted" };
  if (pull.labeled?.name === label && (last === undefined || last.fingerprint === fingerprint))
    return { label, state: "accepted", by: pull.labeled.by };
  return { label, state: "lapsed" };
}
