import type { Json } from "../../../manifests/manifest.ts";
import type { Derived, Predicate, Scope } from "../../../rules/functions.ts";
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

/** Among how many zones the numbers of the pool are shared out; undefined where they are those of one machine deployment. */
export const sharingZones: Derived = (scope) => {
  const zones = items(scope.get("$pool/zones")).length;
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

/** Some zones replace their nodes without a surge, though the pool has one. */
export const surgeMissesZones: Predicate = ({ head }) => head !== undefined && leftOut(head) > 0;

/** `2 of 3 zones`. */
export const zonesWithoutSurge: Derived = (scope) => {
  const zones = scope.get("$sharing-zones");
  return typeof zones === "number" ? `${leftOut(scope)} of ${zones} zones` : undefined;
};
