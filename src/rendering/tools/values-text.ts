import type { Json } from "../../manifests/manifest.ts";

/** Values as a file of helm's, which reads numbers as the API server does; null stays, since it takes away a default. */
export const valuesText = (values: Json): string =>
  `${JSON.stringify(values, (_, inner: unknown) => (typeof inner === "bigint" ? Number(inner) : inner))}\n`;
