const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const strict = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });

/** The text of a file. Bytes that are not UTF-8 become U+FFFD, and `isUtf8` is false. */
export function decodeFile(bytes: Uint8Array): { readonly text: string; readonly isUtf8: boolean } {
  const text = decoder.decode(bytes);
  if (!text.includes("\uFFFD")) return { text, isUtf8: true };
  try {
    strict.decode(bytes);
    return { text, isUtf8: true };
  } catch {
    return { text, isUtf8: false };
  }
}
