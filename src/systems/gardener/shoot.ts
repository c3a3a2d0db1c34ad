import { listOf } from "../../manifests/json-list.ts";
import { isNumber } from "../../manifests/json-number.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../manifests/manifest.ts";
import type { Scope } from "../../rules/functions.ts";
import { readSegments } from "../../rules/path.ts";
import { isWithin } from "../../rules/version.ts";

const pointers = new Map<string, readonly string[]>();

/** A place inside a value, by a pointer; absent and null are both undefined. */
export function at(value: Json | undefined, pointer: string): Json | undefined {
  let segments = pointers.get(pointer);
  if (segments === undefined) {
    segments = pointer.split("/").slice(1);
    // All but a few pointers are in the code.
    if (pointers.size < 1000) pointers.set(pointer, segments);
  }
  return readSegments(value, segments);
}

/** The items of a list; none where there is no list. */
export const items = listOf;

/** The entries of a map; none where there is no map. */
export const entries = (value: Json | undefined): readonly (readonly [string, Json])[] =>
  isObject(value) ? Object.entries(value) : [];

export const text = (value: Json | undefined): string | undefined => (typeof value === "string" ? value : undefined);

export const number = (value: Json | undefined): number | undefined => (isNumber(value) ? Number(value) : undefined);

/** The Shoot of a side, where it is there. */
export const shootOf = (scope: Scope | undefined): Json | undefined => scope?.get("$cluster");

/** Whether the control plane runs this minor version of Kubernetes or a later one. */
export const runsSince = (shoot: Json, minor: string): boolean =>
  isWithin(text(at(shoot, "/spec/kubernetes/version")) ?? "", minor, undefined);

const nothing: JsonObject = {};

/** The workers of a Shoot; Go decodes null among them to one without anything. */
export const workersOf = (shoot: Json | undefined): readonly JsonObject[] =>
  items(at(shoot, "/spec/provider/workers")).flatMap((worker) =>
    worker === null ? [nothing] : isObject(worker) ? [worker] : [],
  );

export const nameOf = (worker: Json | undefined): string => text(at(worker, "/name")) ?? "";

/** AutoInPlaceUpdate and ManualInPlaceUpdate update nodes without replacing them. */
export const isInPlace = (worker: Json | undefined): boolean => {
  const strategy = text(at(worker, "/updateStrategy"));
  return strategy === "AutoInPlaceUpdate" || strategy === "ManualInPlaceUpdate";
};

/** The version of a worker's nodes: its own, else the Shoot's. */
export const kubernetesVersionOf = (shoot: Json | undefined, worker: Json): string | undefined =>
  text(at(worker, "/kubernetes/version")) ?? text(at(shoot, "/spec/kubernetes/version"));

/** A Shoot whose control plane runs on one of its own pools. */
export const isSelfHosted = (shoot: Json | undefined): boolean =>
  workersOf(shoot).some((worker) => at(worker, "/controlPlane") !== undefined);

export const isHibernationEnabled = (shoot: Json | undefined): boolean =>
  at(shoot, "/spec/hibernation/enabled") === true;

/**
 * Hibernated, or not yet awake: a Shoot that the change wakes still sleeps when the API server judges the change. A live status
 * knows better than the manifest from before.
 */
export const isInHibernation = (shoot: Json | undefined, before: Json | undefined): boolean =>
  isHibernationEnabled(shoot) || (at(shoot, "/status/hibernated") ?? isHibernationEnabled(before)) === true;

/** kube-proxy runs, in IPVS mode; it runs unless it is disabled. */
export const isIpvs = (shoot: Json | undefined): boolean =>
  at(shoot, "/spec/kubernetes/kubeProxy/enabled") !== false && at(shoot, "/spec/kubernetes/kubeProxy/mode") === "IPVS";

export const ipFamiliesOf = (shoot: Json | undefined): readonly string[] => {
  const families = items(at(shoot, "/spec/networking/ipFamilies")).flatMap((family) => text(family) ?? []);
  return families.length === 0 ? ["IPv4"] : families;
};
