import type { Json, JsonObject } from "./manifest.ts";

const bare = Object.freeze(Object.create(null) as object);

/**
 * An empty object of a manifest. It inherits nothing, so that `__proto__` and `constructor` are ordinary keys. Its
 * prototype is an empty object and not null, since engines keep objects without a prototype as slow dictionaries.
 */
export const bareObject = (): Record<string, Json> => Object.create(bare) as Record<string, Json>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
