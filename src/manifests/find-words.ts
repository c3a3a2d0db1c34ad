/** What ends a word in YAML and JSON, so that a name is no part of a longer one. */
const between = new Uint8Array(256);
for (let byte = 0; byte <= 0x20; byte += 1) between[byte] = 1;
for (const letter of "\"',:{}[]") between[letter.charCodeAt(0)] = 1;

/** Of more words than this it is cheaper to look at every word of the text once. */
const fewWords = 12;

/** A word that was found, and where the search goes on, so that a document in which it stands is not searched for it again. */
export type OnWord = (word: string, at: number) => number;

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

/** Boyer, Moore and Horspool: most bytes are never looked at. */
function searchForOne({ word, bytes: wanted }: Wanted): WordSearch {
  const last = wanted.length - 1;
  const final = wanted[last]!;
  const skips = new Int32Array(256).fill(wanted.length);
  for (let index = 0; index < last; index += 1) skips[wanted[index]!] = last - index;
  return (bytes, { start, end }, found) => {
    for (let at = start + last; at < end;) {
      const byte = bytes[at]!;
      if (byte === final && isWordAt(bytes, at - last, wanted, start, end)) at = found(word, at - last) + last;
      else at += skips[byte]!;
    }
  };
}

function isWordAt(bytes: Uint8Array, at: number, wanted: Uint8Array, start: number, end: number): boolean {
  for (let index = 0; index < wanted.length; index += 1) if (bytes[at + index] !== wanted[index]) return false;
  const behind = at + wanted.length;
  return (at === start || between[bytes[at - 1]!] === 1) && (behind === end || between[bytes[behind]!] === 1);
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
          if (begin >= (next.get(word) ?? start) && isWordAt(bytes, begin, wanted, start, end))
            next.set(word, found(word, begin));
      begin = at + 1;
      hash = 0;
    }
  };
}
