import { inflateSync } from "fflate";

/**
 * The text behind base64 of its deflated bytes, which are ASCII, wherever JavaScript runs. Node has a quicker way:
 * `src/sources/unpack.ts`.
 */
export function unpackText(packed: string): string {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  return new TextDecoder().decode(inflateSync(bytes));
}
