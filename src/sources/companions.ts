import { isUnfilled } from "../manifests/templates/template.ts";
import { isNamedIndirectly, isSpelled, meantNames, writtenNames } from "../manifests/written-names.ts";
import type { KindGroup } from "../rules/interest.ts";
import type { Found } from "./change.ts";

/** Whether a text holds one of these words. */
export function mentions(text: Uint8Array, words: readonly string[]): boolean {
  const searched = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
  return words.some((word) => searched.includes(word));
}

type Role = "pool" | "cluster" | "reference" | "between";

interface Facts {
  readonly file: Found;
  readonly roles: readonly Role[];
  readonly names: readonly string[];
  readonly isUnfilled: boolean;
}

/**
 * The unchanged files that may take part in judging a change: those that name what changed, or something between that names it,
 * those that clusters among them name or are named by, and what pools among them name. With them all whose names cannot be told
 * from their lines. Too many is harmless; a file is left out only when no spelling of its names can be meant.
 */
export function companions(
  changed: readonly string[],
  unchanged: readonly Found[],
  groups: readonly KindGroup[],
  isWanted: (path: string) => boolean,
): Found[] {
  const search = new Search(unchanged, groups, isWanted);
  for (const text of changed) search.ask(meantNames(text), ["pool", "cluster", "reference", "between"]);
  return search.run();
}

class Search {
  readonly #files: readonly Facts[];
  readonly #isWanted: (path: string) => boolean;
  readonly #byName = new Map<string, Facts[]>();
  readonly #asked = new Set<string>();
  readonly #open: Facts[] = [];
  readonly #taken = new Set<Facts>();

  constructor(files: readonly Found[], groups: readonly KindGroup[], isWanted: (path: string) => boolean) {
    this.#isWanted = isWanted;
    const kinds = kindsOf(groups);
    this.#files = files.map((file) => factsOf(file, kinds));
    for (const one of this.#files)
      for (const name of one.names) {
        const same = this.#byName.get(name);
        if (same === undefined) this.#byName.set(name, [one]);
        else if (same.at(-1) !== one) same.push(one);
      }
  }

  /** Takes the files that name one of these and play one of the roles. */
  ask(names: readonly string[], roles: readonly Role[]): void {
    for (const name of names)
      for (const role of roles) {
        const key = `${role} ${name}`;
        if (this.#asked.has(key)) continue;
        this.#asked.add(key);
        for (const one of this.#byName.get(name) ?? []) if (one.roles.includes(role)) this.#take(one);
      }
  }

  run(): Found[] {
    for (const one of this.#files) if (isOpen(one.file.text) || (one.isUnfilled && !isReference(one))) this.#take(one);
    for (let next = this.#open.pop(); next !== undefined; next = this.#open.pop()) {
      const { names, roles } = next;
      if (roles.includes("cluster")) this.ask(names, ["pool", "cluster", "reference"]);
      else if (roles.includes("pool")) this.ask(names, ["cluster", "reference"]);
      if (roles.includes("between")) this.ask(names, ["pool", "cluster"]);
    }
    // What a template makes may be what the templates beside it use.
    const folders = new Set([...this.#taken].filter(({ isUnfilled }) => isUnfilled).map(folderOf));
    for (const one of this.#files) if (one.isUnfilled && folders.has(folderOf(one))) this.#take(one);
    return this.#files.filter((one) => this.#taken.has(one)).map(({ file }) => file);
  }

  #take(one: Facts): void {
    if (this.#taken.has(one) || !this.#isWanted(one.file.path)) return;
    this.#taken.add(one);
    this.#open.push(one);
  }
}

/** Whether names may not be told from the lines that were shown. */
const isOpen = (text: string): boolean => isNamedIndirectly(text) || isSpelled(text);
const isReference = ({ roles }: Facts): boolean => !roles.includes("pool") && !roles.includes("cluster");

function folderOf({ file: { key } }: Facts): string {
  return key.slice(0, key.lastIndexOf("/") + 1);
}

/** The kinds that play each role. */
type Kinds = readonly (readonly [Role, readonly string[]])[];

function kindsOf(groups: readonly KindGroup[]): Kinds {
  return [
    ["pool", groups.flatMap(({ pools }) => pools)],
    ["cluster", groups.flatMap(({ clusters }) => clusters)],
    ["reference", groups.flatMap(({ references }) => references)],
    ["between", groups.flatMap(({ between }) => between)],
  ];
}

function factsOf(file: Found, kinds: Kinds): Facts {
  const { text } = file;
  const roles = kinds.flatMap(([role, words]) => (words.some((word) => text.includes(word)) ? [role] : []));
  return { file, roles, names: writtenNames(text), isUnfilled: isUnfilled(text) };
}
