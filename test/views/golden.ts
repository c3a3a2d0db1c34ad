import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Compares with `golden/NAME`; `UPDATE_GOLDEN=1` writes it, to be read in the diff before it is committed. */
export function matchesGolden(name: string, actual: string): void {
  const file = join(import.meta.dirname, "golden", name);
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, actual);
  assert.equal(actual, readFileSync(file, "utf8"), `${name} differs; UPDATE_GOLDEN=1 writes it anew`);
}
