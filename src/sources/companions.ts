import type { SourceFile } from "../manifests/manifest.ts";
import type { KindGroup } from "./change.ts";

/** Whether a text holds one of these words. */
export function mentions(bytes: Uint8Array, words: readonly string[]): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return words.some((word) => text.includes(word));
}

const word = /[A-Za-z0-9][\w.-]*/g;
const name = /name["']?\s*:\s*["']?([A-Za-z0-9][\w.-]*)/g;

/**
 * The unchanged files that may take part in judging a change: all with objects that have pools, and of the others (each
 * repository has many ConfigMaps that no pool names) those with a name that stands in one of the former. Too many is
 * harmless; a file is left out only when no spelling of its names can be meant.
 */
export function companions(
  changed: readonly Uint8Array[],
  unchanged: readonly SourceFile[],
  groups: readonly KindGroup[],
): SourceFile[] {
  const judgedKinds = groups.flatMap(({ judged }) => judged);
  const judged = unchanged.filter(({ bytes }) => mentions(bytes, judgedKinds));
  const judgedTexts = [...changed.filter((bytes) => mentions(bytes, judgedKinds)), ...judged.map(({ bytes }) => bytes)];
  if (judgedTexts.length === 0) return [];
  const words = new Set(judgedTexts.flatMap((bytes) => text(bytes).match(word) ?? []));
  const isJudged = new Set(judged);
  return unchanged.filter((file) => isJudged.has(file) || isNamed(text(file.bytes), words));
}

function isNamed(content: string, words: ReadonlySet<string>): boolean {
  // An escape can spell a name in a way that this does not see.
  if (content.includes("\\")) return true;
  for (const [, found] of content.matchAll(name)) if (words.has(found!)) return true;
  return false;
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
