import { hidden } from "./hidden.ts";

/** The URLs in which Ignition keeps the contents of files: the type of the content, then the content in escapes or base64. */
const dataUrl = /\bdata:([\w.+/=;-]{0,128}),([^\s"'\\<>]+)/gi;
const escapes = /(?:%[0-9a-f]{2})+/gi;
const utf8 = new TextEncoder();

/**
 * A text without the contents of data URLs in which `hide`, asked for what they stand for, hides anything; and without those
 * that are no text, such as compressed ones, of which nobody can say what they hold.
 */
export function withoutSecretUrls(text: string, hide: (content: string) => string): string {
  return text.replaceAll(dataUrl, (url, type: string, content: string) => {
    const decoded = contentOf(content, /;base64$/i.test(type));
    return decoded === undefined || hide(decoded) !== decoded ? `data:${type},${hidden}` : url;
  });
}

/** What a data URL stands for; undefined when that is no text. */
function contentOf(content: string, isBase64: boolean): string | undefined {
  const plain = content.replaceAll(escapes, (run) => textOf(bytesOfEscapes(run)) ?? run);
  return isBase64 ? textOf(bytesOfBase64(plain)) : plain;
}

const bytesOfEscapes = (run: string): Uint8Array =>
  Uint8Array.from(run.split("%").slice(1), (pair) => Number.parseInt(pair, 16));

/** As much as can be read: a text that was cut off, or ends in something else, may be the beginning of a secret. */
function bytesOfBase64(text: string): Uint8Array {
  const letters = /^[A-Za-z0-9+/_-]*/.exec(text)?.[0] ?? "";
  const whole = letters.slice(0, letters.length - (letters.length % 4 === 1 ? 1 : 0));
  const standard = whole.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(standard), (character) => character.charCodeAt(0));
}

function textOf(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(bytes);
  // The last letter may be cut off.
  const isText = !text.slice(0, -1).includes("\uFFFD") || utf8.encode(text).length === bytes.length;
  return isText && !text.includes("\0") ? text : undefined;
}
