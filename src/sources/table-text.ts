import { readFileSync } from "node:fs";
import { join } from "node:path";

/** As `src/systems/packed-text.ts`, whose place this takes in Node: inflating, and loading what inflates, takes longer. */
export const tableText = (system: string): string =>
  readFileSync(join(import.meta.dirname, "../tables", `${system}.jsonl`), "latin1");
