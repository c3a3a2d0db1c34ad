/** Upstream matches in linear time, JavaScript does not: a pattern is not tried on more characters than this. */
export const longestMatched = 2048;

const patterns = new Map<string, RegExp>();
/** All patterns of the program's own tables; a user's table may have more. */
const mostPatterns = 1000;

/** A pattern of Go's regexp (RE2), in which some classes of characters are written in another way than in JavaScript. */
function patternOf(source: string): RegExp {
  let pattern = patterns.get(source);
  if (pattern === undefined) {
    const written = source.replaceAll("[:print:]", String.raw`\x20-\x7e`).replaceAll(String.raw`-\p`, String.raw`\-\p`);
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
