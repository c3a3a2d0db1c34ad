import type { ParsedPath } from "./path.ts";

interface Branch<Entry> {
  readonly children: Map<string, Branch<Entry>>;
  readonly entries: Set<Entry>;
}
const branch = <Entry>(): Branch<Entry> => ({ children: new Map(), entries: new Set() });

/** Entries by the places they stand for; a place covers everything below it. */
export class PathIndex<Entry> {
  readonly #roots = branch<Entry>();

  add(place: ParsedPath, entry: Entry): void {
    let here = this.#roots;
    for (const segment of [place.root, ...place.segments]) {
      let next = here.children.get(segment);
      if (next === undefined) here.children.set(segment, (next = branch()));
      here = next;
    }
    here.entries.add(entry);
  }

  /** The entries that cover a place. */
  covering(root: string, segments: readonly string[]): Set<Entry> {
    const found = new Set<Entry>();
    this.#walk(root, segments, (here) => here.entries.forEach((entry) => found.add(entry)));
    return found;
  }

  /** The entries that cover a place, and those that stand below it. */
  touching(root: string, segments: readonly string[]): Set<Entry> {
    const found = this.covering(root, segments);
    const gather = (here: Branch<Entry>): void => {
      for (const entry of here.entries) found.add(entry);
      for (const child of here.children.values()) gather(child);
    };
    for (const end of this.#walk(root, segments, () => undefined)) gather(end);
    return found;
  }

  /** True when something is known below a place, so that an empty object or list there is a known one. */
  isInterior(root: string, segments: readonly string[]): boolean {
    return this.#walk(root, segments, () => undefined).some((end) => end.children.size > 0);
  }

  #walk(root: string, segments: readonly string[], visit: (here: Branch<Entry>) => void): Branch<Entry>[] {
    const start = this.#roots.children.get(root);
    let level = start === undefined ? [] : [start];
    for (const segment of segments) {
      level.forEach(visit);
      level = level.flatMap((here) => {
        const exact = here.children.get(segment);
        const any = here.children.get("*");
        return [...(exact === undefined ? [] : [exact]), ...(any === undefined || segment === "*" ? [] : [any])];
      });
    }
    level.forEach(visit);
    return level;
  }
}
