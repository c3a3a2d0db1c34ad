import type { Token } from "./tokens.ts";

/** Tokens that were scanned and are not taken yet, numbered from the beginning of the text. */
export class TokenQueue {
  readonly #tokens: Token[] = [];
  #head = 0;
  /** The number of the first token that is still held. */
  #first = 0;

  get first(): Token | undefined {
    return this.#tokens[this.#head];
  }

  /** The number of the first token that waits, or of the next to be added when none does. */
  get firstNumber(): number {
    return this.#first + this.#head;
  }

  get nextNumber(): number {
    return this.#first + this.#tokens.length;
  }

  take(): void {
    this.#head += 1;
    if (this.#head < this.#tokens.length) return;
    this.#first += this.#head;
    this.#head = 0;
    this.#tokens.length = 0;
  }

  add(token: Token): void {
    this.#tokens.push(token);
  }

  /** Puts a token before the one of this number, or after all when that was taken already. */
  insert(number: number, token: Token): void {
    const index = number - this.#first;
    this.#tokens.splice(index < this.#head ? this.#tokens.length : index, 0, token);
  }
}
