import type { Side } from "../src/index.ts";

/** A side of a change that has files with these texts, by their paths. */
export const sideOf = (files: Readonly<Record<string, string>>, label = "side"): Side => ({
  label,
  files: Object.entries(files).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) })),
});
