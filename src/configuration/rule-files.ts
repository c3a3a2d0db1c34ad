import type { SourceFile, ValuePath } from "../manifests/manifest.ts";
import { unknownNames } from "../rules/check-names.ts";
import { circularNames } from "../rules/circular-names.ts";
import { mergeParts, type NamedPart } from "../rules/merge.ts";
import { builtinOutlines } from "../rules/outlines.generated.ts";
import { tablePartSchema } from "../rules/schema.ts";
import { loadBuiltin, loadBuiltinParts } from "../systems/on-demand.ts";
import { type LocatedYaml, readLocatedYaml } from "../validation/located-yaml.ts";
import { messageOf } from "../validation/message-of.ts";
import { didYouMean } from "../validation/nearest-word.ts";
import { ProblemsError } from "../validation/problems-error.ts";
import { keyOf, type Problem, problemsOf } from "../validation/problems.ts";
import { idleRows } from "./idle-rows.ts";

const systemNames = builtinOutlines.map(({ system }) => system);

interface ReadPart extends NamedPart {
  readonly locate: LocatedYaml["locate"];
}

function readPart(file: SourceFile): ReadPart | Problem[] {
  const yaml = readLocatedYaml(file);
  if ("message" in yaml) return [yaml];
  const result = tablePartSchema.safeParse(yaml.value);
  if (!result.success) return problemsOf(result.error, yaml.value, yaml.locate);
  return { file: file.path, part: result.data, locate: yaml.locate };
}

/**
 * What a user's file may not say. A regular expression may take exponential time; those of the program's own tables are
 * reviewed.
 */
function notForUsers({ file, part, locate }: ReadPart): Problem[] {
  const found: Problem[] = [];
  const visit = (value: unknown, path: ValuePath): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const place = [...path, Array.isArray(value) ? Number(key) : key];
      if (typeof inner === "string" && holdsPattern(inner, place))
        found.push({
          file,
          line: locate(place).line,
          key: keyOf(place),
          message: key === "matches" ? `${ourOwn}: use is or in` : `holds a pattern, which ${ourOwn}`,
        });
      visit(inner, place);
    }
  };
  visit(part, []);
  return found;
}

const ourOwn = "is for the program's own rules";

function holdsPattern(text: string, place: ValuePath): boolean {
  if (place[0] === "shapes") return /(?:^| )matches=/.test(text);
  if (place[0] === "validations") return place.at(-1) === "rule" && /\b(?:matches|find)\s*\(/.test(text);
  return place.at(-1) === "matches";
}

/**
 * Reads files of rules, each checked against the format and against what the program's tables and code know.
 * @throws {ProblemsError} with file, line and key of everything that is wrong.
 */
export async function readRuleFiles(files: readonly SourceFile[]): Promise<NamedPart[]> {
  const read = files.map(readPart);
  const problems = read.filter((one): one is Problem[] => Array.isArray(one)).flat();
  const parts = read.filter((one): one is ReadPart => !Array.isArray(one));
  problems.push(...parts.flatMap(notForUsers));
  const builtin = await loadBuiltinParts([...new Set(parts.map(({ part }) => part.system))]);
  for (const named of problems.length > 0 ? [] : parts) {
    const { system } = named.part;
    const line = (path: ValuePath): number => named.locate(path).line;
    try {
      const table = mergeParts(
        system,
        [...builtin, ...parts].filter(({ part }) => part.system === system),
      );
      const functions = (await loadBuiltin(system))?.functions ?? {};
      const found = [
        ...unknownNames(named.part, table, functions),
        ...circularNames(named.part, table),
        ...idleRows(named.part, table),
      ];
      for (const { path, message } of found)
        problems.push({ file: named.file, line: line(path), key: keyOf(path), message });
    } catch (error) {
      const message = `${messageOf(error)}${didYouMean(system, systemNames)}`;
      problems.push({ file: named.file, line: line(["system"]), key: "system", message });
    }
  }
  if (problems.length > 0) throw new ProblemsError(problems);
  return parts.map(({ file, part }) => ({ file, part }));
}
