import type { Json } from "../manifest.ts";

/** A block mapping or list as it was read from a text. */
interface Block {
  readonly value: Json;
  /** The column of its first letter, and how many blocks it is in. */
  readonly indent: number;
  readonly depth: number;
  /** The offset and column of what follows it. */
  readonly end: number;
  readonly column: number;
  /** Which of the text's `starts` are of values in it. */
  readonly first: number;
  readonly last: number;
}

/** The blocks of one text, by the offset of their first letter. */
export class KnownBlocks {
  readonly #blocks = new Map<number, Block>();
  /** Where the values of the text begin, in the order in which they end. */
  readonly starts: number[] = [];

  add(start: number, block: Block): void {
    this.#blocks.set(start, block);
  }

  at(offset: number): Block | undefined {
    return this.#blocks.get(offset);
  }
}

/**
 * Takes the blocks that two versions of a text share from the earlier one. Of a manifest mostly one line changes, so this
 * halves the work of reading, and what did not change is the same object from the beginning.
 */
export class EarlierBlocks {
  readonly #known: KnownBlocks;
  /** How much is the same at the beginning; from `#suffix` on all is the same up to the end. */
  readonly #prefix: number;
  readonly #suffix: number;
  readonly #shift: number;

  /** `known`: the blocks of the text `earlier`, or as many of them as could be read. */
  constructor(known: KnownBlocks, earlier: string, text: string) {
    this.#known = known;
    this.#prefix = commonPrefix(earlier, text);
    this.#suffix = text.length - commonSuffix(earlier, text, Math.min(earlier.length, text.length) - this.#prefix);
    this.#shift = text.length - earlier.length;
  }

  /**
   * The block that begins at an offset of the later text, and the offset after it there; undefined when it must be read. Adds
   * where its values begin to `starts`.
   */
  take(
    offset: number,
    indent: number,
    depth: number,
    starts: number[],
  ): Pick<Block, "value" | "end" | "column"> | undefined {
    const isBehind = offset >= this.#suffix;
    const shift = isBehind ? this.#shift : 0;
    const block = this.#known.at(offset - shift);
    if (block?.indent !== indent || block.depth !== depth) return undefined;
    // The next two letters decide whether a block ends where it does.
    if (!isBehind && block.end + 2 > this.#prefix) return undefined;
    for (let index = block.first; index < block.last; index += 1) starts.push(this.#known.starts[index]! + shift);
    return { value: block.value, end: block.end + shift, column: block.column };
  }
}

/** How many letters are compared at once: many while all is equal, fewer and fewer where it ends. */
const strides = [1024, 128, 16, 1];

function commonPrefix(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  for (const stride of strides)
    while (length + stride <= most && a.slice(length, length + stride) === b.slice(length, length + stride))
      length += stride;
  return length;
}

function commonSuffix(a: string, b: string, most: number): number {
  let length = 0;
  for (const stride of strides)
    while (length + stride <= most && endOf(a, length, stride) === endOf(b, length, stride)) length += stride;
  return length;
}

const endOf = (text: string, behind: number, length: number): string =>
  text.slice(text.length - behind - length, text.length - behind);
