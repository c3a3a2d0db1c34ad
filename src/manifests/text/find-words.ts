import { indexOfWord, standsAt } from "./bytes.ts";

/** What ends a word in YAML and JSON, so that a name is no part of a longer one. */
const between = new Uint8Array(256);
for (let byte = 0; byte <= 0x20; byte += 1) between[byte] = 1;
for (const letter of "\"',:{}[]") between[letter.charCodeAt(0)] = 1;

/** Of more words than this it is cheaper to look at every word of the text once. */
const fewWords = 12;

/** A word that was found, and where the search goes on, so that a document in which it stands is not searched for it again. */
type OnWord = (word: string, at: number) => number;

/** Finds words in bytes, without decoding them; made once for all the texts that are searched. */
export type WordSearch = (
  bytes: Uint8Array,
  extent: { readonly start: number; readonly end: number },
  found: OnWord,
) => void;

const encoder = new TextEncoder();

/** Words that hold what stands between words are found nowhere. */
export function searchFor(words: readonly string[]): WordSearch {
  const wanted = words
    .map((word) => ({ word, bytes: encoder.encode(word) }))
    .filter(({ bytes }) => bytes.length > 0 && !bytes.some((byte) => between[byte] === 1));
  if (wanted.length > fewWords) return searchForMany(wanted);
  const searches = wanted.map(searchForOne);
  return (bytes, extent, found) => {
    for (const search of searches) search(bytes, extent, found);
  };
}

interface Wanted {
  readonly word: string;
  readonly bytes: Uint8Array;
}

function searchForOne({ word, bytes: wanted }: Wanted): WordSearch {
  return (bytes, { start, end }, found) => {
    const text = bytes.subarray(start, end);
    for (let at = indexOfWord(text, wanted, 0); at !== -1;) {
      const next = isWhole(text, at, wanted.length) ? found(word, start + at) - start : at + 1;
      at = indexOfWord(text, wanted, next);
    }
  };
}

/** Whether what stands at an offset is no part of a longer word. */
function isWhole(text: Uint8Array, at: number, length: number): boolean {
  const behind = at + length;
  return (at === 0 || between[text[at - 1]!] === 1) && (behind === text.length || between[text[behind]!] === 1);
}

const hashWith = (hash: number, byte: number): number => Math.imul(hash ^ byte, 0x01000193);

function searchForMany(words: readonly Wanted[]): WordSearch {
  const byHash = new Map<number, Wanted[]>();
  for (const one of words) {
    const hash = one.bytes.reduce(hashWith, 0);
    byHash.set(hash, [...(byHash.get(hash) ?? []), one]);
  }
  return (bytes, { start, end }, found) => {
    const next = new Map<string, number>();
    let begin = start;
    let hash = 0;
    for (let at = start; at <= end; at += 1) {
      const byte = at === end ? 0 : bytes[at]!;
      if (between[byte] === 0) {
        hash = hashWith(hash, byte);
        continue;
      }
      if (at > begin)
        for (const { word, bytes: wanted } of byHash.get(hash) ?? [])
          if (begin >= (next.get(word) ?? start) && wanted.length === at - begin && standsAt(bytes, wanted, begin))
            next.set(word, found(word, begin));
      begin = at + 1;
      hash = 0;
    }
  };
}
