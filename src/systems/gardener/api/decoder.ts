import type { Scope } from "../../../rules/functions.ts";
import { isWithin } from "../../../rules/version.ts";

/** What decodes a value and asks things of it: Gardener, or the extension of a provider. */
export interface Decoder {
  readonly name: string;
  /** Its release: as it was said, else the newest. Asked only where a field is gone by now. */
  readonly release: () => string;
  /** The release that was said, which then surely has no newer fields; undefined when none was said, or one newer than the tables. */
  readonly knownRelease: string | undefined;
}

/** The release of a target where it was said and the tables know it. */
export const knownRelease = (scope: Scope, target: string): string | undefined =>
  scope.isKnownRelease(target) ? scope.target(target) : undefined;

/** The decoder whose release is the target of that name. */
export const decoderOf = (scope: Scope, name: string, target: string): Decoder => ({
  name,
  release: () => scope.target(target),
  knownRelease: knownRelease(scope, target),
});

/** Words of a leaf, and the releases of the decoder for which they hold. */
export interface Section {
  readonly words: readonly string[];
  readonly from?: string | undefined;
  readonly before?: string | undefined;
}

/** `>=0 @1.126..1.140 <=5 @1.140.. <=9`: what stands behind an `@` holds for those releases only. */
export function sectionsOf(words: readonly string[]): readonly Section[] {
  const sections: (Section & { readonly words: string[] })[] = [{ words: [] }];
  for (const word of words) {
    const [range, from, before] = /^@(\d+\.\d+)?\.\.(\d+\.\d+)?$/.exec(word) ?? [];
    if (range === undefined) sections.at(-1)?.words.push(word);
    else sections.push({ words: [], from, before });
  }
  return sections;
}

/** Whether a section holds for the release that decodes; for the newest one where none was said. */
export const holdsFor = ({ from, before }: Section, decoder: Decoder | undefined): boolean =>
  decoder?.knownRelease === undefined ? before === undefined : isWithin(decoder.knownRelease, from, before);
