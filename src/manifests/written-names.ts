import { isList } from "./json-list.ts";
import { isObject } from "./json-object.ts";
import type { Json } from "./manifest.ts";
import { splitDocuments } from "./text/split.ts";
import { YamlError } from "./yaml/yaml-error.ts";
import { parseYaml } from "./yaml/yaml.ts";

/** Values after keys that end in `name`, the only way in which manifests name objects. */
const named = /[nN]ame["']?[ \t]*:[ \t]*(?:&[\w-]+[ \t]+)?["']?([^\s"',:{}[\]]+)/g;
/**
 * A name or namespace that does not follow its key: an alias, an anchor, a tag, a block scalar, the next line, a comment before
 * it; an explicit key, a key whose colon is on the next line, an alias for a key.
 */
const indirect = new RegExp(
  [
    String.raw`[nN]ame(?:space)?["']?[ \t]*:[ \t]*(?:["']?\\|[&*!>|#\u0085]|\r?$)`,
    String.raw`\?(?<=(?:^|[\s,{[-])\?)(?:[ \t]|\r?$)`,
    String.raw`^[ \t?{,-]*["']?[A-Za-z]*[nN]ame(?:space)?["']?[ \t]*(?:[ \t]#.*)?\r?$`,
    String.raw`\*[\w-]+[ \t]*:(?:[ \t]|\r?$)`,
  ].join("|"),
  "m",
);
/** Letters that stand for others, so that neither a name nor a kind may be in the text: escapes, folded lines, Base64. */
const spelled = /\\[xuU]|"[^"\r\n]*\\\r?$|!![b%]|!<[^<>\s]*(?:binary|%)/m;
const nameKey = /[nN]ame$/;

/** The names that are written plainly behind their keys. */
export function writtenNames(text: string): string[] {
  const names: string[] = [];
  named.lastIndex = 0;
  // Asked of every file that holds one of the kinds: an iterator of matches takes five times as long.
  for (let match = named.exec(text); match !== null; match = named.exec(text)) names.push(match[1]!);
  return names;
}

/** Whether names or namespaces may stand in the text elsewhere than behind their keys. */
export const isNamedIndirectly = (text: string): boolean => indirect.test(text);

/** Whether names and kinds may be in the text without their letters. */
export const isSpelled = (text: string): boolean => spelled.test(text);

/** The names in the manifests of a whole text, however they are written. */
export function meantNames(text: string): string[] {
  const written = writtenNames(text);
  if (!isNamedIndirectly(text) && !isSpelled(text)) return written;
  return [...new Set([...written, ...splitDocuments(text).flatMap((piece) => namesOf(valueOf(piece.text)))])];
}

function valueOf(text: string): Json {
  try {
    return parseYaml(text);
  } catch (error) {
    if (error instanceof YamlError) return null;
    throw error;
  }
}

function namesOf(value: Json | undefined): string[] {
  if (isList(value)) return value.flatMap(namesOf);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    typeof one === "string" ? (nameKey.test(key) ? [one] : []) : namesOf(one),
  );
}
