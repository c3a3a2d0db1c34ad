import { listOf } from "../../manifests/json-list.ts";
import type { JsonObject } from "../../manifests/manifest.ts";
import { textUnder } from "../../manifests/read-value.ts";
import type { Kustomization } from "../kustomize/kustomization.ts";
import { nameOf, objectsIn } from "../objects-in.ts";
import type { JudgedKind } from "../relevant.ts";

const patternOf = (kinds: readonly JudgedKind[]): RegExp => new RegExp(kinds.map(({ kind }) => kind).join("|"));

/** The names of the objects of some kinds in a file, as they are written. A template cannot be read and gives none. */
export function namesIn(bytes: Buffer, kinds: readonly JudgedKind[]): string[] {
  if (kinds.length === 0) return [];
  const isMeant = ({ kind }: JsonObject): boolean => kinds.some((one) => one.kind === kind);
  return objectsIn(bytes, patternOf(kinds))
    .filter(isMeant)
    .map((object) => nameOf(object).name)
    .filter((name) => name !== "");
}

const generators = ["configMapGenerator", "secretGenerator"] as const;

/** The names of what the generators of a kustomization make, without prefix, suffix and hash. */
export const generatedNames = ({ value }: Kustomization): string[] =>
  generators
    .flatMap((field) => listOf(value[field]).flatMap((one) => textUnder(one, "name") ?? []))
    .filter((name) => name !== "");

const renaming = ["namePrefix", "nameSuffix", "replacements", "transformers", "vars"] as const;

/** Whether a kustomization may compose names from parts, so that they are written nowhere as a whole. */
export const mayRename = ({ value }: Kustomization): boolean => renaming.some((field) => value[field] !== undefined);

/** The words of a text that may be names. */
export const wordsOf = (text: string): ReadonlySet<string> => new Set(text.match(/[a-z0-9][a-z0-9.-]*/g));

/** The fixed parts of the names in a template. */
export const writtenNames = (text: string): string[] =>
  Array.from(text.matchAll(/\bname["']?:[ \t]*(.+)/g), ([, name = ""]) => name.replaceAll(/\{\{[^{}]*\}\}/g, " "))
    .flatMap((name) => [...wordsOf(name)])
    .filter((word) => word.length > 2);
