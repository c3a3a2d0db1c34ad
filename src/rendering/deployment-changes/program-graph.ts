import { addTo } from "../../manifests/group-by.ts";

/** A file of a program, and what it has to do with others. */
interface Node {
  readonly path: string;
  /** Files that it uses, and groups of which it uses every file. */
  readonly uses: readonly string[];
  /** The groups to which it belongs. */
  readonly groups: readonly string[];
}

/** Which files of programs are made with which: groups keep it as small as the files are, however many stand in one folder. */
export class ProgramGraph {
  readonly #uses = new Map<string, readonly string[]>();
  readonly #members = new Map<string, string[]>();
  readonly #users = new Map<string, string[]>();
  readonly #groups = new Map<string, readonly string[]>();

  constructor(nodes: readonly Node[]) {
    for (const { path, uses, groups } of nodes) {
      this.#uses.set(path, uses);
      this.#groups.set(path, groups);
      for (const group of groups) addTo(this.#members, group, path);
      for (const used of uses) addTo(this.#users, used, path);
    }
  }

  /** Every file that some files or their users are made with, by the first of those files. */
  partsOf(makers: readonly string[]): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    for (const maker of makers) {
      const own = [maker, ...(this.#groups.get(maker) ?? [])];
      const next = [maker, ...own.flatMap((used) => this.#users.get(used) ?? [])];
      for (let used = next.pop(); used !== undefined; used = next.pop()) {
        if (found.has(used)) continue;
        found.set(used, maker);
        for (const one of this.#uses.get(used) ?? this.#members.get(used) ?? []) if (!found.has(one)) next.push(one);
      }
    }
    return found;
  }
}
