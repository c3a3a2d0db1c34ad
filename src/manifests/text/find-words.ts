import { groupBy } from "../group-by.ts";
import { indexOfWord, standsAt } from "./bytes.ts";

/** What ends a word in YAML and JSON, so that a name is no part of a longer one. */
const between = new Uint8Array(256);
for (let byte = 0; byte <= 0x20; byte += 1) between[byte] = 1;
for (const letter of "\"',:{}[]") between[letter.charCodeAt(0)] = 1;

/** For more words than this it is cheaper to look at every word of the text once. */
const fewWords = 12;

/** A word that was found, and where the search goes on, so that a document that holds it is not searched again. */
type OnWord = (word: string, at: number) => number;

/** Finds something in bytes, without decoding them; made once for all the texts that are searched. */
export type ByteSearch = (bytes: Uint8Array, found: OnWord) => void;

const encoder = new TextEncoder();

/** Words that hold what is between words are found nowhere. */
export function searchFor(words: readonly string[]): ByteSearch {
  const wanted = words
    .map((word) => ({ word, bytes: encoder.encode(word) }))
    .filter(({ bytes }) => bytes.length > 0 && !bytes.some((byte) => between[byte] === 1));
  if (wanted.length > fewWords) return searchForMany(wanted);
  const searches = wanted.map(searchForOne);
  return (bytes, found) => {
    for (const search of searches) search(bytes, found);
  };
}

interface Wanted {
  readonly word: string;
  readonly bytes: Uint8Array;
}

function searchForOne({ word, bytes: wanted }: Wanted): ByteSearch {
  return (bytes, found) => {
    for (let at = indexOfWord(bytes, wanted, 0); at !== -1;) {
      const next = isWhole(bytes, at, wanted.length) ? found(word, at) : at + 1;
      at = indexOfWord(bytes, wanted, next);
    }
  };
}

/** Whether what is at an offset is no part of a longer word. */
function isWhole(bytes: Uint8Array, at: number, length: number): boolean {
  const behind = at + length;
  return (at === 0 || between[bytes[at - 1]!] === 1) && (behind === bytes.length || between[bytes[behind]!] === 1);
}

const hashWith = (hash: number, byte: number): number => Math.imul(hash ^ byte, 0x01000193);

function searchForMany(words: readonly Wanted[]): ByteSearch {
  const byHash = groupBy(words, ({ bytes }) => bytes.reduce(hashWith, 0));
  return (bytes, found) => {
    const next = new Map<string, number>();
    let begin = 0;
    let hash = 0;
    for (let at = 0; at <= bytes.length; at += 1) {
      const byte = at === bytes.length ? 0 : bytes[at]!;
      if (between[byte] === 0) {
        hash = hashWith(hash, byte);
        continue;
      }
      if (at > begin)
        for (const { word, bytes: wanted } of byHash.get(hash) ?? [])
          if (begin >= (next.get(word) ?? 0) && wanted.length === at - begin && standsAt(bytes, wanted, begin))
            next.set(word, found(word, begin));
      begin = at + 1;
      hash = 0;
    }
  };
}

/** Finds a byte with one of the others after it. */
export function searchForPairs(first: number, seconds: ReadonlySet<number>): ByteSearch {
  return (bytes, found) => {
    for (let at = bytes.indexOf(first); at !== -1;) {
      const isPair = seconds.has(bytes[at + 1] ?? -1);
      at = bytes.indexOf(first, isPair ? found("", at) : at + 1);
    }
  };
}
