import { readWritten } from "../inventory/keyed.ts";
import type { ObjectPair } from "../inventory/object-pair.ts";
import { isList } from "../manifests/json-list.ts";
import { bareObject, isObject } from "../manifests/json-object.ts";
import type { Json } from "../manifests/manifest.ts";
import { isPairValue, isSecretBeside, isSecretKey, mayBeSecretKey } from "../manifests/secret-names.ts";
import { hidden } from "./hidden.ts";
import { withoutSecretParts } from "./secret-texts.ts";

/** Whether the value at a place must not be shown. */
export function isSecretPlace(kind: string, segments: readonly string[]): boolean {
  if (kind === "Secret") return segments[0] !== "metadata" || isLastApplied(segments);
  return isLastApplied(segments) || segments.some(isSecretKey);
}

/** The annotation in which kubectl keeps a whole copy of the object. */
const isLastApplied = (segments: readonly string[]): boolean =>
  segments.at(-1) === "kubectl.kubernetes.io/last-applied-configuration";

/** Whether a changed value of an object is a secret by what is beside it on either side. */
export function isSecretByNeighbours(
  { base, head, row }: ObjectPair,
  segments: readonly string[],
  values: readonly (Json | undefined)[],
): boolean {
  const sides = [base, head].filter((side) => side !== undefined);
  const last = values.some(mayBeSecretKey) ? segments.length - 1 : -1;
  return segments.some(
    (segment, depth) =>
      (depth === last || isPairValue(segment)) &&
      sides.some(({ value }) => isSecretBeside(readWritten(value, row, segments.slice(0, depth)), segment)),
  );
}

/** Each pattern of `secret-texts.ts` asks for one of these. Most values have none: then the patterns are not even loaded. */
const mayHoldSecret = /[:=~\s]|A[KS]IA|gh[pousr]_|github_pat_|gl(?:pat|dt|rt|ptt|agent)-|xox|xapp-|slack|eyJ/;
const shownText = (text: string): string => (mayHoldSecret.test(text) ? withoutSecretParts(text) : text);

/** A copy of a value in which secrets are hidden. */
export function withoutSecrets(kind: string, segments: readonly string[], value: Json): Json {
  if (typeof value === "string") return isSecretPlace(kind, segments) ? hidden : shownText(value);
  if (isList(value)) return value.map((item, index) => withoutSecrets(kind, [...segments, String(index)], item));
  if (isObject(value)) {
    const copy = bareObject();
    for (const key of Object.keys(value))
      copy[key] = isSecretBeside(value, key) ? hidden : withoutSecrets(kind, [...segments, key], value[key] as Json);
    return copy;
  }
  return value !== null && isSecretPlace(kind, segments) ? hidden : value;
}
