/** Go turns each letter by itself, into one letter: `ß` has no other form, and where a word ends is not asked. */
const turned = (text: string, turn: (letter: string) => string): string =>
  Array.from(text, (letter) => {
    const other = turn(letter);
    return [...other].length === 1 ? other : letter;
  }).join("");

/** As Go's strings.ToUpper. */
export const upper = (text: string): string => turned(text, (letter) => letter.toUpperCase());

/** As Go's strings.ToLower. */
export const lower = (text: string): string => turned(text, (letter) => letter.toLowerCase());
