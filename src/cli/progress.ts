import { isTerminal } from "./streams.ts";

/** A run that is longer than this says what it is doing. */
const patience = 500;

/** One line on a terminal's standard error that comes late and goes again. */
export class Progress {
  readonly #isTerminal = isTerminal("stderr");
  /** Called only for a terminal: the clock is a module of Node.js that loads at its first use. */
  readonly #begin = this.#isTerminal ? performance.now() : 0;
  #shown = false;
  #timer: NodeJS.Timeout | undefined;

  /** What is done from now on; `isLong` when it will keep the timer from running and take its time. */
  step(what: string, isLong = false): void {
    if (!this.#isTerminal) return;
    clearTimeout(this.#timer);
    const wait = patience - (performance.now() - this.#begin);
    if (wait <= 0 || isLong) this.#show(what);
    else this.#timer = setTimeout(() => this.#show(what), wait).unref();
  }

  #show(what: string): void {
    process.stderr.write(`\r\u001b[Kwill-it-roll: ${what} ...`);
    this.#shown = true;
  }

  /** Takes the line away. */
  end(): void {
    clearTimeout(this.#timer);
    if (this.#shown) process.stderr.write("\r\u001b[K");
    this.#shown = false;
  }
}
