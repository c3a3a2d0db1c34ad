import { isList } from "../../../../manifests/json-list.ts";
import type { Json, JsonObject } from "../../../../manifests/manifest.ts";
import { memoized } from "../../../../manifests/memoized.ts";
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

/** What tells the items of a list apart. */
type Key = "/name" | "/version";

/** What a list offers under a name. */
export const offeredIn = (list: Json | undefined, name: string, key?: Key): Json | typeof anything | undefined =>
  items(list).length === 0 ? anything : named(list, name, key);

/** What the images of a profile offer under the name of one and a version of it. */
export function imageVersion(
  images: Json | undefined,
  name: string,
  version: string,
): Json | typeof anything | undefined {
  const image = offeredIn(images, name);
  return image === undefined || image === anything ? image : offeredIn(at(image, "/versions"), version, "/version");
}

/** The first item of each name. A list is gone through once for each key: by an alias of YAML it may stand in several places. */
const firstBy = (key: Key) =>
  memoized((all: readonly Json[]) => new Map(all.toReversed().map((item) => [at(item, key), item])));
const firsts = { "/name": firstBy("/name"), "/version": firstBy("/version") };

/** The first item of that name. */
export const named = (list: Json | undefined, name: string | undefined, key: Key = "/name"): Json | undefined =>
  name === undefined || !isList(list) ? undefined : firsts[key](list).get(name);

/** The zones of the Shoot's region that a pool uses. */
export const zonesOf = ({ profile, shoot, worker }: AskedPool): readonly Json[] => {
  const region = named(at(profile, "/spec/regions"), text(at(shoot, "/spec/region")));
  return items(at(worker, "/zones")).flatMap((name) => named(at(region, "/zones"), text(name)) ?? []);
};
