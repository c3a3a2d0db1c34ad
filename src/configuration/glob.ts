/** What one place of a pattern takes. */
type Token =
  | { readonly type: "letter"; readonly takes: (letter: string) => boolean }
  /** `*`: any number of letters. */
  | { readonly type: "any"; readonly takes: (letter: string) => boolean }
  /** `**` + `/` in front of or between folders: any number of whole folders. */
  | { readonly type: "folders" }
  /** `/**` at the end: the folder itself, and all below it. */
  | { readonly type: "below" };

export interface GlobOptions {
  /** In paths a `*` stops at a `/`, and `**` does not; in names a `/` means nothing. */
  readonly of: "paths" | "names";
}

/** So long a pattern, and so many alternatives in braces, nobody writes. */
export const globBounds = { length: 1000, alternatives: 100 } as const;

/**
 * Tells whether a text fits a pattern: `*`, `**`, `?`, `[a-z]`, `[!a-z]`, `{a,b}`, `\` before a letter that shall mean
 * itself, and `!` in front for the opposite. Strangers choose the texts, so each letter is looked at once for each place of
 * the pattern: what a library makes of it, a regular expression, would try all ways in which many stars share a long text.
 * @throws {Error} that says what is wrong with the pattern
 */
export function globMatcher(pattern: string, options: GlobOptions): (text: string) => boolean {
  if (pattern.length > globBounds.length) throw new Error(`is longer than ${globBounds.length} characters`);
  if (/[?*+@!]\(/.test(pattern)) throw new Error("uses (), which globs do not have here: write {a,b}");
  const negates = pattern.startsWith("!");
  const alternatives = expanded(negates ? pattern.slice(1) : pattern).map((one) => tokensOf(one, options));
  return (text) => alternatives.some((tokens) => fits(text, tokens)) !== negates;
}

/** The pattern once for each choice of its braces. */
function expanded(pattern: string): string[] {
  const open = unescaped(pattern, 0, "{");
  if (open === -1) return [pattern];
  const commas: number[] = [];
  let depth = 0;
  for (let at = open; at < pattern.length; at += 1) {
    const letter = pattern[at];
    if (letter === "\\") at += 1;
    else if (letter === "{") depth += 1;
    else if (letter === "," && depth === 1) commas.push(at);
    else if (letter === "}" && --depth === 0) {
      const ends = [open, ...commas, at];
      const choices = ends.slice(1).map((end, index) => pattern.slice((ends[index] ?? 0) + 1, end));
      const found: string[] = [];
      for (const choice of choices) {
        found.push(...expanded(pattern.slice(0, open) + choice + pattern.slice(at + 1)));
        if (found.length > globBounds.alternatives)
          throw new Error(`has more than ${globBounds.alternatives} alternatives in its braces`);
      }
      return found;
    }
  }
  throw new Error("has a { without its }");
}

function unescaped(pattern: string, from: number, letter: string): number {
  for (let at = from; at < pattern.length; at += 1) {
    if (pattern[at] === "\\") at += 1;
    else if (pattern[at] === letter) return at;
  }
  return -1;
}

const inFolder = (letter: string): boolean => letter !== "/";
const letterOf = (wanted: string): Token => ({ type: "letter", takes: (letter) => letter === wanted });

function tokensOf(pattern: string, { of }: GlobOptions): Token[] {
  const takes = of === "paths" ? inFolder : () => true;
  if (of === "names") return segmentTokens(pattern, takes);
  const segments = pattern.split("/");
  return segments.flatMap((segment, index): Token[] => {
    const isLast = index === segments.length - 1;
    if (segment === "**") return isLast && index > 0 ? [] : [{ type: "folders" }];
    const isAboveAll = index === segments.length - 2 && segments.at(-1) === "**";
    return [
      ...segmentTokens(segment, takes),
      ...(isLast ? [] : isAboveAll ? [{ type: "below" } as const] : [letterOf("/")]),
    ];
  });
}

function segmentTokens(segment: string, takes: (letter: string) => boolean): Token[] {
  const tokens: Token[] = [];
  // By code points, as a `?` takes a letter and not half of one.
  const letters = [...segment];
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters[at] ?? "";
    if (letter === "*") {
      if (letters[at - 1] !== "*" || letters[at - 2] === "\\") tokens.push({ type: "any", takes });
    } else if (letter === "?") tokens.push({ type: "letter", takes });
    else if (letter === "[") {
      const end = letters.indexOf("]", at + 2);
      if (end === -1) throw new Error("has a [ without its ]");
      tokens.push({ type: "letter", takes: oneOf(letters.slice(at + 1, end)) });
      at = end;
    } else if (letter === "\\" && at + 1 < letters.length) tokens.push(letterOf(letters[(at += 1)] ?? ""));
    else tokens.push(letterOf(letter));
  }
  return tokens;
}

/** `a-z0`, or with `!` or `^` in front all others. */
function oneOf(members: readonly string[]): (letter: string) => boolean {
  const negates = members[0] === "!" || members[0] === "^";
  const rest = negates ? members.slice(1) : members;
  const ranges: (readonly [from: string, to: string])[] = [];
  for (let at = 0; at < rest.length; at += 1) {
    const from = rest[at] ?? "";
    const to = rest[at + 1] === "-" ? rest[at + 2] : undefined;
    ranges.push([from, to ?? from]);
    if (to !== undefined) at += 2;
  }
  return (letter) => ranges.some(([from, to]) => from <= letter && letter <= to) !== negates && letter !== "/";
}

/** Follows all places of the pattern at which the text read so far can stand. */
function fits(text: string, tokens: readonly Token[]): boolean {
  let places = new Set<number>();
  let isStart = true;
  const stand = (at: number, into: Set<number>): void => {
    if (into.has(at)) return;
    into.add(at);
    const token = tokens[at];
    if (token?.type === "any" || (token?.type === "folders" && isStart)) stand(at + 1, into);
  };
  stand(0, places);
  for (const letter of text) {
    isStart = letter === "/";
    const next = new Set<number>();
    for (const at of places) {
      const token = tokens[at];
      if (token === undefined) continue;
      if (token.type === "folders") stand(at, next);
      else if (token.type === "below") {
        if (letter === "/") return true;
      } else if (token.takes(letter)) stand(token.type === "any" ? at : at + 1, next);
    }
    places = next;
    if (places.size === 0) return false;
  }
  return places.has(tokens.length) || [...places].some((at) => isTail(tokens, at));
}

/** Whether the end of the text may stand here: before `/**`, or in a last `**`. */
const isTail = (tokens: readonly Token[], at: number): boolean =>
  at === tokens.length - 1 && (tokens[at]?.type === "below" || tokens[at]?.type === "folders");
