import type { Json } from "../../../manifests/manifest.ts";
import { readSegments } from "../../../rules/path.ts";

export { listOf } from "../../../manifests/json-list.ts";

/** A place inside a value; absent and null are both `undefined`. */
export const read = (value: Json | undefined, ...segments: string[]): Json | undefined => readSegments(value, segments);

/** A scalar as text; empty for anything else. */
export const textOf = (value: Json | undefined): string =>
  typeof value === "string" ? value : typeof value === "number" || typeof value === "bigint" ? value.toString() : "";
