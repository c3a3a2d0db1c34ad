import type { Json } from "../../manifests/manifest.ts";

/** Values as a file for helm, which reads numbers as the API server does. A null stays, since it removes a default. */
export const valuesText = (values: Json): string =>
  `${JSON.stringify(values, (_, inner: unknown) => (typeof inner === "bigint" ? Number(inner) : inner))}\n`;
