/** What a scalar means to go-yaml v2, the YAML reader below kubectl and the API server (`resolve.go`, `resolve`). */

/** Of the tags that begin with `!!`. */
export const coreTags = "tag:yaml.org,2002:";
export const tags = {
  str: `${coreTags}str`,
  bool: `${coreTags}bool`,
  int: `${coreTags}int`,
  float: `${coreTags}float`,
  null: `${coreTags}null`,
  timestamp: `${coreTags}timestamp`,
  binary: `${coreTags}binary`,
  merge: `${coreTags}merge`,
} as const;

/** A scalar's value; `float` tells 1.0 from 1, which matters to map keys only. */
type Scalar = null | boolean | number | bigint | string;
export interface Resolved {
  readonly tag: string;
  readonly value: Scalar;
}

const named = new Map<string, Resolved>();
const name = (tag: string, value: Scalar, texts: string): void => {
  for (const text of texts.split(" ")) named.set(text, { tag, value });
};
name(tags.bool, true, "y Y yes Yes YES true True TRUE on On ON");
name(tags.bool, false, "n N no No NO false False FALSE off Off OFF");
name(tags.null, null, "~ null Null NULL");
named.set("", { tag: tags.null, value: null });
name(tags.float, Number.NaN, ".nan .NaN .NAN");
name(tags.float, Number.POSITIVE_INFINITY, ".inf .Inf .INF +.inf +.Inf +.INF");
name(tags.float, Number.NEGATIVE_INFINITY, "-.inf -.Inf -.INF");

const resolvable = new Set<string>([tags.str, tags.bool, tags.int, tags.float, tags.null, tags.timestamp]);
const floatText = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const smallest64 = -(2n ** 63n);
const largest64 = 2n ** 64n - 1n;

/** A whole number as Go prints it in JSON: a `bigint` only where a double could not hold it. */
function whole(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

/** Go prints doubles below 1e21 without exponent, so a whole one of them is the same JSON as the integer. */
function double(value: number): number | bigint {
  if (Number.isSafeInteger(value) || !Number.isInteger(value) || Math.abs(value) >= 1e21) return value;
  const digits = BigInt(String(value));
  return digits >= smallest64 && digits <= largest64 ? digits : value;
}

/** A scalar as JSON; undefined for what JSON cannot write. */
export function toJson(value: Scalar): Scalar | undefined {
  if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
  return Number.isFinite(value) ? double(value) : undefined;
}

/** `strconv.ParseInt` and `ParseUint` with base 0: prefixes 0x, 0o, 0b and a leading zero for octal; 64 bits. */
function integer(text: string): number | bigint | undefined {
  const match = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]([0-7]+)|0[bB]([01]+)|0([0-7]+)|(0|[1-9][0-9]*))$/.exec(text);
  if (match === null) return undefined;
  const [, sign, hex, octal, binary, oldOctal, decimal] = match;
  if (decimal !== undefined && decimal.length < 16) return sign === "-" ? 0 - Number(decimal) : Number(decimal);
  const oct = octal ?? oldOctal;
  const size = BigInt(
    hex === undefined
      ? oct === undefined
        ? binary === undefined
          ? decimal!
          : `0b${binary}`
        : `0o${oct}`
      : `0x${hex}`,
  );
  const value = sign === "-" ? -size : size;
  // ParseUint knows no sign, so +18446744073709551615 is no integer.
  return value < smallest64 || value > (sign === "" ? largest64 : 2n ** 63n - 1n) ? undefined : whole(value);
}

/** Where ParseInt refuses, go-yaml cuts `0b` off and tries again, which lets a sign through. */
function oddBinary(text: string): number | bigint | undefined {
  const match = /^0b([-+])([01]{1,63})$/.exec(text);
  return match === null ? undefined : whole(BigInt(`0b${match[2]}`) * (match[1] === "-" ? -1n : 1n));
}

function number(text: string): Resolved | undefined {
  const plain = text.includes("_") ? text.replaceAll("_", "") : text;
  const int = integer(plain) ?? oddBinary(plain);
  if (int !== undefined) return { tag: tags.int, value: int };
  if (floatText.test(plain)) {
    const value = Number(plain);
    // ParseFloat reports a range error, and the text stays a string.
    if (Number.isFinite(value)) return { tag: tags.float, value };
  }
  return undefined;
}

