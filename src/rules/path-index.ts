import type { ParsedPath } from "./path.ts";

/** A place in the index, as plain data: what is below it by segment, and the numbers of what stands here. */
export interface Branch {
  below?: { [segment: string]: Branch };
  here?: number[];
}

/** Entries by the places they stand for; a place covers everything below it. */
export class PathIndex<Entry> {
  readonly #entries: readonly Entry[];
  readonly #roots: Branch;

  constructor(entries: readonly Entry[], roots: Branch) {
    this.#entries = entries;
    this.#roots = roots;
  }

  static add(roots: Branch, place: ParsedPath, number: number): void {
    let branch = roots;
    for (const segment of [place.root, ...place.segments]) {
      branch.below ??= Object.create(null) as { [segment: string]: Branch };
      branch = branch.below[segment] ??= {};
    }
    branch.here ??= [];
    if (!branch.here.includes(number)) branch.here.push(number);
  }

  /** The entries that cover a place. */
  covering(root: string, segments: readonly string[]): Set<Entry> {
    const found = new Set<Entry>();
    this.#walk(root, segments, (branch) => this.#gather(branch, found));
    return found;
  }

  /** The entries that cover a place, and those that stand below it. */
  touching(root: string, segments: readonly string[]): Set<Entry> {
    const found = new Set<Entry>();
    const all = (branch: Branch): void => {
      this.#gather(branch, found);
      for (const child of Object.values(branch.below ?? {})) all(child);
    };
    for (const end of this.#walk(root, segments, (branch) => this.#gather(branch, found))) all(end);
    return found;
  }

  /** True when something is known below a place, so that an empty object or list there is a known one. */
  isInterior(root: string, segments: readonly string[]): boolean {
    return this.#walk(root, segments, () => undefined).some((end) => end.below !== undefined);
  }

  #gather(branch: Branch, found: Set<Entry>): void {
    for (const number of branch.here ?? []) {
      const entry = this.#entries[number];
      if (entry !== undefined) found.add(entry);
    }
  }

  #walk(root: string, segments: readonly string[], visit: (branch: Branch) => void): Branch[] {
    const start = child(this.#roots, root);
    let level = start === undefined ? [] : [start];
    for (const segment of segments) {
      if (level.length === 0) break;
      level.forEach(visit);
      level = level.flatMap((branch) => {
        const exact = child(branch, segment);
        const any = segment === "*" ? undefined : child(branch, "*");
        return [...(exact === undefined ? [] : [exact]), ...(any === undefined ? [] : [any])];
      });
    }
    level.forEach(visit);
    return level;
  }
}

const child = ({ below }: Branch, segment: string): Branch | undefined =>
  below !== undefined && Object.hasOwn(below, segment) ? below[segment] : undefined;
