import type { ParsedPath } from "./path.ts";

/** A place in the index, as plain data: what is below it by segment, and the numbers of what is here. */
export interface Branch {
  below?: { [segment: string]: Branch };
  here?: number[];
}

/** What the index knows of one place. Places that it knows alike are the same one. */
class Step {
  readonly #branches: readonly Branch[];
  readonly #above: ReadonlySet<number>;
  readonly #next = new Map<string, Step>();
  #other: Step | undefined;
  #covering: readonly number[] | undefined;
  #touching: readonly number[] | undefined;

  constructor(branches: readonly Branch[], above: ReadonlySet<number>) {
    this.#branches = branches;
    const here = branches.flatMap((branch) => branch.here ?? []);
    this.#above = here.length === 0 ? above : new Set([...above, ...here]);
  }

  next(segment: string): Step {
    // Segments that no table names lead to the same place, so that strangers' words do not fill the memory.
    if (!this.#branches.some((branch) => child(branch, segment) !== undefined))
      return (this.#other ??= this.#along(["*"]));
    let next = this.#next.get(segment);
    if (next === undefined) this.#next.set(segment, (next = this.#along(segment === "*" ? ["*"] : [segment, "*"])));
    return next;
  }

  #along(segments: readonly string[]): Step {
    const branches = this.#branches.flatMap((branch) => segments.flatMap((segment) => child(branch, segment) ?? []));
    return new Step(branches, this.#above);
  }

  get covering(): readonly number[] {
    return (this.#covering ??= [...this.#above].toSorted(ascending));
  }

  get touching(): readonly number[] {
    return (this.#touching ??= [...new Set([...this.#above, ...this.#branches.flatMap(allIn)])].toSorted(ascending));
  }

  get isInterior(): boolean {
    return this.#branches.some(({ below }) => below !== undefined);
  }
}

/** Entries by the places they stand for; a place covers everything below it. */
export class PathIndex<Entry> {
  readonly #entries: readonly Entry[];
  readonly #root: Step;
  readonly #answers = new WeakMap<readonly number[], readonly Entry[]>();

  constructor(entries: readonly Entry[], roots: Branch) {
    this.#entries = entries;
    this.#root = new Step([roots], new Set());
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

  /** The entries that cover a place, in their order. */
  covering(root: string, segments: readonly string[]): readonly Entry[] {
    return this.#of(this.#at(root, segments).covering);
  }

  /** The entries that cover a place, and those that are below it; in their order. */
  touching(root: string, segments: readonly string[]): readonly Entry[] {
    return this.#of(this.#at(root, segments).touching);
  }

  /** True when something is known below a place, so that an empty object or list there is a known one. */
  isInterior(root: string, segments: readonly string[]): boolean {
    return this.#at(root, segments).isInterior;
  }

  #at(root: string, segments: readonly string[]): Step {
    let step = this.#root.next(root);
    for (const segment of segments) step = step.next(segment);
    return step;
  }

  #of(numbers: readonly number[]): readonly Entry[] {
    let entries = this.#answers.get(numbers);
    if (entries === undefined) {
      entries = numbers.flatMap((number) => this.#entries[number] ?? []);
      this.#answers.set(numbers, entries);
    }
    return entries;
  }
}

const ascending = (a: number, b: number): number => a - b;

const allIn = ({ here = [], below = {} }: Branch): readonly number[] => [
  ...here,
  ...Object.values(below).flatMap(allIn),
];

const child = ({ below }: Branch, segment: string): Branch | undefined =>
  below !== undefined && Object.hasOwn(below, segment) ? below[segment] : undefined;
