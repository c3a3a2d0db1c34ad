import type { CompiledTable } from "../../rules/compile.ts";
import type { ValidationRow } from "../../rules/rows.ts";
import { isWithin } from "../../rules/version.ts";
import type { Circumstances } from "../circumstances.ts";
import { targetVersion } from "./target-version.ts";

const known = new WeakMap<CompiledTable, Map<string, readonly ValidationRow[]>>();

/** The rules of an API that its version has. */
export function validationsInForce(circumstances: Circumstances, shape: string): readonly ValidationRow[] {
  const { table } = circumstances;
  const rows = Object.hasOwn(table.validations, shape) ? (table.validations[shape] ?? []) : [];
  const [target] = table.targets;
  if (target === undefined || rows.length === 0) return rows;
  const version = targetVersion(circumstances, target.name);
  let byVersion = known.get(table);
  if (byVersion === undefined) known.set(table, (byVersion = new Map()));
  const key = `${shape} ${version}`;
  let found = byVersion.get(key);
  if (found === undefined)
    byVersion.set(key, (found = rows.filter(({ from, before }) => isWithin(version, from, before))));
  return found;
}
