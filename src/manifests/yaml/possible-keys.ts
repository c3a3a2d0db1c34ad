import { bounds } from "../bounds.ts";
import type { Cursor } from "./cursor.ts";

/** What may turn out to be a key when a colon follows on its line. */
interface PossibleKey {
  isPossible: boolean;
  /** Whether nothing but a key may be there. */
  readonly isRequired: boolean;
  /** The number of its first token. */
  readonly token: number;
  readonly at: number;
  readonly line: number;
  readonly column: number;
  /** How many of its letters JavaScript counts twice, up to an offset. */
  pairs: number;
  pairsUpTo: number;
}

const none = (token: number): PossibleKey => ({
  isPossible: false,
  isRequired: false,
  token,
  at: 0,
  line: 0,
  column: 0,
  pairs: 0,
  pairsUpTo: 0,
});

/** The last possible key of the blocks, and that of each flow collection that is open in them. */
export class PossibleKeys {
  readonly #cursor: Cursor;
  readonly #keys: PossibleKey[] = [none(-1)];
  readonly #byToken = new Map<number, PossibleKey>();

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  get isInFlow(): boolean {
    return this.#keys.length > 1;
  }

  get last(): PossibleKey {
    return this.#keys.at(-1)!;
  }

  /** `token` is the number of the opening bracket. */
  enterFlow(token: number): void {
    this.#keys.push(none(token));
  }

  leaveFlow(): void {
    this.drop();
    if (!this.isInFlow) return;
    // Of an empty collection this is the bracket: go-yaml then does not wait for the colon that makes a key of it.
    this.#byToken.delete(this.last.token);
    this.#keys.pop();
  }

  /** Notes that the next token, which has this number, may begin a key. */
  note(token: number, isRequired: boolean): void {
    const { at, line, column } = this.#cursor;
    this.drop();
    const key = { isPossible: true, isRequired, token, at, line, column, pairs: 0, pairsUpTo: at };
    this.#keys[this.#keys.length - 1] = key;
    this.#byToken.set(token, key);
  }

  /** Whether the token may yet be found to begin a key. */
  isUndecided(token: number): boolean {
    const key = this.#byToken.size === 0 ? undefined : this.#byToken.get(token);
    return key !== undefined && this.isStillPossible(key);
  }

  /** A key without `?` is on one line, and its colon is not far. */
  isStillPossible(key: PossibleKey): boolean {
    if (!key.isPossible) return false;
    const isNear = key.line === this.#cursor.line && !this.#isTooFar(key);
    if (!isNear) this.#drop(key);
    return isNear;
  }

  #isTooFar(key: PossibleKey): boolean {
    const { at, text } = this.#cursor;
    if (at - key.at <= bounds.keyLength) return false;
    for (; key.pairsUpTo < at; key.pairsUpTo += 1)
      if ((text.charCodeAt(key.pairsUpTo) & 0xfc00) === 0xdc00) key.pairs += 1;
    return at - key.at - key.pairs > bounds.keyLength;
  }

  /** No colon makes a key of the last possible one any more. */
  drop(): void {
    this.#drop(this.last);
  }

  #drop(key: PossibleKey): void {
    if (key.isPossible && key.isRequired)
      this.#cursor.fail(
        `a key must stand here on one line, with a colon at most ${bounds.keyLength} letters behind`,
        key.at,
      );
    this.forget(key);
  }

  forget(key: PossibleKey): void {
    if (key.isPossible) this.#byToken.delete(key.token);
    key.isPossible = false;
  }
}
