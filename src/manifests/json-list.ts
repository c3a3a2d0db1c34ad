import type { Json } from "./manifest.ts";

/** Whether a value is a list: `Array.isArray` makes a list of `any` out of one that is only read. */
export const isList = (value: unknown): value is readonly Json[] => Array.isArray(value);

/** The items of a list; none of anything else. */
export const listOf = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);
