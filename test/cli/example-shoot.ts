import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../built-program.ts";

/** The Shoot of the examples, before and after. */
export const baseShoot = readFileSync(join(root, "examples/gardener.base.yaml"), "utf8");
export const headShoot = readFileSync(join(root, "examples/gardener.head.yaml"), "utf8");

/** The Shoot with one text replaced; the text must be there. */
export function shootWith(before: string, after: string): string {
  if (!baseShoot.includes(before)) throw new Error(`the example has no ${before}`);
  return baseShoot.replace(before, after);
}
