import type { Json } from "../../../manifests/manifest.ts";
import { canonicalText } from "../../../rules/canonical.ts";
import type { Derived, Encoding } from "../../../rules/functions.ts";
import { listOf, objectOf, textOf } from "../values.ts";

/**
 * How many nodes a pool may have: a fixed number, also by bounds of the autoscaler that leave one, or those bounds as `2-5`.
 * Nothing written is zero nodes.
 */
export const replicas: Derived = (scope) => {
  const scaling = objectOf(scope.get("$pool/spec/autoScaling"));
  if (scaling === undefined) return scope.get("$pool/spec/replicas") ?? 0;
  const [min, max] = [scaling["min"] ?? 0, scaling["max"] ?? 0];
  return min === max ? min : [min, max].map(canonicalText).join("-");
};

/** Taints as a set: a node does not know their order. */
export const taints: Derived = (scope) => {
  const found = listOf(scope.get("$pool/spec/taints")).map((entry): Json => {
    const taint = objectOf(entry);
    return { key: taint?.["key"] ?? null, value: textOf(taint?.["value"]) ?? null, effect: taint?.["effect"] ?? null };
  });
  if (found.length === 0) return undefined;
  return found.toSorted((a, b) => (canonicalText(a) < canonicalText(b) ? -1 : 1));
};

/** Keeps one text that means something; every other value is as good as none. */
export const only =
  (meaning: string): Encoding =>
  (value) =>
    value === meaning ? value : undefined;

/** A number above zero; zero is what Go leaves out. */
export const positive: Encoding = (value) => (typeof value === "number" && value <= 0 ? undefined : value);
