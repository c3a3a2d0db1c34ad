import { eastAsianWidth } from "get-east-asian-width";

const emoji = /\p{Emoji_Presentation}|\uFE0F/u;
const marksOnly = /^[\p{M}\p{Default_Ignorable_Code_Point}]+$/u;

let segmenter: Intl.Segmenter | undefined;
/** What people see as one character each. */
export function* graphemes(text: string): Generator<string> {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  for (const { segment } of segmenter.segment(text)) yield segment;
}

/** How many columns of a terminal one takes. */
export function graphemeWidth(grapheme: string): number {
  if (marksOnly.test(grapheme)) return 0;
  return emoji.test(grapheme) ? 2 : eastAsianWidth(grapheme.codePointAt(0) ?? 0x20);
}
