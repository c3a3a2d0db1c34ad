const isHarmless = (character: string): boolean =>
  character === "\n" || character === "\t" || !/[\p{Cc}\p{Bidi_Control}\p{Cs}]/u.test(character);

/** A text for a terminal, with what could steer it (escape sequences, marks that turn its direction) as `\u{…}`. */
export const plainText = (text: string): string =>
  Array.from(text, (character) =>
    isHarmless(character) ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  ).join("");
