import { latePattern } from "../late-pattern.ts";

/** Why a text is not YAML that kubectl reads; `offset` is the place in the text that was read. */
export class YamlError extends Error {
  override readonly name = "YamlError";
  readonly reason: string;
  readonly offset: number;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;

  constructor(reason: string, text: string, offset: number) {
    const at = Math.max(0, Math.min(offset, text.length));
    const lineStart = at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
    let line = 1;
    for (let i = text.indexOf("\n"); i !== -1 && i < at; i = text.indexOf("\n", i + 1)) line += 1;
    const shown = oneLine(reason);
    super(`line ${line}: ${shown}`);
    this.reason = shown;
    this.offset = at;
    this.line = line;
    this.column = at - lineStart + 1;
  }
}

const unseen = latePattern(String.raw`[\p{Cc}\p{Cf}\u2028\u2029]`);

/** Reasons may quote the text; what they quote must neither break a line nor fill the screen. */
function oneLine(reason: string): string {
  const plain = reason.replaceAll(unseen(), " ");
  return plain.length > 160 ? `${plain.slice(0, 160)}…` : plain;
}
