import { memoized } from "../../manifests/memoized.ts";
import type { CompiledTable } from "../../rules/compile.ts";
import type { ValidationRow } from "../../rules/rows.ts";
import { isWithin } from "../../rules/version.ts";
import type { Circumstances } from "../circumstances.ts";
import { targetVersion } from "./target-version.ts";

const knownOf = memoized<CompiledTable, Map<string, readonly ValidationRow[]>>(() => new Map());

/** The rules of an API that its version has. */
export function validationsInForce(circumstances: Circumstances, shape: string): readonly ValidationRow[] {
  const { table } = circumstances;
  const rows = Object.hasOwn(table.validations, shape) ? (table.validations[shape] ?? []) : [];
  const [target] = table.targets;
  if (target === undefined || rows.length === 0) return rows;
  const version = targetVersion(circumstances, target.name);
  const byVersion = knownOf(table);
  const key = `${shape} ${version}`;
  let found = byVersion.get(key);
  if (found === undefined)
    byVersion.set(key, (found = rows.filter(({ from, before }) => isWithin(version, from, before))));
  return found;
}
