import type { SourceFile } from "../manifests/manifest.ts";
import type { NamedPart } from "../rules/merge.ts";
import { outlineParts } from "../systems/outlines.ts";
import type { Configuration } from "./schema.ts";

/** A configuration, and the file that it was read from, where there is one. */
export interface ReadConfiguration {
  readonly configuration: Configuration;
  readonly file: SourceFile | undefined;
}

/** Targets given beside the configuration, which they override, and how to refuse a wrong one. */
interface GivenTargets {
  readonly targets: Readonly<Record<string, string>>;
  readonly refuse: (message: string) => Error;
}

interface Landscape {
  readonly targets: Readonly<Record<string, string>>;
  /** The options of the landscape as the tables name their values. */
  readonly options: Readonly<Record<string, string | boolean>>;
}

/**
 * What runs there, and how, with names and values that the tables know.
 * @throws {ProblemsError} with file, line, key and the nearest word; and what `refuse` makes of a wrong target
 */
export async function readLandscape(
  { configuration, file }: ReadConfiguration,
  given: GivenTargets,
  rules: readonly NamedPart[],
): Promise<Landscape> {
  const targets = { ...configuration.targets, ...given.targets };
  if (Object.keys(targets).length === 0 && configuration.landscape === undefined) return { targets, options: {} };
  const { checkedOptions, flatLandscape, problemsIn, unknownTargets } = await import("./known-names.ts");
  const parts = outlineParts(rules);
  const [wrong] = unknownTargets(given.targets, parts);
  if (wrong !== undefined) throw given.refuse(wrong.message);
  const { options, problems } = checkedOptions(flatLandscape(configuration.landscape), parts);
  const all = [...unknownTargets(configuration.targets ?? {}, parts), ...problems];
  if (all.length > 0 && file !== undefined) throw problemsIn(file, all);
  return { targets, options };
}
