import { latePattern } from "../manifests/late-pattern.ts";

/**
 * What a stranger may have written (names, values, paths, messages) made harmless for each place it is shown in. Nothing
 * that comes out of here can start markup, a mention, a link, a terminal sequence or a change of reading direction.
 */

/**
 * Characters that are not seen, or that change how others are seen: controls (ESC, C1 and line breaks among them), format
 * marks (bidirectional overrides, zero-width, tags), line and paragraph separators, lone surrogates, private use, blanks
 * that pass for letters, and invisible variation selectors.
 */
const unseen = latePattern(
  String.raw`[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\u115F\u1160\u3164\uFFA0]|\u034F|[\u{E0100}-\u{E01EF}]`,
);
const stackedMarks = latePattern(String.raw`(\p{M}{4})\p{M}+`);
const plain = /^[\x20-\x7E]*$/;

function notation(character: string): string {
  if (character === "\n") return "\\n";
  if (character === "\t") return "\\t";
  if (character === "\r") return "\\r";
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\u{${hex}}`;
}

/** Text on one line with every unseen character written out: `\n`, `\x1b`, `\u202e`. */
export function visible(text: string): string {
  return plain.test(text) ? text : text.replace(unseen(), notation).replace(stackedMarks(), "$1…");
}

/** At most `limit` code points; what is cut is replaced by `…`. Never splits a surrogate pair. */
export function truncate(text: string, limit: number): string {
  if (text.length <= limit) return text;
  // A code point has at most two units: no need to spread a text of a megabyte.
  const points = Array.from(text.slice(0, 2 * (limit + 1)));
  return points.length <= limit ? text : `${points.slice(0, Math.max(0, limit - 1)).join("")}…`;
}

const entity = (character: string): string => `&#${character.codePointAt(0) ?? 0};`;

/**
 * Text for a Markdown paragraph, list item or table cell. Character references never count as markup (CommonMark 2.5); a
 * zero-width space keeps GitHub from seeing mentions, issue numbers, addresses and emoji codes, which it looks for after rendering.
 */
export function markdown(text: string, limit = 1000): string {
  return visible(truncate(text, limit))
    .replace(/[\\`*_[\]<>&|~$]/g, entity)
    .replace(/^\s*(?:[#+=-]|\d+[.)])/, (start) => start.replace(/[#+=.)-]/, entity))
    .replace(/@(?=[\dA-Za-z\u0080-\uFFFF])/g, "@&#8203;")
    .replace(/(?<!&)#(?=\d)/g, "#&#8203;")
    .replace(/\b(GH)-(?=\d)/gi, "$1&#8203;-")
    .replace(/\b(https?|ftp):(?=\/\/)/gi, "$1:&#8203;")
    .replace(/\b(mailto|xmpp):/gi, "$1&#8203;:")
    .replace(/\bwww\./gi, (match) => `${match.slice(0, 3)}&#8203;.`)
    .replace(/:(?=[\w+-]+:)/g, ":&#8203;");
}

/** What is no letter or digit of any script, and nothing that is surely harmless as code. */
const codeSigns = latePattern(String.raw`[^\w ./,()\p{L}\p{N}]`);
const simple = /^[\w./:=,(){}"'?%+-]+(?: [\w./:=,(){}"'?%+-]+)*$/;

/** A value as code, safe in a paragraph and in a table cell alike: GitHub looks for no mentions or links inside. */
export function code(text: string, limit = 200): string {
  const shown = visible(truncate(text, limit));
  if (simple.test(shown)) return `\`${shown}\``;
  // Markdown is still read between HTML tags: also a `www.` there would become a link.
  const inert = shown
    .replace(plain.test(shown) ? /[^\w ./,()]/g : codeSigns(), entity)
    .replace(/(www)\./gi, "$1&#46;")
    .replaceAll("_", "&#95;");
  return shown === "" ? "" : `<code>${inert}</code>`;
}

/** A code block of a diff, its fence longer than any run of backticks inside. */
export function diffBlock(lines: readonly string[]): string {
  const body = lines.map(visible).join("\n");
  const longest = Math.max(2, ...(body.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}diff\n${body}\n${ticks}`;
}

const labelSigns = latePattern(String.raw`[^\p{L}\p{N} ./,-]`);

/** The text of a Mermaid node: everything but letters, digits and a few marks as entity codes, which are never syntax. */
export function mermaidLabel(text: string, limit: number): string {
  const shown = visible(truncate(text, limit));
  const signs = plain.test(shown) ? /[^\dA-Za-z ./,-]/g : labelSigns();
  return `"${shown.replace(signs, (character) => `#${character.codePointAt(0) ?? 0};`)}"`;
}

/** The target of a Markdown link: path segments percent-encoded, parentheses and markup too. */
export const linkPath = (path: string): string =>
  path
    .split("/")
    .map((segment) => percentEncoded(segment, /[!'()*_~]/g))
    .join("/");

/** A text as a part of a URL, without the `also` signs that `encodeURIComponent` leaves, nor half characters, which it refuses. */
export const percentEncoded = (text: string, also: RegExp): string =>
  encodeURIComponent(text.replace(/[\uD800-\uDFFF]/gu, "\uFFFD")).replace(
    also,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
