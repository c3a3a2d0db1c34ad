import type { Json } from "../../../src/manifests/manifest.ts";

/** JSON with sorted keys and exact integers, to compare with what Go printed. */
export function jsonText(value: Json): string {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : JSON.stringify(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: Json) => jsonText(item)).join(",")}]`;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${jsonText(item)}`).join(",")}}`;
}

/** Go's JSON text in the same spelling: it writes <, > and & as escapes and sorts by bytes. */
export function goJsonText(text: string): string {
  const numbers: string[] = [];
  const marked = text.replaceAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (part) => {
    if (part.startsWith('"')) return part;
    numbers.push(part);
    return `{"":${numbers.length - 1}}`;
  });
  const revive = (value: unknown): Json => {
    if (value === null || typeof value !== "object") return value as Json;
    if (Array.isArray(value)) return value.map(revive);
    const keys = Object.keys(value);
    if (keys.length === 1 && keys[0] === "" && typeof Object.values(value)[0] === "number") {
      const number = numbers[Object.values(value)[0] as number]!;
      return /^-?\d+$/.test(number) && !Number.isSafeInteger(Number(number)) ? BigInt(number) : Number(number);
    }
    return Object.assign(
      Object.create(null),
      Object.fromEntries(Object.entries(value).map(([k, v]) => [k, revive(v)])),
    ) as Json;
  };
  return jsonText(revive(JSON.parse(marked)));
}
