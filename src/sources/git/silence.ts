import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { InputError } from "../input-error.ts";

/**
 * Milliseconds for which git may say nothing while it is waited for. A search through a large tree and a fetch are silent too,
 * so only what is sure to hang takes as long.
 */
export const defaultSilenceMs = 300_000;
/** Milliseconds of a number of seconds that somebody gave; undefined for what is none, or more than a day. */
export function silenceOf(text: string): number | undefined {
  const seconds = /^\d{1,5}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  return seconds > 0 && seconds <= 86_400 ? seconds * 1000 : undefined;
}

/** For a git that is told to end, to end what it started. */
const graceMs = 2000;

/** Ends a process that says nothing for too long while somebody waits for it. */
export class Silence {
  /** Fails when the process was ended. */
  readonly stalled: Promise<never>;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #ms: number;
  readonly #command: string;
  #reject: (error: InputError) => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(child: ChildProcessWithoutNullStreams, command: string, ms: number) {
    this.#child = child;
    this.#command = command;
    this.#ms = ms;
    this.stalled = new Promise((_, reject) => {
      this.#reject = reject;
    });
    const heard = (): unknown => this.#timer?.refresh();
    child.stdout.on("data", heard);
    child.stderr.on("data", heard);
    child.on("close", () => this.rest());
  }

  /** From now on something is waited for. */
  begin(): void {
    if (this.#timer === undefined) this.#timer = setTimeout(() => this.#stop(), this.#ms);
    else this.#timer.refresh();
  }

  /** Nothing is waited for. */
  rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #stop(): void {
    this.rest();
    const child = this.#child;
    child.kill("SIGTERM");
    const last = setTimeout(() => child.kill("SIGKILL"), graceMs);
    child.on("exit", () => clearTimeout(last));
    // One that hangs in the kernel does not end, and one that it started may hold its pipes: neither is waited for.
    child.unref();
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    this.#reject(
      new InputError(
        "git-stalled",
        `git ${this.#command} said nothing for ${this.#ms / 1000} s and was stopped. Check the disk and network that the clone is on, or allow more seconds with git-timeout`,
      ),
    );
  }
}
