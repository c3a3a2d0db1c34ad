import { isSecretKey } from "../manifests/secret-names.ts";
import { hidden } from "./hidden.ts";

/** A line of YAML that begins an entry, after the marks of items that it may be in. */
const entry = /^([ \t]*(?:- +)*)(["']?)([\w./-]{1,128})\2[ \t]*:(?=\s|$)/;
/** Schemes precede their secrets, and are hidden with them. */
const scheme = /^(?:Bearer|Basic) /i;

/**
 * A text of YAML lines with secrets hidden by their keys: plain texts of several words, blocks, and the lists and objects
 * below a key, which end where the indentation does.
 */
export function withoutSecretLines(text: string): string {
  if (!text.includes(":")) return text;
  const lines = text.split("\n");
  const shown: string[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at++]!;
    const found = line.length > longestLine ? null : entry.exec(line);
    const before = found?.[0] ?? "";
    const value = line.slice(before.length).trim();
    if (found === null || !isSecretKey(found[3]!) || scheme.test(value) || value === hidden) {
      shown.push(line);
      continue;
    }
    const first = at;
    while (at < lines.length && isBelow(lines[at]!, found[1]!.length)) at += 1;
    while (at > first && lines[at - 1]!.trim() === "") at -= 1;
    shown.push(at === first && value === "" ? line : `${before} ${hidden}`);
  }
  return shown.join("\n");
}

/** The entry of a longer line is looked for by what may be anywhere in a text. */
const longestLine = 100_000;

/** Whether a line belongs to the entry whose key is in a column; items of a list may be in the same one. */
function isBelow(line: string, column: number): boolean {
  const indent = line.search(/[^ \t\r]/);
  return indent === -1 || indent > column || (indent === column && /^-(?:\s|$)/.test(line.slice(indent, indent + 2)));
}
