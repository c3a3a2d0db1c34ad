import type { FieldCase } from "../../rules/rows.ts";
import type { Effect } from "../../rules/words.ts";
import type { PoolScope } from "../scope/scope.ts";
import { firstSet } from "../scope/value.ts";

/** The name of the pool's update strategy, `Replace/RollingUpdate`; empty where the table knows none. */
export function strategyOf(scope: PoolScope): string {
  return scope.table.strategies.from
    .flatMap((source) => {
      const value = firstSet(scope, source.from) ?? source.default;
      return typeof value === "string" && value !== "" ? [value] : [];
    })
    .join("/");
}

/**
 * What a trigger does under the pool's strategy: the row of that name, else of its longest prefix (`InPlace` serves
 * `InPlace/RollingUpdate`), else of `*`. Undefined when the table does not say.
 */
function effectOfTrigger(scope: PoolScope, trigger: string): Effect | undefined {
  const { effects } = scope.table.strategies;
  for (let name = strategyOf(scope); name !== ""; name = name.slice(0, Math.max(0, name.lastIndexOf("/")))) {
    const effect = effects[name]?.[trigger];
    if (effect !== undefined) return effect;
  }
  return effects["*"]?.[trigger];
}

/** The effect that a row or a case names, by itself or through a trigger. A trigger that no strategy knows is `unknown`. */
export function namedEffect(row: Pick<FieldCase, "effect" | "trigger">, scope: PoolScope): Effect {
  if (row.effect !== undefined) return row.effect;
  return row.trigger === undefined ? "unknown" : (effectOfTrigger(scope, row.trigger) ?? "unknown");
}
