import type { NamedPart } from "../rules/merge.ts";
import type { OptionRow } from "../rules/table.ts";
import { didYouMean } from "../validation/nearest-word.ts";

/** What is wrong with the names of targets, if anything: `targets` is `--target`, or that key of the configuration. */
export function unknownTargets(targets: Readonly<Record<string, string>>, parts: readonly NamedPart[]): string[] {
  const known = parts.flatMap(({ part }) => (part.targets ?? []).map(({ name }) => name));
  return Object.keys(targets)
    .filter((name) => !known.includes(name))
    .map((name) => `no target is called "${name}"${didYouMean(name, known)}: one of ${known.toSorted().join(", ")}`);
}

/** `{gardener: {x: true}}` to `{"gardener.x": true}`. */
export function flatLandscape(
  landscape: Readonly<Record<string, Readonly<Record<string, string | boolean>>>> | undefined,
): Record<string, string | boolean> {
  return Object.fromEntries(
    Object.entries(landscape ?? {}).flatMap(([system, options]) =>
      Object.entries(options).map(([name, value]) => [`${system}.${name}`, value]),
    ),
  );
}

/** What is wrong with the options of the landscape, if anything. */
export function unknownOptions(
  landscape: Readonly<Record<string, string | boolean>>,
  parts: readonly NamedPart[],
): string[] {
  const known = new Map<string, OptionRow>(
    parts.flatMap(({ part }) => (part.options ?? []).map((row) => [`${part.system}.${row.name}`, row] as const)),
  );
  return Object.entries(landscape).flatMap(([name, value]) => {
    const row = known.get(name);
    if (row === undefined) {
      const names = [...known.keys()];
      return [`no option is called "${name}"${didYouMean(name, names)}: one of ${names.toSorted().join(", ")}`];
    }
    const allowed: readonly (string | boolean)[] =
      row.values ?? (typeof row.default === "boolean" ? [true, false] : [value]);
    return allowed.includes(value) ? [] : [`${name} cannot be ${JSON.stringify(value)}: one of ${allowed.join(", ")}`];
  });
}
