import { inflateRawSync } from "node:zlib";

/** Larger than any table: one that comes out in one piece needs no joining. */
const chunkSize = 2 ** 19;

/** As `src/systems/unpack.ts`, whose place this takes in Node: inflating in JavaScript is a third of a small run. */
export const unpackText = (packed: string): string =>
  inflateRawSync(Buffer.from(packed, "base64"), { chunkSize }).toString("latin1");
