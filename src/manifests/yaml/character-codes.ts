/** Codes of the ASCII letters that mean something to YAML. */
export const letters = {
  lineFeed: 10,
  blank: 32,
  doubleQuote: 34,
  hash: 35,
  singleQuote: 39,
  dash: 45,
  colon: 58,
  openBracket: 91,
  backslash: 92,
  openBrace: 123,
  bar: 124,
} as const;
