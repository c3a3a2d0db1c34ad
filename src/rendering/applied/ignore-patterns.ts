import { isBelow } from "../trees/file-tree.ts";

/** One line of a `.sourceignore` or of the `ignore` of a source, which Flux reads nearly as git reads `.gitignore`. */
export interface IgnorePattern {
  /** The folder below which it holds. */
  readonly domain: string;
  /** Whether it takes back what lines before it leave out. */
  readonly includes: boolean;
  readonly foldersOnly: boolean;
  /** A single one stands for a name at any depth. */
  readonly segments: readonly string[];
}

export const patternsIn = (text: string, domain: string): IgnorePattern[] =>
  text
    .split(/\r?\n/)
    .filter((line) => !line.startsWith("#") && line.trim() !== "")
    .map((line) => {
      const includes = line.startsWith("!");
      const said = includes ? line.slice(1) : line;
      const trimmed = said.endsWith("\\ ") ? said : said.replace(/ +$/, "");
      const foldersOnly = trimmed.endsWith("/");
      return { domain, includes, foldersOnly, segments: (foldersOnly ? trimmed.slice(0, -1) : trimmed).split("/") };
    });

/**
 * Whether a file is left out: the last line that speaks of it decides. Unlike in git a file can be taken back from a folder that is
 * left out (fluxcd/pkg@e2cfd1a2 `sourceignore/gitignore` Match).
 */
export const leavesOut = (patterns: readonly IgnorePattern[], path: string): boolean =>
  patterns.findLast((pattern) => speaksOf(pattern, path))?.includes === false;

function speaksOf({ domain, foldersOnly, segments }: IgnorePattern, path: string): boolean {
  if (!isBelow(path, domain)) return false;
  const names = (domain === "" ? path : path.slice(domain.length + 1)).split("/");
  const [only = ""] = segments;
  if (segments.length > 1) return reaches(segments, names, foldersOnly);
  const at = names.findIndex((name) => isNamed(only, name));
  return at !== -1 && !(foldersOnly && at === names.length - 1);
}

/** Whether a path begins with what the segments name. After `**` the first name that fits counts, and no later one is tried. */
function reaches(segments: readonly string[], names: readonly string[], foldersOnly: boolean): boolean {
  let at = 0;
  let isDeep = false;
  for (const [place, segment] of segments.entries()) {
    if (segment === "**" && place === segments.length - 1) break;
    if (segment === "" || segment === "**") isDeep = segment === "**";
    else {
      const rest = segment.includes("**") ? [] : names.slice(at, isDeep ? undefined : at + 1);
      const found = rest.findIndex((name) => isNamed(segment, name));
      if (found === -1) return false;
      at += found + 1;
      isDeep = false;
    }
  }
  return at > 0 && !(foldersOnly && at === names.length);
}

/** Go's `path/filepath` Match, of a pattern without slashes. */
function isNamed(pattern: string, name: string): boolean {
  const parts = pattern.match(/\\[^]|\[\^?(?:\\[^]|[^\\\]])+\]|[^]/gu) ?? [];
  // A bracket or backslash alone is a mistake, which Go answers with no match.
  if (parts.some((part) => part === "\\" || part === "[")) return false;
  const source = parts.map((part) => {
    if (part === "*") return ".*";
    if (part === "?") return ".";
    if (part.length > 1 && part.startsWith("[")) return part;
    return escaped(part.length > 1 && part.startsWith("\\") ? part.slice(1) : part);
  });
  try {
    return new RegExp(`^${source.join("")}$`, "su").test(name);
  } catch {
    return false;
  }
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
