import type { NamedPart } from "../rules/merge.ts";
import { outlineParts } from "../systems/outlines.ts";
import type { Configuration } from "./schema.ts";

/** The options of the landscape as the tables name their values, or what is wrong with them or with the targets. */
export async function readLandscape(
  targets: Readonly<Record<string, string>>,
  { landscape }: Configuration,
  rules: readonly NamedPart[],
): Promise<{ readonly options: Readonly<Record<string, string | boolean>>; readonly wrong: string | undefined }> {
  if (Object.keys(targets).length === 0 && landscape === undefined) return { options: {}, wrong: undefined };
  const { checkedOptions, flatLandscape, unknownTargets } = await import("./known-names.ts");
  const parts = outlineParts(rules);
  const { options, problems } = checkedOptions(flatLandscape(landscape), parts);
  return { options, wrong: [...unknownTargets(targets, parts), ...problems][0] };
}
