import type { SourceFile } from "./manifest.ts";

/** A stretch of a file that begins and ends where documents do. */
export interface Stretch {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** The text that differs between the sides, and the text that both have. */
export interface ChangedText {
  readonly base: readonly Stretch[];
  readonly head: readonly Stretch[];
  /** Equal on both sides; given as it stands in the head. */
  readonly shared: readonly Stretch[];
}

/**
 * Finds what differs between files of the same path (or between the only two files), without decoding: equal files drop out whole, of the others the equal
 * beginning and end are cut off at document separators. Files of one side only differ as a whole.
 */
export function changedText(base: readonly SourceFile[], head: readonly SourceFile[]): ChangedText {
  const found = { base: [] as Stretch[], head: [] as Stretch[], shared: [] as Stretch[] };
  const left = new Map(base.map((file) => [file.path, file]));
  const [onlyBase, onlyHead] = [base[0], head[0]];
  if (base.length === 1 && head.length === 1 && onlyBase?.application === onlyHead?.application) {
    if (onlyBase !== undefined && onlyHead !== undefined) compareFiles(onlyBase, onlyHead, found);
    return found;
  }
  for (const file of head) {
    const other = left.get(file.path);
    if (other === undefined) found.head.push(whole(file));
    else {
      left.delete(file.path);
      compareFiles(other, file, found);
    }
  }
  for (const file of left.values()) found.base.push(whole(file));
  return found;
}

const whole = (file: SourceFile): Stretch => ({ file, start: 0, end: file.bytes.length });

function compareFiles(
  base: SourceFile,
  head: SourceFile,
  found: { readonly base: Stretch[]; readonly head: Stretch[]; readonly shared: Stretch[] },
): void {
  const a = base.bytes;
  const b = head.bytes;
  const prefix = commonPrefix(a, b);
  if (prefix === a.length && prefix === b.length) {
    found.shared.push(whole(head));
    return;
  }
  const start = isJsonStream(b) || isJsonStream(a) ? 0 : lastBorder(b, prefix);
  const suffix = start === 0 && isJsonStream(b) ? 0 : commonSuffix(a, b, Math.min(a.length, b.length) - prefix);
  const behind = firstBorder(b, b.length - suffix);
  const tail = b.length - behind;
  if (start > 0) found.shared.push({ file: head, start: 0, end: start });
  if (tail > 0) found.shared.push({ file: head, start: behind, end: b.length });
  found.base.push({ file: base, start, end: a.length - tail });
  found.head.push({ file: head, start, end: behind });
}

/** A stream of JSON objects has no separators. */
export const isJsonStream = (bytes: Uint8Array): boolean => bytes.find((byte) => byte > 0x20) === 0x7b;

function commonPrefix(a: Uint8Array, b: Uint8Array): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  // Four bytes at a time where both lie on such a border.
  if (a.byteOffset % 4 === 0 && b.byteOffset % 4 === 0) {
    const words = Math.floor(most / 4);
    const left = new Uint32Array(a.buffer, a.byteOffset, words);
    const right = new Uint32Array(b.buffer, b.byteOffset, words);
    let word = 0;
    while (word < words && left[word] === right[word]) word += 1;
    at = word * 4;
  }
  while (at < most && a[at] === b[at]) at += 1;
  return at;
}

function commonSuffix(a: Uint8Array, b: Uint8Array, most: number): number {
  let length = 0;
  while (length < most && a[a.length - 1 - length] === b[b.length - 1 - length]) length += 1;
  return length;
}

const lineFeed = 0x0a;
const dash = 0x2d;

/** The offset behind a bare separator line `---` that begins here; 0 when none does. */
function behindSeparator(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== dash || bytes[at + 1] !== dash || bytes[at + 2] !== dash) return 0;
  if (bytes[at + 3] === lineFeed) return at + 4;
  return bytes[at + 3] === 0x0d && bytes[at + 4] === lineFeed ? at + 5 : 0;
}

/** Behind the last separator line that ends at or before `end`; 0 when there is none. */
export function lastBorder(bytes: Uint8Array, end: number): number {
  for (let at = bytes.lastIndexOf(lineFeed, end - 1); at > 0; at = bytes.lastIndexOf(lineFeed, at - 1)) {
    const behind = behindSeparator(bytes, at + 1);
    if (behind > 0 && behind <= end) return behind;
  }
  return 0;
}

/** Behind the first separator line whose line before ends at or behind `from`; the end of the file when there is none. */
export function firstBorder(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(lineFeed, from); at !== -1; at = bytes.indexOf(lineFeed, at + 1)) {
    const behind = behindSeparator(bytes, at + 1);
    if (behind > 0) return behind;
  }
  return bytes.length;
}
