import type { Json } from "../../../manifests/manifest.ts";
import type { Check, Derived, Scope } from "../../../rules/functions.ts";
import { shareOf } from "../../../rules/share-of.ts";
import { items, text } from "../shoot.ts";

/** Providers that make one machine deployment a zone and share the numbers of the pool out among them. */
const sharing = new Set([
  "alicloud",
  "aws",
  "azure",
  "gcp",
  "ironcore",
  "ironcore-metal",
  "openstack",
  "stackit",
  "vsphere",
]);

const zonesOf = (scope: Scope): number => items(scope.get("$pool/zones")).length;

/** Among how many zones the numbers of the pool are shared out; undefined where they are those of one machine deployment. */
export const sharingZones: Derived = (scope) => {
  const zones = zonesOf(scope);
  return zones > 1 && sharing.has(text(scope.get("/spec/provider/type")) ?? "") ? zones : undefined;
};

/** Zero in any spelling; a share in percent of all zones is one of each, and rounded up. */
const isNothing = (value: Json | undefined): boolean =>
  value === undefined || value === 0 || (typeof value === "string" && /^0+%?$/.test(value));

/**
 * How many zones have nodes and no part in the surge: of what is shared out, the first zones have one each before any has two
 * (gardener/gardener@b312835d extensions/pkg/controller/worker/machines.go DistributeOverZones).
 */
function leftOut(scope: Scope): number {
  const zones = scope.get("$sharing-zones");
  const [surge, unavailable, maximum] = ["maxSurge", "maxUnavailable", "maximum"].map((name) =>
    scope.get(`$pool/${name}`),
  );
  if (typeof zones !== "number" || typeof surge !== "number" || typeof maximum !== "number") return 0;
  if (surge === 0 || !isNothing(unavailable)) return 0;
  return Math.max(0, Math.min(zones, maximum) - surge);
}

/** Some zones replace their nodes without a surge, though the pool has one: `2 of 3 zones`. */
export const surgeMissesZones: Check = ({ head }) => {
  const left = head === undefined ? 0 : leftOut(head);
  return head === undefined || left === 0 ? [] : [{ reason: `${left} of ${zonesOf(head)} zones` }];
};

/**
 * Zones are added, and those that the pool has are scaled down to their new share, whatever comes up in the others: `4 of 8
 * nodes`, or `up to 5 of 10 nodes` where the autoscaler decides how many there are.
 */
export const zonesGiveNodesAway: Check = ({ base, head }) => {
  if (base === undefined || head === undefined) return [];
  const [before, after] = [zonesOf(base), zonesOf(head)];
  if (before === 0 || after <= before) return [];
  const [minimum, maximum] = [Number(base.get("$pool/minimum")), Number(base.get("$pool/maximum"))];
  const bound = Number(head.get("$pool/maximum"));
  const away = (count: number): number => {
    let sum = 0;
    for (let zone = 0; zone < before; zone++)
      sum += Math.max(0, shareOf(count, zone, before) - shareOf(bound, zone, after));
    return sum;
  };
  const most = away(maximum);
  return most === 0 || Number.isNaN(most)
    ? []
    : [{ reason: `${away(minimum) === most ? "" : "up to "}${most} of ${maximum} nodes` }];
};
