import type { Composed } from "./composed.ts";

/** Shorter texts are read sooner than they are looked up and kept. */
const long = 100_000;

/**
 * What long texts say that the full reader has read: they are asked for more than once, and a repository holds what is generated
 * for each of its environments under several names.
 */
export class KnownTexts {
  readonly #known = new Map<string, Composed>();

  get(text: string): Composed | undefined {
    return text.length < long ? undefined : this.#known.get(text);
  }

  keep(text: string, composed: Composed): Composed {
    if (text.length >= long) this.#known.set(text, composed);
    return composed;
  }
}
