import { type Change, modes, type TreeEntry } from "../change.ts";
import { shownName } from "../shown-name.ts";

const nul = 0;
const colon = 0x3a;
const zeros = /^0+$/;

/** The fields of `-z` output; git ends each with a NUL. */
export function fields(output: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let start = 0; start < output.length;) {
    const end = output.indexOf(nul, start);
    const stop = end === -1 ? output.length : end;
    found.push(output.subarray(start, stop));
    start = stop + 1;
  }
  return found;
}

/**
 * The changes in `git diff-tree --raw -z` or `git diff-index --raw -z` output, without renames: identity is a matter of
 * names in the manifests, not of paths.
 */
export function parseRaw(output: Buffer): Change[] {
  const parts = fields(output);
  const found = new Map<string, Change>();
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const [head, raw] = [parts[index]!, parts[index + 1]!];
    const [before, after, baseId, headId] = head.toString("latin1", head[0] === colon ? 1 : 0).split(" ");
    const change: Change = {
      raw,
      path: shownName(raw),
      base: entry(before!, baseId!),
      head: entry(after!, headId!),
    };
    // An unmerged path comes twice, once with nothing but its name.
    if (change.base !== undefined || change.head !== undefined) found.set(raw.toString("latin1"), change);
  }
  return [...found.values()];
}

function entry(mode: string, id: string): TreeEntry | undefined {
  if (mode === "000000") return undefined;
  return { mode, id: zeros.test(id) ? null : id };
}

/** Files that git does not know yet: `git ls-files --others -z`. */
export function parseUntracked(output: Buffer): Change[] {
  return fields(output)
    .filter((raw) => raw.length > 0 && !raw.toString("latin1").endsWith("/"))
    .map((raw) => ({ raw, path: shownName(raw), base: undefined, head: { mode: "100644", id: null } }));
}

/** The files of a whole tree: `git ls-tree -r -z`. */
export function parseTree(output: Buffer): Change[] {
  return fields(output).map((row) => {
    const tab = row.indexOf("\t");
    const [mode, , id] = row.toString("latin1", 0, tab).split(" ");
    const raw = row.subarray(tab + 1);
    return { raw, path: shownName(raw), base: undefined, head: { mode: mode!, id: id! } };
  });
}

export const isSubmodule = (entry: TreeEntry | undefined): boolean => entry?.mode === modes.submodule;
export const isLink = (entry: TreeEntry | undefined): boolean => entry?.mode === modes.link;
