import { mergeParts, type NamedPart, type Outline } from "../rules/merge.ts";
import { builtinOutlines } from "../rules/outlines.generated.ts";

const outlinePart = (outline: Outline): NamedPart => ({ file: `rules/${outline.system}`, part: outline });

/** The tables of the program, as far as every run must know them, and those of the user. */
export const outlineParts = (own: readonly NamedPart[]): NamedPart[] => [...builtinOutlines.map(outlinePart), ...own];

/**
 * Every system of the program, and those that the user adds, without their rules.
 * @throws {Error} when a user's system does not say where its pools are.
 */
export function outlinesOf(own: readonly NamedPart[] = []): readonly Outline[] {
  if (own.length === 0) return builtinOutlines;
  const parts = outlineParts(own);
  const names = new Set(parts.map(({ part }) => part.system));
  return [...names].map((name) =>
    mergeParts(
      name,
      parts.filter(({ part }) => part.system === name),
    ),
  );
}
