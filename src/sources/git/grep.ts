import { isAscii } from "node:buffer";
import type { Found } from "../change.ts";
import { withoutDefinitions } from "../definitions.ts";
import { shownName } from "../shown-name.ts";

/** A file with the lines that `git grep` showed of it. Of thousands only few are read, so what only those need is made late. */
class FoundLines implements Found {
  readonly key: string;
  readonly text: string;

  constructor(key: string, text: string) {
    this.key = key;
    this.text = text;
  }

  get raw(): Buffer {
    return Buffer.from(this.key, "latin1");
  }

  get path(): string {
    return shownName(this.raw);
  }
}

/** The lines of `git grep -z`, a NUL after each path, by their files; `skip` bytes of a path are the revision. */
export function parseGrep(output: Buffer, skip: number): Found[] {
  // A letter a byte: paths are in any encoding.
  const all = output.toString("latin1");
  const decode = isAscii(output)
    ? (text: string) => text
    : (text: string) => Buffer.from(text, "latin1").toString("utf8");
  const found: FoundLines[] = [];
  for (let start = 0; start < all.length;) {
    const end = all.indexOf("\0", start);
    if (end === -1) break;
    const prefix = all.slice(start, end + 1);
    let text = "";
    do {
      const newline = all.indexOf("\n", start + prefix.length);
      const next = newline === -1 ? all.length : newline + 1;
      text += all.slice(start + prefix.length, next);
      start = next;
    } while (all.startsWith(prefix, start));
    const lines = withoutDefinitions(decode(text));
    if (lines !== "") found.push(new FoundLines(prefix.slice(skip, -1), lines));
  }
  return found;
}

/** The files whose content git has not, by what `git grep` says of them; it passes them over. */
export const unreadIn = (complaints: string): string[] =>
  [...complaints.matchAll(/^error: '(?:[0-9a-f]{40,}:)?(.*)': unable to read [0-9a-f]+$/gm)].map(
    ([, path = ""]) => path,
  );
