import { groupBy } from "../../../manifests/group-by.ts";
import type { JsonObject } from "../../../manifests/manifest.ts";
import { canonicalText } from "../../../rules/canonical.ts";
import type { Problem } from "../api/problems.ts";
import { at, isSelfHosted, items, nameOf, number, text, workersOf } from "../shoot.ts";
import { newIn } from "./shoot-problems.ts";
import { allowsSystemComponents } from "./validate-worker.ts";

const workers = ["spec", "provider", "workers"];

/** What the workers of a Shoot ask of each other: ValidateWorkers and ValidateSystemComponentWorkers. */
export const workersTogether = newIn(function* (shoot): Generator<Problem> {
  const pools = workersOf(shoot);
  if (pools.length === 0) return;
  const names = pools.map(nameOf);
  for (const [index, name] of names.entries())
    if (names.indexOf(name) < index)
      yield { path: [...workers, name, "name"], message: `duplicate worker name "${name}"` };
  if (pools.filter((pool) => at(pool, "/controlPlane") !== undefined).length > 1)
    yield { path: workers, message: "cannot have more than one worker pool marked for control plane components" };
  yield* systemComponentProblems(pools);
  if (isSelfHosted(shoot) && text(at(shoot, "/metadata/namespace")) !== "garden")
    yield { path: ["metadata", "namespace"], message: 'self-hosted shoots must be in the "garden" namespace' };
});

const maximumOf = (pool: JsonObject): number => number(at(pool, "/maximum")) ?? 0;

function* systemComponentProblems(pools: readonly JsonObject[]): Generator<Problem> {
  const active = pools.filter((pool) => allowsSystemComponents(pool) && maximumOf(pool) !== 0);
  if (active.length === 0)
    yield {
      path: workers,
      message: "at least one active (maximum > 0) worker pool with systemComponents.allow=true needed",
    };
  const isSmall = (pool: JsonObject): boolean => maximumOf(pool) < items(at(pool, "/zones")).length;
  if (!active.some(isSmall)) return;
  // Pools with the same set of zones count together.
  const byZones = groupBy(active, (pool) =>
    [...new Set(items(at(pool, "/zones")).map(canonicalText))].toSorted().join(),
  );
  for (const group of byZones.values()) {
    const small = group.findLast(isSmall);
    if (small !== undefined && group.every(isSmall))
      yield {
        path: [...workers, nameOf(small), "maximum"],
        message: "maximum node count should be greater than or equal to the number of zones specified for this pool",
      };
  }
}
