import { isBelow } from "../trees/file-tree.ts";

/** One line of a `.sourceignore` or of the `ignore` of a source, which Flux reads nearly as git reads `.gitignore`. */
export interface IgnorePattern {
  /** The folder below which it holds. */
  readonly domain: string;
  /** Whether it takes back what lines before it leave out. */
  readonly includes: boolean;
  readonly foldersOnly: boolean;
  /** A single one stands for a name at any depth. */
  readonly segments: readonly Segment[];
}

interface Segment {
  readonly text: string;
  readonly tests: readonly LetterTest[];
}
/** What a part of a pattern asks of a letter; a star takes any number of them. */
type LetterTest = "star" | ((letter: string) => boolean);

export const patternsIn = (text: string, domain: string): IgnorePattern[] =>
  text
    .split(/\r?\n/)
    .filter((line) => !line.startsWith("#") && line.trim() !== "")
    .map((line) => {
      const includes = line.startsWith("!");
      const said = includes ? line.slice(1) : line;
      const trimmed = said.endsWith("\\ ") ? said : withoutSpacesBehind(said);
      const foldersOnly = trimmed.endsWith("/");
      return { domain, includes, foldersOnly, segments: segmentsIn(foldersOnly ? trimmed.slice(0, -1) : trimmed) };
    });

function withoutSpacesBehind(text: string): string {
  let end = text.length;
  while (text[end - 1] === " ") end -= 1;
  return text.slice(0, end);
}

/**
 * Whether a file is left out: the last line that speaks of it decides. Unlike in git a file can be taken back from a folder that is
 * left out (fluxcd/pkg@e2cfd1a2 `sourceignore/gitignore` Match).
 */
export const leavesOut = (patterns: readonly IgnorePattern[], path: string): boolean =>
  patterns.findLast((pattern) => speaksOf(pattern, path))?.includes === false;

function speaksOf({ domain, foldersOnly, segments }: IgnorePattern, path: string): boolean {
  if (!isBelow(path, domain)) return false;
  const names = (domain === "" ? path : path.slice(domain.length + 1)).split("/");
  const [only] = segments;
  if (only === undefined || segments.length > 1) return reaches(segments, names, foldersOnly);
  const at = names.findIndex((name) => isNamed(only, name));
  return at !== -1 && !(foldersOnly && at === names.length - 1);
}

/** Whether a path begins with what the segments name. After `**` the first name that fits counts, and no later one is tried. */
function reaches(segments: readonly Segment[], names: readonly string[], foldersOnly: boolean): boolean {
  let at = 0;
  let isDeep = false;
  for (const [place, segment] of segments.entries()) {
    const { text } = segment;
    if (text === "**" && place === segments.length - 1) break;
    if (text === "" || text === "**") isDeep = text === "**";
    else {
      const rest = text.includes("**") ? [] : names.slice(at, isDeep ? undefined : at + 1);
      const found = rest.findIndex((name) => isNamed(segment, name));
      if (found === -1) return false;
      at += found + 1;
      isDeep = false;
    }
  }
  return at > 0 && !(foldersOnly && at === names.length);
}

/** No name of a file is as long; a longer pattern, which nothing meant for files has, fits none. */
export const longestSegment = 1024;

const segmentsIn = (pattern: string): Segment[] =>
  pattern.split("/").map((text) => {
    const isTooLong = text.length > longestSegment;
    const parts = isTooLong ? ["["] : (text.match(/\\[^]|\[\^?(?:\\[^]|[^\\\]])+\]|[^]/gu) ?? []);
    return { text, tests: parts.map(letterTest) };
  });

/**
 * Go's `path/filepath` Match, of a pattern without slashes. Only the last star is ever tried anew, so that no pattern takes longer
 * than its length times that of the name.
 */
function isNamed({ tests }: Segment, name: string): boolean {
  const letters = [...name];
  let [at, part, star, resume] = [0, 0, -1, 0];
  while (at < letters.length) {
    const test = tests[part];
    if (test === "star") {
      star = part;
      resume = at;
      part += 1;
    } else if (test?.(letters[at] ?? "") === true) {
      at += 1;
      part += 1;
    } else if (star === -1) return false;
    else {
      part = star + 1;
      resume += 1;
      at = resume;
    }
  }
  return tests.slice(part).every((test) => test === "star");
}

/** A bracket or backslash alone is a mistake, which Go answers with no match. */
function letterTest(part: string): LetterTest {
  if (part === "*") return "star";
  if (part === "?") return () => true;
  if (part === "\\" || part === "[") return () => false;
  if (part.startsWith("[")) return classTest(part);
  const wanted = part.startsWith("\\") ? part.slice(1) : part;
  return (letter) => letter === wanted;
}

function classTest(part: string): (letter: string) => boolean {
  try {
    const letters = new RegExp(`^${part}$`, "su");
    return (letter) => letters.test(letter);
  } catch {
    return () => false;
  }
}
