/**
 * A value in one text, which differs where the value does, or the order of its keys. `JSON.stringify` refuses integers beyond
 * 2^53.
 */
export const exactText = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? `${inner}n` : inner));
