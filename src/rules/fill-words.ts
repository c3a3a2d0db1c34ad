/** A sentence of a table with words in the place of their names in braces; braces around anything else stay. */
export const fillWords = (sentence: string, words: Readonly<Record<string, string>>): string =>
  sentence.replaceAll(/\{(\w+)\}/g, (braces, name: string) =>
    Object.hasOwn(words, name) ? (words[name] ?? "") : braces,
  );
