import type { Encoding } from "../functions.ts";
/** The encodings that every table may name. */
export const encodings: Readonly<Record<string, Encoding>> = {};
