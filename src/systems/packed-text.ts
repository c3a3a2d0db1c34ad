import { inflateSync } from "fflate";
import { packed } from "../rules/packed.generated.ts";

/**
 * The stored table of a system that comes with the program, wherever JavaScript runs: from a module that holds all of them as
 * base64 of their deflated bytes. Node has a quicker way: `src/sources/table-text.ts`.
 */
export function tableText(system: string): string {
  const bytes = Uint8Array.from(atob(packed[system] ?? ""), (letter) => letter.charCodeAt(0));
  return new TextDecoder().decode(inflateSync(bytes));
}
