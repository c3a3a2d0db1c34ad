/** What ends a word in YAML and JSON, so that a name is no part of a longer one. */
const between = new Uint8Array(256);
for (let byte = 0; byte <= 0x20; byte += 1) between[byte] = 1;
for (const letter of "\"',:{}[]") between[letter.charCodeAt(0)] = 1;

/** Of more words than this it is cheaper to look at every word of the text once. */
const fewWords = 12;

/** A word that was found, and where the search goes on. */
export type OnWord = (word: string, at: number) => number;

/**
 * Finds words in bytes, without decoding them. `found` says from where on to look further, so that a document in which a word
 * stands is not searched for it again.
 */
export function findWords(
  bytes: Uint8Array,
  { start, end }: { readonly start: number; readonly end: number },
  words: readonly string[],
  found: OnWord,
): void {
  if (words.length > fewWords) findMany(bytes, start, end, words, found);
  else for (const word of words) findOne(bytes, start, end, word, found);
}

const encoder = new TextEncoder();

/** Boyer, Moore and Horspool: most bytes are never looked at. */
function findOne(bytes: Uint8Array, start: number, end: number, word: string, found: OnWord): void {
  const wanted = encoder.encode(word);
  const last = wanted.length - 1;
  if (last < 0 || wanted.some((byte) => between[byte] === 1)) return;
  const skips = new Int32Array(256).fill(wanted.length);
  for (let index = 0; index < last; index += 1) skips[wanted[index]!] = last - index;
  const final = wanted[last]!;
  for (let at = start + last; at < end;) {
    const byte = bytes[at]!;
    if (byte === final && isWordAt(bytes, at - last, wanted, start, end)) at = found(word, at - last) + last;
    else at += skips[byte]!;
  }
}

function isWordAt(bytes: Uint8Array, at: number, wanted: Uint8Array, start: number, end: number): boolean {
  for (let index = 0; index < wanted.length; index += 1) if (bytes[at + index] !== wanted[index]) return false;
  const behind = at + wanted.length;
  return (at === start || between[bytes[at - 1]!] === 1) && (behind === end || between[bytes[behind]!] === 1);
}

function findMany(bytes: Uint8Array, start: number, end: number, words: readonly string[], found: OnWord): void {
  const byHash = new Map<number, { readonly word: string; readonly bytes: Uint8Array; next: number }[]>();
  for (const word of words) {
    const wanted = encoder.encode(word);
    let hash = 0;
    for (const byte of wanted) hash = Math.imul(hash ^ byte, 0x01000193);
    const same = byHash.get(hash);
    const one = { word, bytes: wanted, next: start };
    if (same === undefined) byHash.set(hash, [one]);
    else same.push(one);
  }
  let begin = start;
  let hash = 0;
  for (let at = start; at <= end; at += 1) {
    const byte = at === end ? 0 : bytes[at]!;
    if (between[byte] === 0) {
      hash = Math.imul(hash ^ byte, 0x01000193);
      continue;
    }
    if (at > begin)
      for (const one of byHash.get(hash) ?? [])
        if (begin >= one.next && one.bytes.length === at - begin && isWordAt(bytes, begin, one.bytes, start, end))
          one.next = found(one.word, begin);
    begin = at + 1;
    hash = 0;
  }
}
