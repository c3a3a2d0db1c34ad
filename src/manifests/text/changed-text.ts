import type { SourceFile } from "../manifest.ts";
import { commonPrefix, countLines } from "./bytes.ts";
import { LineCounter } from "./line-counter.ts";
import { borderBefore, borderBehind, isJsonStream, sameFromEnd, sameFromStart, sizeOf, sliceOf } from "./parts.ts";
import { firstBorder, lastBorder } from "./separators.ts";

/** A stretch of a file that begins and ends where documents do. */
export interface Stretch {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
  /** Numbers the line on which it begins; in text that both sides have, every line. */
  readonly lines: Pick<LineCounter, "lineAt">;
}

/** The text that differs between the sides, and the text that both have. */
interface ChangedText {
  readonly base: readonly Stretch[];
  readonly head: readonly Stretch[];
  /** Equal on both sides; given as it is in the head. */
  readonly shared: readonly Stretch[];
}

type Found = { readonly [side in keyof ChangedText]: Stretch[] };

/**
 * Finds what differs between files of the same place (or between the only two files), without decoding:
 * equal files drop out whole, of the others what is equal before, between and after the documents that differ. Files of one
 * side only differ as a whole.
 */
export function changedText(base: readonly SourceFile[], head: readonly SourceFile[]): ChangedText {
  const found: Found = { base: [], head: [], shared: [] };
  const placeOf = ({ path, place = path }: SourceFile): string => place;
  const left = new Map(base.map((file) => [placeOf(file), file]));
  const [onlyBase, onlyHead] = [base[0], head[0]];
  if (base.length === 1 && head.length === 1 && onlyBase?.application === onlyHead?.application) {
    if (onlyBase !== undefined && onlyHead !== undefined) compareFiles(onlyBase, onlyHead, found);
    return found;
  }
  for (const file of head) {
    const other = left.get(placeOf(file));
    if (other === undefined) found.head.push(whole(file));
    else {
      left.delete(placeOf(file));
      compareFiles(other, file, found);
    }
  }
  for (const file of left.values()) found.base.push(whole(file));
  return found;
}

const whole = (file: SourceFile): Stretch => ({
  file,
  start: 0,
  end: sizeOf(file),
  lines: new LineCounter(file),
});

function compareFiles(base: SourceFile, head: SourceFile, found: Found): void {
  const prefix = sameFromStart(base, head);
  if (prefix === sizeOf(base) && prefix === sizeOf(head)) found.shared.push(whole(head));
  else if (isJsonStream(head) || isJsonStream(base)) {
    found.base.push(whole(base));
    found.head.push(whole(head));
  } else {
    const suffix = sameFromEnd(base, head, Math.min(sizeOf(base), sizeOf(head)) - prefix);
    new Comparison(base, head, found).run(prefix, suffix);
  }
}

/**
 * Goes through two files at once: past what is equal, past one document that differs on each side, and so on. After a
 * document that was put in or taken out all differ, up to the end that both have in common; their texts are compared later.
 */
class Comparison {
  readonly #base: SourceFile;
  readonly #head: SourceFile;
  readonly #found: Found;
  readonly #lines: LineCounter;
  /** What both sides have between their common beginning and common end, and where that begins. */
  #a: Uint8Array = new Uint8Array();
  #b: Uint8Array = new Uint8Array();
  #origin = 0;
  #left = 0;
  #right = 0;
  /** How many lines later the same text is in the base. Counted when somebody asks. */
  #drift = (): number => 0;

  constructor(base: SourceFile, head: SourceFile, found: Found) {
    this.#base = base;
    this.#head = head;
    this.#found = found;
    this.#lines = new LineCounter(head);
  }

  run(prefix: number, suffix: number): void {
    const size = sizeOf(this.#head);
    const rightEnd = borderBehind(this.#head, size - suffix);
    const leftEnd = sizeOf(this.#base) - (size - rightEnd);
    this.#origin = borderBefore(this.#head, prefix);
    this.#a = sliceOf(this.#base, this.#origin, leftEnd);
    this.#b = sliceOf(this.#head, this.#origin, rightEnd);
    this.#share(this.#origin);
    while (this.#left < leftEnd || this.#right < rightEnd) {
      const [left, right] = [this.#left, this.#right];
      let equal = 0;
      while (equal === 0 && (this.#left < leftEnd || this.#right < rightEnd)) equal = this.#pass(leftEnd, rightEnd);
      this.#differ(left, right);
      this.#share(this.#right + equal);
    }
    this.#share(size);
  }

  /** Passes the next document of both, or of the one that has it. Returns the length of what is the same from there on. */
  #pass(leftEnd: number, rightEnd: number): number {
    const [a, b, origin] = [this.#a, this.#b, this.#origin];
    const left = firstBorder(a, this.#left - origin) + origin;
    const right = firstBorder(b, this.#right - origin) + origin;
    const ways = [[left, right] as const, [this.#left, right] as const, [left, this.#right] as const];
    for (const [from, to] of ways) {
      const same = commonPrefix(a.subarray(from - origin), b.subarray(to - origin));
      const isToEnd = from + same === leftEnd && to + same === rightEnd;
      const equal = isToEnd ? same : lastBorder(b, to - origin, to - origin + same) - (to - origin);
      if (equal === 0) continue;
      [this.#left, this.#right] = [from, to];
      return equal;
    }
    [this.#left, this.#right] = [left, right];
    return 0;
  }

  #share(end: number): void {
    const start = this.#right;
    if (end > start) this.#found.shared.push({ file: this.#head, start, end, lines: this.#lines });
    this.#left += end - start;
    this.#right = end;
  }

  /** Notes what is between the given offsets and here. */
  #differ(left: number, right: number): void {
    const [drift, a, b, origin] = [this.#drift, this.#a, this.#b, this.#origin];
    const end = { left: this.#left, right: this.#right };
    let counted: number | undefined;
    this.#drift = () =>
      (counted ??=
        drift() + countLines(a, left - origin, end.left - origin) - countLines(b, right - origin, end.right - origin));
    const lines = { lineAt: () => this.#lines.lineAt(right) + drift() };
    if (end.left > left) this.#found.base.push({ file: this.#base, start: left, end: end.left, lines });
    if (end.right > right)
      this.#found.head.push({ file: this.#head, start: right, end: end.right, lines: this.#lines });
  }
}
