import type { SourceFile, ValuePath } from "../manifests/manifest.ts";
import type { NamedPart } from "../rules/merge.ts";
import type { OptionRow } from "../rules/table.ts";
import { readLocatedYaml } from "../validation/located-yaml.ts";
import { didYouMean } from "../validation/nearest-word.ts";
import { ProblemsError } from "../validation/problems-error.ts";
import { keyOf } from "../validation/problems.ts";

/** A name or value that nothing is known by, and where the configuration has it. */
interface NameProblem {
  readonly path: ValuePath;
  readonly message: string;
}

/** What is wrong with the names of targets, if anything: `targets` is `--target`, or that key of the configuration. */
export function unknownTargets(targets: Readonly<Record<string, string>>, parts: readonly NamedPart[]): NameProblem[] {
  const known = parts.flatMap(({ part }) => (part.targets ?? []).map(({ name }) => name));
  return Object.keys(targets)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      path: ["targets", name],
      message: `no target is called "${name}"${didYouMean(name, known)}: one of ${known.toSorted().join(", ")}`,
    }));
}

/** Turns `{gardener: {x: true}}` into `{"gardener.x": true}`. */
export function flatLandscape(
  landscape: Readonly<Record<string, Readonly<Record<string, string | boolean>>>> | undefined,
): Record<string, string | boolean> {
  return Object.fromEntries(
    Object.entries(landscape ?? {}).flatMap(([system, options]) =>
      Object.entries(options).map(([name, value]) => [`${system}.${name}`, value]),
    ),
  );
}

/** The options of the landscape as the tables name their values, and what is wrong with them. */
export function checkedOptions(
  landscape: Readonly<Record<string, string | boolean>>,
  parts: readonly NamedPart[],
): { readonly options: Readonly<Record<string, string | boolean>>; readonly problems: readonly NameProblem[] } {
  const known = new Map<string, OptionRow>(
    parts.flatMap(({ part }) => (part.options ?? []).map((row) => [`${part.system}.${row.name}`, row] as const)),
  );
  const options: Record<string, string | boolean> = {};
  const problems: NameProblem[] = [];
  for (const [name, given] of Object.entries(landscape)) {
    const row = known.get(name);
    const path = ["landscape", ...name.split(/\.(.*)/s, 2)];
    if (row === undefined) {
      const names = [...known.keys()].toSorted();
      problems.push({
        path,
        message: `no option is called "${name}"${didYouMean(name, names)}: one of ${names.join(", ")}`,
      });
      continue;
    }
    // YAML reads a bare true as a boolean, where the table may have it as one word among others.
    const value = row.values?.includes(String(given)) === true ? String(given) : given;
    const allowed: readonly (string | boolean)[] =
      row.values ?? (typeof row.default === "boolean" ? [true, false] : [value]);
    if (!allowed.includes(value))
      problems.push({ path, message: `cannot be ${JSON.stringify(given)}: one of ${allowed.join(", ")}` });
    options[name] = value;
  }
  return { options, problems };
}

/** What is wrong in a configuration, with its lines. */
export function problemsIn(file: SourceFile, problems: readonly NameProblem[]): ProblemsError {
  const yaml = readLocatedYaml(file);
  return new ProblemsError(
    problems.map(({ path, message }) => ({
      file: file.path,
      line: "message" in yaml ? yaml.line : yaml.locate(path).line,
      key: keyOf(path),
      message,
    })),
  );
}
