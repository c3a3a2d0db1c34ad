/** Beyond the controls of ASCII: DEL and later controls, marks that turn the direction, halves of characters. */
const harmful = /[\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uD800-\uDFFF]/u;
const isHarmless = (character: string): boolean =>
  character === "\n" || character === "\t" || (character >= " " && !harmful.test(character));

/** A text for a terminal, with what could steer it (escape sequences, marks that turn its direction) as `\u{…}`. */
export const plainText = (text: string): string =>
  Array.from(text, (character) =>
    isHarmless(character) ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  ).join("");
