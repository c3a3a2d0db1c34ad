/**
 * Why a text is no PEM certificate, as gardener/gardener pkg/utils DecodeCertificate finds it: the first PEM block must
 * be of type CERTIFICATE and hold one DER value.
 */
export function certificateProblem(text: string): string | undefined {
  const problem = "must be a valid PEM-encoded certificate";
  const block = /-----BEGIN ([^-\n]+)-----\s*\n([\s\S]*?)\n?-----END \1-----/.exec(text);
  if (block === null || block[1] !== "CERTIFICATE") return problem;
  const der = decodeBase64((block[2] ?? "").replace(/\s+/g, ""));
  return der !== undefined && isOneDerSequence(der) ? undefined : problem;
}

function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length === 0 || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** SEQUENCE { SEQUENCE tbsCertificate, SEQUENCE algorithm, BIT STRING signature }, with nothing after it. */
function isOneDerSequence(der: Uint8Array): boolean {
  const outer = element(der, 0);
  if (outer?.tag !== 0x30 || outer.end !== der.length) return false;
  const tags: number[] = [];
  for (let at = outer.start; at < outer.end;) {
    const inner = element(der, at);
    if (inner === undefined || inner.end > outer.end) return false;
    tags.push(inner.tag);
    at = inner.end;
  }
  return tags.length === 3 && tags[0] === 0x30 && tags[1] === 0x30 && tags[2] === 0x03;
}

interface DerElement {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

function element(der: Uint8Array, at: number): DerElement | undefined {
  const [tag, first] = [der[at], der[at + 1]];
  if (tag === undefined || first === undefined) return undefined;
  if (first < 0x80) return { tag, start: at + 2, end: at + 2 + first };
  const size = first & 0x7f;
  let length = 0;
  for (let index = 0; index < size; index += 1) length = length * 256 + (der[at + 2 + index] ?? 0);
  const start = at + 2 + size;
  return size === 0 || size > 4 ? undefined : { tag, start, end: start + length };
}
