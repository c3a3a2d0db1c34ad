import type { Json } from "../../../../manifests/manifest.ts";
import { at, items, text } from "../../shoot.ts";

const timeOf = (value: Json | undefined): number => Date.parse(text(value) ?? "");

/**
 * Whether a version of a profile is expired at that time: CurrentLifecycleClassification. One that is not offered yet counts as
 * expired too where the API server asks whether it is active.
 */
export function isInactive(version: Json | undefined, now: Date | undefined): boolean {
  if (now === undefined) return false;
  const stages = items(at(version, "/lifecycle"));
  // A stage that does not say when it begins began long ago.
  const began = (start: Json | undefined): boolean => start === undefined || timeOf(start) < now.getTime();
  if (stages.length === 0) {
    const end = at(version, "/expirationDate");
    return at(version, "/classification") === "expired" || (end !== undefined && began(end));
  }
  const last = stages.findLast((stage) => began(at(stage, "/startTime")));
  return last === undefined || ["expired", "unavailable"].includes(text(at(last, "/classification")) ?? "");
}
