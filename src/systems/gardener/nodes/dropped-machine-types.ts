import type { Json } from "../../../manifests/manifest.ts";
import { memoized } from "../../../manifests/memoized.ts";
import type { Check, Scope } from "../../../rules/functions.ts";
import { at, items, text, workersOf } from "../shoot.ts";
import { profileOf } from "./profile.ts";

/** Read once for all pools and Shoots. */
const namesIn = memoized(
  (types: readonly Json[]): ReadonlySet<string> => new Set(types.flatMap((type) => text(at(type, "/name")) ?? [])),
);

/** The machine types that the profile of a side offers. */
const offeredBy = (scope: Scope): ReadonlySet<string> =>
  namesIn(items(at(profileOf(scope)?.value, "/spec/machineTypes")));

/** Machine types that pools of the Shoot have, and that the change takes out of its profile. */
export const profileDropsMachineType: Check = ({ base, head }) => {
  if (base === undefined || head === undefined || profileOf(head) === undefined) return [];
  const [before, after] = [offeredBy(base), offeredBy(head)];
  const dropped = workersOf(head.get("$cluster"))
    .flatMap((worker) => text(at(worker, "/machine/type")) ?? [])
    .filter((type) => before.has(type) && !after.has(type));
  return dropped.length === 0 ? [] : [{ reason: `machine type ${[...new Set(dropped)].toSorted().join(", ")}` }];
};
