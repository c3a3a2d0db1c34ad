const none: ReadonlySet<string> = new Set();

/** The result of a computation, and the targets that it depends on. */
export interface Tracked<T> {
  readonly value: T;
  readonly asked: ReadonlySet<string>;
}

/**
 * Records which targets (versions of what runs there) a computation reads, so that its result is reused under others. What is
 * kept for a scope is not read again: nothing may be kept so that asks for a target whose releases are told apart (`differs`).
 */
export class TargetTracker {
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

  /** Runs a computation, and returns its result with the targets that it read. They count for what is around it too. */
  tracked<T>(compute: () => T): Tracked<T> {
    const before = this.#asked;
    this.#asked = none;
    const value = compute();
    const asked = this.#asked;
    this.#asked = before;
    this.addAll(asked);
    return { value, asked };
  }
}
