import picomatch from "picomatch";

/**
 * Which files of a tree are read. The last pattern that matches decides; when the first only takes files out, all others
 * are in. `dot`: manifests live in folders like `.clusters` too.
 */
export function pathFilter(patterns: readonly string[] | undefined): (path: string) => boolean {
  if (patterns === undefined || patterns.length === 0) return () => true;
  const rows = patterns.map((pattern) => {
    const out = pattern.startsWith("!");
    const glob = (out ? pattern.slice(1) : pattern).replace(/^\.?\//, "");
    // A folder stands for all that is in it.
    return { out, matches: picomatch([glob, `${glob.replace(/\/$/, "")}/**`], { dot: true }) };
  });
  const otherwise = rows[0]?.out === true;
  return (path) => {
    const last = rows.findLast(({ matches }) => matches(path));
    return last === undefined ? otherwise : !last.out;
  };
}
