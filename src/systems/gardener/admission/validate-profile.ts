import { isObject } from "../../../manifests/json-object.ts";
import type { Json } from "../../../manifests/manifest.ts";
import type { Check, Finding, Sides } from "../../../rules/functions.ts";
import { toPointer } from "../../../rules/path.ts";
import { type Profile, profileOf } from "../nodes/profile.ts";
import { nameOf, shootOf, workersOf } from "../shoot.ts";
import type { Lack } from "./offers/lack.ts";
import { machineLacks } from "./offers/machines.ts";
import { volumeSizeLacks, volumeTypeLacks, zoneLacks } from "./offers/pools.ts";
import { limitLacks, poolVersionLacks, shootLacks } from "./offers/shoots.ts";

/** What a Shoot comes to use that its profile does not offer, with the profile of the base and that of the head. */
interface Lacking {
  readonly profile: string;
  /** Missing before and after: refused whatever is applied first. */
  readonly always: readonly Lack[];
  /** The change itself adds it to the profile. */
  readonly before: readonly Lack[];
  /** The change itself takes it out of the profile. */
  readonly after: readonly Lack[];
}

const keyOf = ({ path, what, is }: Lack): string => JSON.stringify([path, what, is]);

interface Asking {
  readonly old: Json | undefined;
  readonly after: Profile;
  readonly before: Profile | undefined;
  readonly now: Date | undefined;
}

/** All pools of a Shoot ask the same. */
const asked = new WeakMap<object, Asking & { readonly lacking: Lacking }>();

function lacking({ base, head }: Sides): Lacking | undefined {
  const [old, shoot] = [shootOf(base), shootOf(head)];
  if (head === undefined || shoot === undefined) return undefined;
  const after = profileOf(head);
  if (after === undefined || !isObject(shoot)) return undefined;
  const asking = { old, after, before: base === undefined ? undefined : profileOf(base), now: head.now };
  const known = asked.get(shoot);
  if (known !== undefined && isSame(known, asking)) return known.lacking;
  const found = lackingIn(shoot, asking);
  asked.set(shoot, { ...asking, lacking: found });
  return found;
}

const isSame = (one: Asking, other: Asking): boolean =>
  one.old === other.old &&
  one.after.value === other.after.value &&
  one.before?.value === other.before?.value &&
  one.now === other.now;

function lackingIn(shoot: Json, { old, after, before, now }: Asking): Lacking {
  const found = lacksOf(after, shoot, old, now);
  const named = `${after.kind} ${after.name}`;
  // Of a new Shoot the profile alone counts that stays; what the repository did not hold may be there all the same.
  if (before === undefined) {
    const isNew = old === undefined && after.isWhole;
    return { profile: named, always: isNew ? found : [], before: [], after: [] };
  }
  const known = lacksOf(before, shoot, old, now);
  const [keys, knownKeys] = [new Set(found.map(keyOf)), new Set(known.map(keyOf))];
  return {
    profile: named,
    always: found.filter((lack) => (after.isWhole || !isOfChild(lack)) && knownKeys.has(keyOf(lack))),
    before: known.filter((lack) => !keys.has(keyOf(lack))),
    after: found.filter((lack) => !knownKeys.has(keyOf(lack))),
  };
}

function lacksOf(
  { value: profile, isWhole }: Profile,
  shoot: Json,
  old: Json | undefined,
  now: Date | undefined,
): readonly Lack[] {
  if (profile === undefined) return [];
  const change = { profile, shoot, old, now };
  const oldWorkers = new Map(workersOf(old).map((worker) => [nameOf(worker), worker]));
  const pools = workersOf(shoot).map((worker) => ({ ...change, worker, oldWorker: oldWorkers.get(nameOf(worker)) }));
  // Versions and regions of a child are those of its parent, with other dates.
  if (!isWhole)
    return [
      ...limitLacks(change),
      ...pools.flatMap((pool) => [...machineLacks(pool), ...volumeTypeLacks(pool)]).filter(isOfChild),
    ];
  return [
    ...shootLacks(change),
    ...limitLacks(change),
    ...pools.flatMap((pool) => [
      ...machineLacks(pool),
      ...poolVersionLacks(pool),
      ...volumeTypeLacks(pool),
      ...volumeSizeLacks(pool),
      ...zoneLacks(pool),
    ]),
  ];
}

/** The limit of a child is its own, whatever that of its parent is; to a list of its parent it adds. */
const isOfChild = ({ path }: Lack): boolean => path.at(-1) === "type";

const findingOf = ({ path }: Lack): Finding => ({ path: `$cluster${toPointer(path)}` });

/** An object is refused as a whole, and for all of its pools: no need to say every reason to each of them. */
const most = 20;

/** What ShootValidator refuses against a CloudProfile that changes along with the Shoot. */
export const profileRefusals: Check = (sides) => {
  const found = lacking(sides);
  if (found === undefined) return [];
  const words = ({ path, what, is }: Lack): string => `${path.join(".")}: ${what} ${is} (${found.profile})`;
  return [
    ...found.always.slice(0, most).map((lack) => ({ ...findingOf(lack), because: words(lack) })),
    ...found.after.slice(0, most).map((lack) => ({
      ...findingOf(lack),
      unknown: `${words(lack)} as this change leaves it: the Shoot is refused where the profile is applied first`,
    })),
  ];
};

/** What a pool uses that its profile offers with this change only. */
export const profileComesFirst: Check = (sides) => {
  const found = lacking(sides);
  const { head } = sides;
  if (found === undefined || head === undefined) return [];
  const own = ["spec", "provider", "workers"];
  const isOfPool = ({ path }: Lack): boolean =>
    !(path.length > own.length && own.every((segment, index) => path[index] === segment)) ||
    path[own.length] === head.pool;
  const whats = [...new Set(found.before.filter(isOfPool).map(({ what }) => what))];
  return whats.length === 0 ? [] : [{ reason: `${whats.join(", ")} of ${found.profile}` }];
};
