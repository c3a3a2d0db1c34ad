import type { SideName } from "./manifest.ts";

/** Both sides of a change: what it was, and what it becomes. */
export const sideNames = ["base", "head"] as const satisfies readonly SideName[];

export const otherSide = (side: SideName): SideName => (side === "base" ? "head" : "base");
