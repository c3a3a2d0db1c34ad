import picomatch from "picomatch";
import { messageOf } from "../validation/message-of.ts";

interface GlobOptions {
  /** In paths a `*` stops at a `/`, and `**` does not; in names a `/` means nothing. */
  readonly of: "paths" | "names";
}

/**
 * A glob becomes a regular expression, which tries all ways in which its stars can share a text. Strangers choose the
 * texts, so stars are counted. `text` is the longest that a matcher looks at: no name of Kubernetes is longer, hardly a path.
 */
export const globBounds = { length: 250, starsInFolder: 3, anyFolders: 3, braces: 3, text: 500 } as const;

/**
 * Tells whether a text fits a pattern: `*`, `**`, `?`, `[a-z]`, `[^a-z]`, `{a,b}`, `\` before a letter that shall mean
 * itself, and `!` in front for the opposite.
 * @returns undefined for a text that is too long to be looked at
 * @throws {Error} that says what is wrong with the pattern
 */
export function globMatcher(pattern: string, { of }: GlobOptions): (text: string) => boolean | undefined {
  const wrong = wrongWith(pattern, of);
  if (wrong !== undefined) throw new Error(wrong);
  const matches = compiled(pattern, of);
  return (text) => (text.length > globBounds.text ? undefined : matches(text));
}

/**
 * Tells whether a path fits a pattern or is in a folder that does. What stands behind the folder is not counted: it is matched
 * last, in one way.
 * @throws {Error} that says what is wrong with the pattern
 */
export function pathMatcher(pattern: string): (path: string) => boolean {
  const own = globMatcher(pattern, { of: "paths" });
  const below = compiled(`${pattern.replace(/\/$/, "")}/**`, "paths");
  return (path) => path.length <= globBounds.text && (own(path) === true || below(path));
}

function compiled(pattern: string, of: GlobOptions["of"]): (text: string) => boolean {
  try {
    return picomatch(pattern, { dot: true, bash: of === "names", noextglob: true, strictBrackets: true });
  } catch (error) {
    throw new Error(unpaired(error), { cause: error });
  }
}

const pairs = ["[]", "{}", "()"];

/** Which bracket has no other one. Picomatch says it in its own words, and how a program would write it. */
function unpaired(error: unknown): string {
  const [, side, missing = ""] = /^Missing (opening|closing): "(.)"/.exec(messageOf(error)) ?? [];
  const pair = pairs.find((one) => one.includes(missing));
  if (side === undefined || pair === undefined) return messageOf(error);
  const there = pair.replace(missing, "");
  return `has ${there} without ${missing}: add it, or write \\${there} for the character itself`;
}

function wrongWith(pattern: string, of: GlobOptions["of"]): string | undefined {
  const { length, starsInFolder, anyFolders, braces } = globBounds;
  if (pattern === "") return "is empty";
  if (pattern.length > length) return `is longer than ${length} characters`;
  if (/[?*+@!]\(/.test(pattern)) return "uses (), which globs do not have here: write {a,b}";
  const folders = of === "names" ? [pattern] : pattern.split("/");
  if (folders.filter((folder) => folder === "**").length > anyFolders) return `has more than ${anyFolders} **`;
  if (folders.some((folder) => (folder.match(/\*+/g)?.length ?? 0) > starsInFolder))
    return `has more than ${starsInFolder} stars in one name`;
  return pattern.split("{").length > braces + 1 ? `has more than ${braces} braces` : undefined;
}
