/** Upstream matches in linear time, JavaScript does not: a pattern is not tried on more characters than this. */
export const longestMatched = 2048;

const patterns = new Map<string, RegExp>();
/** All patterns of the program's own tables; a user's table may have more. */
const mostPatterns = 1000;

/**
 * What RE2 writes in another way than JavaScript; and parts with several ways to read one text, of which JavaScript tries every
 * combination before it gives up: a registry's path of thirty letters and a capital is one. Each stands beside what matches the same
 * texts in one way.
 */
const rewritten: readonly (readonly [inGo: string, here: string])[] = [
  ["[:print:]", String.raw`\x20-\x7e`],
  [String.raw`-\p`, String.raw`\-\p`],
  ["(?:(?:(?:[._]|__|[-]*)[a-z0-9]+)+)?", "(?:(?:[._]|__|-+)[a-z0-9]+)*"],
  ["[a-z0-9][-a-z0-9]{0,61}[a-z0-9]|[a-z0-9]{1,63}", "[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?"],
  ["^https://.+:.+@.+/.*$", String.raw`^https://.[^:\n]*:.[^@\n]*@.[^/\n]*/.*$`],
];

/** A pattern of Go's regexp (RE2). */
function patternOf(source: string): RegExp {
  let pattern = patterns.get(source);
  if (pattern === undefined) {
    const written = rewritten.reduce((text, [inGo, here]) => text.replaceAll(inGo, () => here), source);
    pattern = new RegExp(written, written.includes(String.raw`\p{`) ? "u" : "");
    if (patterns.size < mostPatterns) patterns.set(source, pattern);
  }
  return pattern;
}

/**
 * The first match of a Go pattern in a text; null when there is none.
 * @throws {Error} when the text is too long to tell
 */
export function matchOf(source: string, text: string): RegExpExecArray | null {
  if (text.length > longestMatched)
    throw new Error(`a text of ${text.length} characters is too long to be matched with ${source}`);
  return patternOf(source).exec(text);
}
