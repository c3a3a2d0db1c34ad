import type { ExplainedInput } from "../../analysis/explain.ts";
import { explainByTables, type ExplainedPool } from "../../explanation.ts";
import { hidden } from "../../report/hidden.ts";
import { withoutSecrets } from "../../report/secrecy.ts";
import { InputError } from "../../sources/input-error.ts";
import { loadTables } from "../../systems/on-demand.ts";
import { didYouMean } from "../../validation/nearest-word.ts";
import type { Arguments } from "../arguments.ts";
import { exitCodes, UsageError } from "../errors.ts";
import { textOrJson } from "../formats.ts";
import { toStdout } from "../output.ts";
import { plainText } from "../plain-text.ts";
import { acceptedPaths, readSettings } from "../settings.ts";
import { readSides } from "../sides.ts";

/** Prints every input of a pool's fingerprints, as each side's controller would see it. */
export async function explain({ operands, values }: Arguments): Promise<number> {
  const [name, ...sideOperands] = operands;
  if (name === undefined) throw new UsageError("explain which pool? will-it-roll explain POOL BASE HEAD");
  const format = textOrJson("explain", values.format);
  const { configuration, targets, landscape, rules } = await readSettings(values);
  const { base, head } = await readSides(sideOperands, {
    accepts: await acceptedPaths(configuration),
    rules,
    render: configuration.render,
    named: name.split("/"),
    gitTimeout: values["git-timeout"],
  });
  const { pools, others } = explainByTables(await loadTables(rules), [base, head], name, { targets, landscape });
  if (pools.length === 0)
    throw new InputError(
      "no-such-pool",
      `no pool is called ${name}${didYouMean(name, others)} in ${base.label} or ${head.label}; write POOL, CLUSTER/POOL or NAMESPACE/CLUSTER/POOL`,
    );
  const shown = pools.map((pool) => ({ ...pool, inputs: pool.inputs.map(withoutSecret) }));
  await toStdout(format === "json" ? `${JSON.stringify(shown, undefined, 2)}\n` : shown.map(textOf).join("\n"));
  return exitCodes.ok;
}

interface ShownInput {
  readonly fingerprint: string;
  readonly rule: string;
  readonly base: string | null;
  readonly head: string | null;
  readonly equal: boolean;
  readonly unknown: string | null;
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

function textOf(pool: Omit<ExplainedPool, "inputs"> & { readonly inputs: readonly ShownInput[] }): string {
  const lines = [
    `${[pool.namespace, pool.cluster, pool.pool].filter((part) => part !== "").join("/")} (${pool.system})`,
  ];
  const width = Math.max(0, ...pool.inputs.map(({ rule }) => rule.length));
  let fingerprint = "";
  for (const input of pool.inputs) {
    if (input.fingerprint !== fingerprint) lines.push(`  ${input.fingerprint}`);
    fingerprint = input.fingerprint;
    const mark = input.unknown === null ? (input.equal ? "equal    " : "different") : "unknown  ";
    const before = input.base ?? "(absent)";
    const after = input.head ?? "(absent)";
    const value = input.equal ? before : `${before} -> ${after}`;
    lines.push(
      `    ${mark}  ${input.rule.padEnd(width)}  ${value}${input.unknown === null ? "" : `  (${input.unknown})`}`,
    );
  }
  if (pool.inputs.length === 0) lines.push("    no fingerprint applies to this pool");
  return `${lines.map(plainText).join("\n")}\n`;
}
