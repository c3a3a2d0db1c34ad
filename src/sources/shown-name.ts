const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Beyond those of ASCII. */
const controls = /[\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/;
const plain = /^[\x20-\x7E]*$/;

/** A file's name as people may see it: bytes that are not UTF-8 and characters that control a terminal are escaped. */
export function shownName(name: string | Uint8Array): string {
  const text = decode(name);
  if (plain.test(text)) return text;
  return text.replaceAll(/[^\x20-\x7E]/g, (letter) =>
    letter < " " || controls.test(letter) ? `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}` : letter,
  );
}

function decode(name: string | Uint8Array): string {
  if (typeof name === "string") return name;
  try {
    return strict.decode(name);
  } catch {
    return Array.from(name, (byte) =>
      byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`,
    ).join("");
  }
}
