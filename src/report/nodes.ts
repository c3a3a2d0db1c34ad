import { strategyOf } from "../analysis/evaluation/strategy.ts";
import type { PoolScope } from "../analysis/scope/scope.ts";
import { firstSet } from "../analysis/scope/value.ts";
import type { NodesRow, ValueSource } from "../rules/table.ts";
import type { PoolReport } from "./report.ts";

/** Size and speed of a pool on one side. */
export function nodesOf(scope: PoolScope): PoolReport["nodes"] {
  const { nodes } = scope.table;
  const value = (name: keyof NodesRow): unknown => {
    const source: ValueSource | undefined = nodes[name];
    return source === undefined ? undefined : (firstSet(scope, source.from) ?? source.default);
  };
  const count = (name: keyof NodesRow): number | null => {
    const found = value(name);
    return typeof found === "number" && Number.isSafeInteger(found) ? found : null;
  };
  const text = (name: keyof NodesRow): string | null => {
    const found = value(name);
    return typeof found === "string" || typeof found === "number" ? String(found) : null;
  };
  const zones = count("zones");
  return {
    minimum: count("minimum"),
    maximum: count("maximum"),
    surge: text("surge"),
    unavailable: text("unavailable"),
    strategy: text("strategy") ?? (strategyOf(scope) || null),
    ...(zones === null ? {} : { zones }),
  };
}
