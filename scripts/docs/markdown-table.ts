/** A cell that holds its text whatever is in it. */
export const cell = (text: string): string =>
  text.replaceAll("\\", "\\\\").replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll(/\s+/g, " ").trim();

/** A word of the manifests or of the program. Braces and stars mean nothing inside. */
export const code = (text: string): string =>
  text === "" ? "" : `\`${text.replaceAll("`", "'").replaceAll("|", "\\|")}\``;

/** A Markdown table; cells must be escaped already. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
