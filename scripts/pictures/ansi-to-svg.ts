import { columns, fit } from "../../src/views/width.ts";

const colors: Readonly<Record<number, string>> = {
  31: "#ff7b72",
  32: "#7ee787",
  33: "#e3b341",
  34: "#79c0ff",
  35: "#d2a8ff",
  36: "#76e3ea",
};
const size = { width: 7.83, height: 18, font: 13, margin: 14 };

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A text with colour sequences as a picture of a terminal: at most so many lines, the rest as `…`. */
export function ansiToSvg(text: string, limit: { readonly columns: number; readonly lines: number }): string {
  const all = text.trimEnd().split("\n");
  const lines = all.length > limit.lines ? [...all.slice(0, limit.lines - 1), "…"] : all;
  const width = Math.ceil(limit.columns * size.width + 2 * size.margin);
  const height = lines.length * size.height + 2 * size.margin;
  const rows = lines.map((line, index) => row(line, size.margin + (index + 0.75) * size.height, limit.columns));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${size.font}" fill="#e6edf3" xml:space="preserve">
${rows.join("\n")}
</g>
</svg>
`;
}

/** One line: pieces of one style each, at their column, so that a font of another width does not break the table. */
function row(line: string, y: number, most: number): string {
  let fill: string | undefined;
  let bold = false;
  let dim = false;
  let column = 0;
  const pieces: string[] = [];
  const escape = String.fromCharCode(27);
  for (const [index, part] of line.split(escape).entries()) {
    const code = index === 0 ? null : /^\[(\d+)m/.exec(part);
    const shown = code === null ? part : part.slice(code[0].length);
    const style = Number(code?.[1] ?? -1);
    if (style === 1) bold = true;
    else if (style === 2) dim = true;
    else if (style === 22) bold = dim = false;
    else if (style === 39) fill = undefined;
    else if (style >= 31 && style <= 36) fill = colors[style];
    const look = `${fill === undefined ? "" : ` fill="${fill}"`}${bold ? ' font-weight="bold"' : ""}${dim ? ' opacity="0.65"' : ""}`;
    // Cells of a table are apart by two spaces; each is placed by itself.
    for (const word of shown.matchAll(/\S+(?: \S+)*/g)) {
      const start = column + columns(shown.slice(0, word.index));
      const seen = fit(word[0], Math.max(0, most - start));
      const x = (size.margin + start * size.width).toFixed(1);
      const length = (columns(seen) * size.width).toFixed(1);
      pieces.push(
        `<text x="${x}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${look}>${escaped(seen)}</text>`,
      );
    }
    column += columns(shown);
  }
  return pieces.join("");
}
