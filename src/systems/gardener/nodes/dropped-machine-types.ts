import type { Check, Scope } from "../../../rules/functions.ts";
import { at, items, text, workersOf } from "../shoot.ts";
import { profileOf } from "./profile.ts";

const names = new WeakMap<object, ReadonlySet<string>>();

/** The machine types that the profile of a side offers; read once for all pools and Shoots. */
function offeredBy(scope: Scope): ReadonlySet<string> {
  const types = items(at(profileOf(scope)?.value, "/spec/machineTypes"));
  let found = names.get(types);
  if (found === undefined) names.set(types, (found = new Set(types.flatMap((type) => text(at(type, "/name")) ?? []))));
  return found;
}

/** Machine types that pools of the Shoot have, and that the change takes out of its profile. */
export const profileDropsMachineType: Check = ({ base, head }) => {
  if (base === undefined || head === undefined || profileOf(head) === undefined) return [];
  const [before, after] = [offeredBy(base), offeredBy(head)];
  const dropped = workersOf(head.get("$cluster"))
    .flatMap((worker) => text(at(worker, "/machine/type")) ?? [])
    .filter((type) => before.has(type) && !after.has(type));
  return dropped.length === 0 ? [] : [{ reason: `machine type ${[...new Set(dropped)].toSorted().join(", ")}` }];
};
