import type { Diagnostic, SourceFile } from "./manifest.ts";
import { mayMake } from "./may-matter.ts";
import { valuesFrom } from "./substitutions.ts";
import { decodeFile } from "./text/decode.ts";

/** Texts of all files of a tree that may name another object, also of those that are not read. */
export type Texts = () => Iterable<string>;

export function* textsIn(files: readonly SourceFile[]): Iterable<string> {
  for (const { bytes } of files) yield decodeFile(bytes).text;
}

/**
 * What could not be read and is at most an object that others name: where nothing of either side may name it, the report is
 * complete without it. Where not all texts are known, something may.
 */
export function settleReferences(
  diagnostics: readonly Diagnostic[],
  judged: ReadonlySet<string>,
  sides: readonly (Texts | undefined)[],
): Diagnostic[] {
  const known = new Map<string, boolean>();
  const isUsed = (users: readonly string[]): boolean => {
    const key = users.join();
    let used = known.get(key);
    if (used === undefined) known.set(key, (used = sides.some((texts) => mayBeUsed(users, judged, texts))));
    return used;
  };
  return diagnostics.flatMap(({ users, ...diagnostic }): Diagnostic[] => {
    if (users === undefined || isUsed(users)) return [diagnostic];
    // A template of something else is not worth a warning.
    return diagnostic.code === "template" ? [] : [{ ...diagnostic, severity: "warning", incomplete: false }];
  });
}

/** Users name it; and Flux fills the values of a ConfigMap or Secret into anything. */
function mayBeUsed(users: readonly string[], judged: ReadonlySet<string>, texts: Texts | undefined): boolean {
  if (texts === undefined) return true;
  const kinds = new Set(users);
  for (const text of texts())
    if (text.includes(valuesFrom) || makes(text, kinds) || (text.includes("${") && makes(text, judged))) return true;
  return false;
}

const makes = (text: string, kinds: ReadonlySet<string>): boolean =>
  [...kinds].some((kind) => text.includes(kind)) && mayMake(text, kinds);
