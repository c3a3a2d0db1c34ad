import { messageOf } from "../validation/message-of.ts";
import { globBounds, pathMatcher } from "./glob.ts";

/**
 * Which files of a tree are read. The last pattern that matches decides; when the first only takes files out, all others
 * are in. A path too long to be looked at is in.
 * @throws {Error} that names the pattern and says what is wrong with it
 */
export function pathFilter(patterns: readonly string[] | undefined): (path: string) => boolean {
  if (patterns === undefined || patterns.length === 0) return () => true;
  const rows = patterns.map((pattern) => {
    const out = pattern.startsWith("!");
    const glob = (out ? pattern.slice(1) : pattern).replace(/^\.?\//, "");
    return { out, matches: matcherOf(glob === "" || glob === "." ? "**" : glob) };
  });
  const otherwise = rows[0]?.out === true;
  return (path) => {
    if (path.length > globBounds.text) return true;
    const last = rows.findLast(({ matches }) => matches(path));
    return last === undefined ? otherwise : !last.out;
  };
}

function matcherOf(glob: string): (path: string) => boolean {
  try {
    return pathMatcher(glob);
  } catch (error) {
    throw new Error(`the glob ${JSON.stringify(glob)}: ${messageOf(error)}`, { cause: error });
  }
}
