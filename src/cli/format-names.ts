/** The values of `--format`, in the order of `--help`; the first is the default. */
export const formatNames = ["text", "json", "markdown"] as const;
export type FormatName = (typeof formatNames)[number];
