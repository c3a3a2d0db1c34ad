import { isUnfilled } from "../manifests/template.ts";
import type { Found, KindGroup } from "./change.ts";

/** Whether a text holds one of these words. */
export function mentions(text: Uint8Array | string, words: readonly string[]): boolean {
  const searched = typeof text === "string" ? text : Buffer.from(text.buffer, text.byteOffset, text.byteLength);
  return words.some((word) => searched.includes(word));
}

const named = /[nN]ame["']?[ \t]*:[ \t]*["']?([^\s"',:{}[\]]+)/g;
/** Names that do not stand behind their key, or not by their letters. */
const indirect = /[nN]ame["']?[ \t]*:[ \t]*(?:["']?\\|[&*!>|]|\r?$)|\\[xuU]|^[ \t]*\?[ \t]/m;
type Role = "pool" | "cluster" | "reference";

interface Facts {
  readonly file: Found;
  readonly roles: ReadonlySet<Role>;
  readonly names: readonly string[];
  readonly folder: string;
  readonly isUnfilled: boolean;
}

/**
 * The unchanged files that may take part in judging a change: those that name what changed, those that clusters among them
 * name or are named by, and what pools among them name. With them all whose names cannot be told from their lines. Too many
 * is harmless; a file is left out only when no spelling of its names can be meant.
 */
export function companions(
  changed: readonly string[],
  unchanged: readonly Found[],
  groups: readonly KindGroup[],
): Found[] {
  const search = new Search(unchanged, groups);
  for (const text of changed) search.ask(namesIn(text), ["pool", "cluster", "reference"]);
  return search.run();
}

const namesIn = (text: string): string[] => [...text.matchAll(named)].map((match) => match[1] ?? "");

class Search {
  readonly #files: readonly Facts[];
  readonly #byName = new Map<string, Facts[]>();
  readonly #asked = new Set<string>();
  readonly #open: Facts[] = [];
  readonly #taken = new Set<Facts>();

  constructor(files: readonly Found[], groups: readonly KindGroup[]) {
    this.#files = files.map((file) => factsOf(file, groups));
    for (const one of this.#files)
      for (const name of new Set(one.names)) {
        const same = this.#byName.get(name);
        if (same === undefined) this.#byName.set(name, [one]);
        else same.push(one);
      }
  }

  /** Takes the files that name one of these and play one of the roles. */
  ask(names: readonly string[], roles: readonly Role[]): void {
    for (const name of names)
      for (const role of roles) {
        const key = `${role} ${name}`;
        if (this.#asked.has(key)) continue;
        this.#asked.add(key);
        for (const one of this.#byName.get(name) ?? []) if (one.roles.has(role)) this.#take(one);
      }
  }

  run(): Found[] {
    for (const one of this.#files)
      if (indirect.test(one.file.text) || (one.isUnfilled && !isReference(one))) this.#take(one);
    for (let next = this.#open.pop(); next !== undefined; next = this.#open.pop()) {
      const { names, roles } = next;
      if (roles.has("cluster")) this.ask(names, ["pool", "cluster", "reference"]);
      else if (roles.has("pool")) this.ask(names, ["cluster", "reference"]);
    }
    // What a template makes may be what the templates beside it use.
    const folders = new Set([...this.#taken].filter(({ isUnfilled }) => isUnfilled).map(({ folder }) => folder));
    for (const one of this.#files) if (one.isUnfilled && folders.has(one.folder)) this.#taken.add(one);
    return this.#files.filter((one) => this.#taken.has(one)).map(({ file }) => file);
  }

  #take(one: Facts): void {
    if (this.#taken.has(one)) return;
    this.#taken.add(one);
    this.#open.push(one);
  }
}

const isReference = ({ roles }: Facts): boolean => !roles.has("pool") && !roles.has("cluster");

function factsOf(file: Found, groups: readonly KindGroup[]): Facts {
  const { path, text } = file;
  const plays = (kinds: (group: KindGroup) => readonly string[]): boolean => mentions(text, groups.flatMap(kinds));
  const roles = new Set<Role>();
  if (plays(({ pools }) => pools)) roles.add("pool");
  if (plays(({ clusters }) => clusters)) roles.add("cluster");
  if (plays(({ references }) => references)) roles.add("reference");
  return {
    file,
    roles,
    names: namesIn(text),
    folder: path.slice(0, path.lastIndexOf("/") + 1),
    isUnfilled: isUnfilled(text),
  };
}
