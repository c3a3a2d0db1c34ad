import { painter, type Style } from "./ansi.ts";
import { truncate, visible } from "./escape.ts";
import { excerpt } from "./excerpt.ts";
import { poolName } from "./phrases.ts";

/** One input of a pool's fingerprint, without secrets; values as JSON. */
export interface ShownInput {
  readonly fingerprint: string;
  readonly rule: string;
  readonly base: string | null;
  readonly head: string | null;
  readonly equal: boolean;
  readonly unknown: string | null;
}

/** A pool with all its inputs. */
export interface ShownPool {
  readonly system: string;
  readonly namespace: string;
  readonly cluster: string;
  readonly pool: string;
  readonly application?: string;
  readonly inputs: readonly ShownInput[];
}

/** Longer values are cut to the part that differs; JSON has them whole. */
const valueLimit = 240;
const styles = { equal: ["dim"], different: ["yellow", "bold"], unknown: ["magenta"] } as const satisfies Record<
  string,
  readonly Style[]
>;
type Mark = keyof typeof styles;
const markWidth = Math.max(...Object.keys(styles).map((mark) => mark.length));

const valueText = ({ base, head, equal, unknown }: ShownInput): string => {
  if (unknown !== null && base === null && head === null) return "";
  if (equal) return truncate(base ?? "(absent)", valueLimit);
  const { before, after } = excerpt(base, head, valueLimit);
  return `${before} -> ${after}`;
};

/** Every input of each pool for people at a terminal, with what differs or is not known set off. */
export function renderExplanation(pools: readonly ShownPool[], { color }: { readonly color: boolean }): string {
  const paint = painter(color);
  const blocks = pools.map((pool) => {
    const { system, inputs } = pool;
    const lines = [`${paint(visible(poolName(pool)), "bold")} (${visible(system)})`];
    const width = Math.max(0, ...inputs.map(({ rule }) => rule.length));
    let fingerprint = "";
    for (const input of inputs) {
      if (input.fingerprint !== fingerprint) lines.push(`  ${visible(input.fingerprint)}`);
      fingerprint = input.fingerprint;
      const mark: Mark = input.unknown === null ? (input.equal ? "equal" : "different") : "unknown";
      const values = visible(valueText(input));
      const why = input.unknown === null ? "" : `(${visible(input.unknown)})`;
      const text = [mark.padEnd(markWidth), visible(input.rule).padEnd(width), values, why];
      lines.push(`    ${paint(text.filter((part) => part !== "").join("  "), ...styles[mark])}`);
    }
    if (inputs.length === 0) lines.push("    no fingerprint applies to this pool");
    return `${lines.join("\n")}\n`;
  });
  return blocks.join("\n");
}
