import type { Shard } from "../analysis/shard.ts";
import { UsageError } from "./errors.ts";
import type { OptionValues } from "./options.ts";

const gates = ["fail-on", "exit-code", "strict"] as const;

/**
 * The part of the clusters that `--shard` names.
 * @throws {UsageError} for what is no part, and for gates: one part of a run says nothing about the whole.
 */
export function shardOf(values: OptionValues): Shard | undefined {
  if (values.shard === undefined) return undefined;
  const [, number, count] = (/^(\d{1,6})\/(\d{1,6})$/.exec(values.shard) ?? []).map(Number);
  if (number === undefined || count === undefined || number < 1 || number > count)
    throw new UsageError(`--shard ${values.shard}: write NUMBER/COUNT, for example 2/8 for the second of eight parts`);
  const gate = gates.find((name) => values[name] !== undefined);
  if (gate !== undefined)
    throw new UsageError(
      `--${gate} does not go with --shard: a part says nothing about the whole. Pass it to will-it-roll merge`,
    );
  return { number, count };
}
