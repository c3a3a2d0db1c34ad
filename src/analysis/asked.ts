const none: ReadonlySet<string> = new Set();

/** What came of a piece of work, and the targets on which that depends. */
export interface Tracked<T> {
  readonly value: T;
  readonly asked: ReadonlySet<string>;
}

/** Which targets an answer depends on: everything that asks for a version says so here. */
export class AskedTargets {
  #asked = none;

  has(name: string): boolean {
    return this.#asked.has(name);
  }

  add(name: string): void {
    if (!this.#asked.has(name)) this.#asked = new Set([...this.#asked, name]);
  }

  addAll(names: ReadonlySet<string>): void {
    if (names.size > 0) for (const name of names) this.add(name);
  }

  /** Tells which targets a piece of work asks for, and counts them as asked for. */
  tracked<T>(work: () => T): Tracked<T> {
    const before = this.#asked;
    this.#asked = none;
    const value = work();
    const asked = this.#asked;
    this.#asked = before;
    this.addAll(asked);
    return { value, asked };
  }
}
