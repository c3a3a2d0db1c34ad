import type { Diagnostic } from "./manifest.ts";

/** The code of every diagnostic about manifests that are made elsewhere. */
export const unrenderedCode = "unrendered";

/** Says that manifests are made elsewhere, of which nothing is known though they may be those of pools. */
export const unrendered = (
  message: string,
  { file, line }: { readonly file?: string; readonly line?: number | undefined } = {},
): Diagnostic => ({
  severity: "warning",
  code: unrenderedCode,
  message,
  ...(file === undefined ? {} : { file }),
  ...(line === undefined ? {} : { line }),
  incomplete: true,
  hidesPools: true,
});
