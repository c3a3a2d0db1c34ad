import type { ExplainedInput } from "../../analysis/explain.ts";
import { explainByTables } from "../../explanation.ts";
import { hidden } from "../../report/hidden.ts";
import { withoutSecrets } from "../../report/secrecy.ts";
import { InputError } from "../../sources/input-error.ts";
import { loadTables } from "../../systems/on-demand.ts";
import { didYouMean } from "../../validation/nearest-word.ts";
import { renderExplanation, type ShownInput } from "../../views/explanation.ts";
import type { Arguments } from "../arguments.ts";
import { wantsColor } from "../color.ts";
import { exitCodes, UsageError } from "../errors.ts";
import { textOrJson } from "../formats.ts";
import { toStdout } from "../output.ts";
import { acceptedPaths, readSettings } from "../settings.ts";
import { readSides } from "../sides.ts";
import { isTerminal } from "../streams.ts";

/** Prints every input of a pool's fingerprints, as each side's controller would see it. */
export async function explain({ operands, values }: Arguments): Promise<number> {
  const [name, ...sideOperands] = operands;
  if (name === undefined) throw new UsageError("explain which pool? will-it-roll explain POOL BASE HEAD");
  const format = textOrJson("explain", values.format);
  const color = wantsColor({ wanted: values.color, environment: process.env, isTerminal: isTerminal("stdout") });
  const { configuration, targets, landscape, rules } = await readSettings(values);
  const { base, head } = await readSides(sideOperands, {
    accepts: await acceptedPaths(configuration),
    rules,
    render: configuration.render,
    // The application is not in any manifest.
    named: name.replace(/ \(.*\)/, "").split("/"),
    gitTimeout: values["git-timeout"],
  });
  const { pools, others } = explainByTables(await loadTables(rules), [base, head], name, { targets, landscape });
  if (pools.length === 0)
    throw new InputError(
      "no-such-pool",
      `no pool is called ${name}${hintOf(name, others)} in ${base.label} or ${head.label}; write POOL, CLUSTER/POOL or NAMESPACE/CLUSTER/POOL`,
    );
  const shown = pools.map((pool) => ({ ...pool, inputs: pool.inputs.map(withoutSecret) }));
  await toStdout(format === "json" ? `${JSON.stringify(shown, undefined, 2)}\n` : renderExplanation(shown, { color }));
  return exitCodes.ok;
}

/** The most pools of a cluster that are suggested. */
const mostPools = 10;

/** For the name of a cluster, its pools; for any other name, the nearest one. */
function hintOf(name: string, others: readonly string[]): string {
  const within = others.filter((other) => other.startsWith(`${name}/`) && !other.slice(name.length + 1).includes("/"));
  if (within.length === 0) return didYouMean(name, others);
  const more = within.length > mostPools ? ", ..." : "";
  return ` (did you mean ${within.slice(0, mostPools).join(", ")}${more}?)`;
}

const valueText = (value: ExplainedInput["base"], isSecret: boolean): string | null =>
  value === undefined
    ? null
    : isSecret
      ? hidden
      : JSON.stringify(withoutSecrets("", [], value), (_, inner: unknown) =>
          typeof inner === "bigint" ? inner.toString() : inner,
        );

const withoutSecret = ({ base, head, secret, unknown, ...rest }: ExplainedInput): ShownInput => ({
  ...rest,
  base: valueText(base, secret),
  head: valueText(head, secret),
  unknown: unknown ?? null,
});
