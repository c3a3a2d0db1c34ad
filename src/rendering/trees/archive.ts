import { gunzipSync } from "node:zlib";
import { isObject } from "../../manifests/json-object.ts";

/** The most bytes that are unpacked of one archive, and of all archives that are looked into together. */
export const mostUnpacked = { ofOne: 64 * 1024 * 1024, ofAll: 256 * 1024 * 1024 } as const;
const block = 512;

export const isArchive = (path: string): boolean => /\.(?:tgz|tar\.gz)$/.test(path);

/** How much may still be unpacked, shared by archives that are looked into together. */
export interface Unpacking {
  left: number;
}

export const unpacking = (): Unpacking => ({ left: mostUnpacked.ofAll });

/** The files of a packed chart, by their names in the archive (POSIX ustar); or why there are none to see. */
export function unpack(bytes: Buffer, budget: Unpacking): ReadonlyMap<string, Buffer> | "too large" | "not an archive" {
  if (budget.left <= 0) return "too large";
  let tar: Buffer;
  try {
    tar = gunzipSync(bytes, { maxOutputLength: Math.min(mostUnpacked.ofOne, budget.left) });
  } catch (error) {
    if (!isObject(error) || error["code"] !== "ERR_BUFFER_TOO_LARGE") return "not an archive";
    budget.left -= mostUnpacked.ofOne;
    return "too large";
  }
  budget.left -= tar.length;
  const found = new Map<string, Buffer>();
  for (let at = 0; at + block <= tar.length && tar[at] !== 0;) {
    const text = (from: number, length: number): string =>
      tar.toString("utf8", at + from, at + from + length).replace(/\0[^]*$/, "");
    const size = Number.parseInt(text(124, 12).trim(), 8);
    if (!Number.isSafeInteger(size) || size < 0) return "not an archive";
    const start = at + block;
    const type = text(156, 1);
    // The beginning of a long name has a field of its own.
    if (type === "" || type === "0") found.set(`${text(345, 155)}/${text(0, 100)}`, tar.subarray(start, start + size));
    at = start + Math.ceil(size / block) * block;
  }
  return found;
}
