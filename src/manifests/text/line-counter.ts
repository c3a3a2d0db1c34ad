import type { ReadPart, SourceFile } from "../manifest.ts";
import { countLines } from "./bytes.ts";
import { readerOf } from "./parts.ts";

/** Bytes whose lines are counted together. */
const counted = 64 * 1024;

/** Numbers the lines of a file, and counts each part of it once. */
export class LineCounter {
  readonly #read: ReadPart;
  /** The number of the line on which each part begins, as far as that was asked. */
  readonly #starts = [1];
  #last = { offset: 0, line: 1 };

  constructor(file: SourceFile) {
    this.#read = readerOf(file);
  }

  /** The number of the line that an offset is on. Goes on from the last one that was asked where that is nearer. */
  lineAt(offset: number): number {
    const index = Math.floor(offset / counted);
    for (let known = this.#starts.length; known <= index; known += 1)
      this.#starts.push(this.#starts[known - 1]! + this.#linesIn((known - 1) * counted, known * counted));
    const part = { offset: index * counted, line: this.#starts[index]! };
    const near = this.#last.offset >= part.offset && this.#last.offset <= offset ? this.#last : part;
    this.#last = { offset, line: near.line + this.#linesIn(near.offset, offset) };
    return this.#last.line;
  }

  #linesIn(start: number, end: number): number {
    return countLines(this.#read(start, end), 0, end - start);
  }
}
