import { isNumber } from "../../../manifests/json-number.ts";
import type { Json } from "../../../manifests/manifest.ts";
import { readSegments } from "../../../rules/path.ts";

/** A place inside a value; absent and null are both `undefined`. */
export const read = (value: Json | undefined, ...segments: string[]): Json | undefined => readSegments(value, segments);

export const isGiven = (value: Json | undefined): boolean => value !== undefined && value !== "";

/** A scalar as text; empty for anything else. */
export const textOf = (value: Json | undefined): string =>
  typeof value === "string" ? value : isNumber(value) ? value.toString() : "";