const firstOfNamed = new Set("yYnNtTfFoO~.+-0123456789");

/** A plain scalar without tag: the common case. */
export function resolvePlain(text: string): Resolved | undefined {
  if (text === "") return named.get("");
  const first = text[0]!;
  if (!firstOfNamed.has(first)) return undefined;
  const known = named.get(text);
  if (known !== undefined) return known;
  if ((first >= "0" && first <= "9") || first === "-" || first === "+") return number(text);
  if (first !== ".") return undefined;
  // `ParseFloat` alone, without the rule on style; it allows underscores between digits.
  if (!/^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/.test(text)) return undefined;
  const value = Number(text.replaceAll("_", ""));
  return Number.isFinite(value) ? { tag: tags.float, value } : undefined;
}

/** A tagged scalar. Throws a `SyntaxError` when the text cannot be of that tag. */
export function resolveTagged(tag: string, text: string): Resolved | string {
  if (tag === tags.binary) return binary(text);
  if (!resolvable.has(tag) || tag === tags.str) return text;
  const found = resolvePlain(text) ?? { tag: tags.str, value: text };
  // go-yaml keeps timestamps as text when it decodes into an interface.
  if (tag === tags.timestamp && looksLikeTimestamp(text)) return text;
  if (found.tag === tag) return found;
  if (tag === tags.float && found.tag === tags.int && !(typeof found.value === "bigint" && found.value >= 2n ** 63n))
    return { tag, value: Number(found.value) };
  throw new SyntaxError(`cannot read ${found.tag.replace(coreTags, "!!")} as ${tag.replace(coreTags, "!!")}`);
}

function looksLikeTimestamp(text: string): boolean {
  const match =
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(?:Z|[-+]\d{2}:\d{2})| (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?)?$/.exec(
      text,
    );
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  return (
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    Number(match[4] ?? match[7] ?? 0) < 24 &&
    Number(match[5] ?? match[8] ?? 0) < 60 &&
    Number(match[6] ?? match[9] ?? 0) < 60
  );
}

function binary(text: string): string {
  const packed = text.replaceAll(/[\r\n]/g, "");
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(packed))
    throw new SyntaxError("!!binary value contains invalid base64 data");
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return decoder.decode(bytes);
  } catch {
    return replaceInvalid(bytes, decoder);
  }
}

/** Go's JSON writes one U+FFFD for every byte that is not UTF-8, where JavaScript writes one for a run of them. */
function replaceInvalid(bytes: Uint8Array, decoder: { decode(bytes: Uint8Array): string }): string {
  let text = "";
  for (let at = 0; at < bytes.length;) {
    let length = 4;
    for (; length > 0; length -= 1) {
      try {
        const letter = decoder.decode(bytes.subarray(at, at + length));
        if (letter.length === (length === 4 ? 2 : 1)) {
          text += letter;
          break;
        }
      } catch {
        continue;
      }
    }
    if (length === 0) text += "\uFFFD";
    at += Math.max(1, length);
  }
  return text;
}

/** A map key as sigs.k8s.io/yaml writes it: floats in the shortest form of 32 bits (`FormatFloat(…, 'g', -1, 32)`). */
export function keyText(key: Resolved): string | undefined {
  const { tag, value } = key;
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (value === null) return undefined;
  if (tag !== tags.float) return typeof value === "bigint" && value >= 2n ** 63n ? undefined : String(value);
  return floatKey(Number(value));
}

function floatKey(value: number): string {
  if (Number.isNaN(value)) return ".nan";
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return single > 0 ? ".inf" : "-.inf";
  if (single === 0) return Object.is(single, -0) ? "-0" : "0";
  let digits = 1;
  while (digits < 9 && Math.fround(Number(single.toExponential(digits - 1))) !== single) digits += 1;
  const [mantissa, exponent] = single.toExponential(digits - 1).split("e") as [string, string];
  const power = Number(exponent);
  // In its shortest form 'g' writes an exponent below -4 and from 6 on.
  if (power < -4 || power >= 6)
    return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  return Number(single.toExponential(digits - 1)).toString();
}
