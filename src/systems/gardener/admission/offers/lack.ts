import type { Json, JsonObject } from "../../../../manifests/manifest.ts";
import { at, items, text } from "../../shoot.ts";
import { pathOf, workerPath } from "../paths.ts";

/** Something of a Shoot that a profile does not offer, or not like this. */
export interface Lack {
  readonly path: readonly string[];
  /** `machine type "m5.large"`: what it is about. */
  readonly what: string;
  /** `is unusable`: what the profile says of it. */
  readonly is: string;
}

/** What a change asks of a profile. */
export interface Asked {
  readonly profile: JsonObject;
  readonly shoot: Json;
  /** The Shoot as it was; absent where it is made. */
  readonly old: Json | undefined;
  /** When the change is judged, where that was said. */
  readonly now: Date | undefined;
}

/** One pool of a change; `old` is absent where the pool is new. */
export interface AskedPool extends Asked {
  readonly worker: JsonObject;
  readonly oldWorker: JsonObject | undefined;
}

export const lackOf = (pointer: string, what: string, is: string): Lack => ({ path: pathOf(pointer), what, is });

export const poolLack = ({ worker }: AskedPool, pointer: string, what: string, is: string): Lack => ({
  path: workerPath(worker, pointer),
  what,
  is,
});

/** What a list without anything in it may offer: somebody else completes it, since no Shoot could use such a profile. */
export const anything: unique symbol = Symbol("anything");

/** What a list offers under a name. */
export const offeredIn = (list: Json | undefined, name: string, key = "/name"): Json | typeof anything | undefined =>
  items(list).length === 0 ? anything : named(list, name, key);

const byName = new WeakMap<object, ReadonlyMap<Json, Json>>();

/** The first item of that name; a list is gone through once. */
export function named(list: Json | undefined, name: string | undefined, key = "/name"): Json | undefined {
  const all = items(list);
  if (name === undefined || all.length === 0) return undefined;
  let found = byName.get(all);
  if (found === undefined) {
    const map = new Map<Json, Json>();
    for (const item of all) {
      const own = at(item, key);
      if (own !== undefined && !map.has(own)) map.set(own, item);
    }
    byName.set(all, (found = map));
  }
  return found.get(name);
}

/** The zones of the Shoot's region that a pool uses. */
export const zonesOf = ({ profile, shoot, worker }: AskedPool): readonly Json[] => {
  const region = named(at(profile, "/spec/regions"), text(at(shoot, "/spec/region")));
  return items(at(worker, "/zones")).flatMap((name) => named(at(region, "/zones"), text(name)) ?? []);
};
