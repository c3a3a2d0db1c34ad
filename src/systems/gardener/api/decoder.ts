import type { Scope } from "../../../rules/functions.ts";
import { isWithin } from "../../../rules/version.ts";
import type { Section } from "../../api-shape.ts";

/** What decodes a value and asks things of it: Gardener, or the extension of a provider. */
export interface Decoder {
  readonly name: string;
  /** Its release: as it was said, else the newest. Asked only where a field is gone by now. */
  readonly release: () => string;
  /**
   * The release that was said, which then surely has no newer fields; undefined when none was said, or one newer than the
   * tables.
   */
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

/** Whether a section holds for the release that decodes; for the newest one where none was said. */
export const holdsFor = ({ from, before }: Section, decoder: Decoder | undefined): boolean =>
  decoder?.knownRelease === undefined ? before === undefined : isWithin(decoder.knownRelease, from, before);
