import type { Command } from "./measure.ts";
import type { Random } from "./random.ts";

/** What every measurement gets. */
export interface Bench {
  /** A folder of its own for data. */
  readonly folder: string;
  readonly random: Random;
  readonly runs: number;
  readonly cli: string;
  readonly action: string;
  /** A command of the Node.js that is measured. */
  readonly node: (...args: readonly string[]) => Command;
}

export interface Result {
  readonly ratio: number;
  /** Beside the ratio: times, counts. */
  readonly note?: string;
}

/** One line of the table. */
export interface Row {
  readonly work: string;
  readonly against: string;
  readonly budget: number;
  readonly measure: (bench: Bench) => Result | Promise<Result>;
}

/** The ratio with the two times behind it. */
export const timed = ({ ratio, ours, floor }: { ratio: number; ours: number; floor: number }): Result => ({
  ratio,
  note: `${ours.toFixed(0)} : ${floor.toFixed(0)} ms`,
});
