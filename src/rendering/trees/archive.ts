import { gunzipSync } from "node:zlib";

/** So much is unpacked of an archive at most. */
const mostBytes = 64 * 1024 * 1024;
const block = 512;

export const isArchive = (path: string): boolean => /\.(?:tgz|tar\.gz)$/.test(path);

/** The files of a packed chart, by their names in the archive (POSIX ustar); undefined for what is none, or is too large. */
export function unpack(bytes: Buffer): ReadonlyMap<string, Buffer> | undefined {
  let tar: Buffer;
  try {
    tar = gunzipSync(bytes, { maxOutputLength: mostBytes });
  } catch {
    return undefined;
  }
  const found = new Map<string, Buffer>();
  for (let at = 0; at + block <= tar.length && tar[at] !== 0;) {
    const text = (from: number, length: number): string =>
      tar.toString("utf8", at + from, at + from + length).replace(/\0[^]*$/, "");
    const size = Number.parseInt(text(124, 12).trim(), 8);
    if (!Number.isSafeInteger(size) || size < 0) return undefined;
    const start = at + block;
    const type = text(156, 1);
    if (type === "" || type === "0") found.set(text(0, 100), tar.subarray(start, start + size));
    at = start + Math.ceil(size / block) * block;
  }
  return found;
}
