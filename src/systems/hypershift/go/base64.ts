/**
 * The bytes of a base64 text as Go's encoding/json reads a []byte: line breaks do not count, padding does; undefined where it
 * refuses.
 */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  const plain = text.replaceAll(/[\r\n]/g, "");
  if (plain.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(plain)) return undefined;
  return Uint8Array.from(atob(plain), (character) => character.charCodeAt(0));
}
