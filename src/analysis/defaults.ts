import type { Json, JsonObject } from "../manifests/manifest.ts";
import { isObject } from "../rules/path.ts";

/** A copy of `value` in which the default stands at `segments` wherever nothing is set; the value itself when there is no such place. */
export function withDefault(
  value: Json | undefined,
  segments: readonly string[],
  fallback: Json,
  parents: "create" | "existing",
): Json | undefined {
  const [segment, ...rest] = segments;
  if (segment === undefined) return value ?? fallback;
  if (Array.isArray(value)) {
    if (segment !== "*") return value as Json;
    return (value as readonly Json[]).map((item) => withDefault(item, rest, fallback, parents) ?? item);
  }
  if (value === undefined || value === null) {
    if (segment === "*" || parents === "existing") return value;
    const made = withDefault(undefined, rest, fallback, parents);
    return made === undefined ? value : withMember(undefined, segment, made);
  }
  if (!isObject(value)) return value;
  if (segment === "*")
    return Object.keys(value).reduce<JsonObject>((object, key) => setIn(object, key, rest, fallback, parents), value);
  return setIn(value, segment, rest, fallback, parents);
}

function setIn(
  object: JsonObject,
  key: string,
  rest: readonly string[],
  fallback: Json,
  parents: "create" | "existing",
): JsonObject {
  const before = Object.hasOwn(object, key) ? object[key] : undefined;
  const after = withDefault(before, rest, fallback, parents);
  return after === undefined || after === before ? object : withMember(object, key, after);
}

/** A copy with one member set; null prototype, so that every key is an ordinary one. */
function withMember(object: JsonObject | undefined, key: string, value: Json): JsonObject {
  const copy: Record<string, Json> = Object.assign(Object.create(null) as Record<string, Json>, object);
  copy[key] = value;
  return copy;
}
