/** Codes of the ASCII letters that mean something to YAML. */
export const letters = {
  end: 0,
  tab: 9,
  lineFeed: 10,
  carriageReturn: 13,
  blank: 32,
  bang: 33,
  doubleQuote: 34,
  hash: 35,
  percent: 37,
  ampersand: 38,
  singleQuote: 39,
  asterisk: 42,
  plus: 43,
  comma: 44,
  dash: 45,
  dot: 46,
  zero: 48,
  nine: 57,
  colon: 58,
  less: 60,
  greater: 62,
  question: 63,
  at: 64,
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
  backtick: 96,
  openBrace: 123,
  bar: 124,
  closeBrace: 125,
} as const;

export const byteOrderMark = 0xfeff;

export const isBlank = (letter: number): boolean => letter === letters.blank || letter === letters.tab;

/** YAML 1.1 knows three line breaks more than 1.2. */
export const isBreak = (letter: number): boolean =>
  letter === letters.lineFeed ||
  letter === letters.carriageReturn ||
  letter === 0x85 ||
  letter === 0x2028 ||
  letter === 0x2029;

export const isBreakOrEnd = (letter: number): boolean => letter === letters.end || isBreak(letter);

export const isGapOrEnd = (letter: number): boolean =>
  letter <= letters.blank
    ? letter === letters.blank ||
      letter === letters.lineFeed ||
      letter === letters.tab ||
      letter === letters.carriageReturn ||
      letter === letters.end
    : letter >= 0x85 && (letter === 0x85 || letter === 0x2028 || letter === 0x2029);

export const isDigit = (letter: number): boolean => letter >= letters.zero && letter <= letters.nine;

/** What names of anchors, directives and tag handles are made of. */
export const isWordLetter = (letter: number): boolean =>
  isDigit(letter) ||
  (letter >= 65 && letter <= 90) ||
  (letter >= 97 && letter <= 122) ||
  letter === 95 ||
  letter === letters.dash;
