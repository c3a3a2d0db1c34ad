import { isTerminal } from "./streams.ts";

/** After so many milliseconds a run says what it is doing. */
const patience = 500;

/** One line on a terminal's standard error, shown only by runs that take long, and erased at their end. */
export class Progress {
  /** A dumb terminal cannot erase a line. */
  readonly #isTerminal = isTerminal("stderr") && process.env["TERM"] !== "dumb";
  /** Called only for a terminal: Node.js loads the clock at its first use. */
  readonly #begin = this.#isTerminal ? performance.now() : 0;
  #shown = false;
  #timer: NodeJS.Timeout | undefined;

  /** Names the step that begins; `isLong` for one that blocks the timer for a while. */
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

  /** Erases the line. */
  end(): void {
    clearTimeout(this.#timer);
    if (this.#shown) process.stderr.write("\r\u001b[K");
    this.#shown = false;
  }
}
