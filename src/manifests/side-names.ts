import type { SideName } from "./manifest.ts";

/** Both sides of a change, from what it leads to what. */
export const sideNames = ["base", "head"] as const satisfies readonly SideName[];
