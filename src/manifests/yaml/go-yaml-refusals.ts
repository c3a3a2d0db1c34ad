import type { ScalarEvent } from "js-yaml";
import type { Directives } from "./resolve.ts";
import { YamlError } from "./yaml-error.ts";

/** Refusals of go-yaml v2 that js-yaml does not share, because they are YAML 1.1's or go-yaml's own. */

/** go-yaml reads version 1.1 only and refuses directives it does not know. */
export function checkDirectives(text: string, directives: Directives, given: string): void {
  for (const directive of directives)
    if (directive.kind === "yaml" && directive.version !== "1.1")
      throw new YamlError(`%YAML ${directive.version} is not read by kubectl, which knows 1.1 only`, given, 0);
  if (!/^\uFEFF?%/m.test(text)) return;
  let start = 0;
  for (const line of text.split(/\r\n?|\n/)) {
    if (/^\uFEFF?---/.test(line)) return;
    const name = /^\uFEFF?%(\S*)/.exec(line)?.[1];
    if (name !== undefined && name !== "YAML" && name !== "TAG")
      throw new YamlError(`found unknown directive name %${name}`, given, start);
    if (name === undefined && !/^\uFEFF?\s*(?:#|$)/.test(line)) return;
    start += line.length + 1;
  }
}

/** The offset of the first escape in a double-quoted scalar that names no character (a surrogate, or beyond Unicode); -1: none. */
export function wrongEscape(text: string, start: number, end: number): number {
  for (let at = text.indexOf("\\", start); at !== -1 && at < end; at = text.indexOf("\\", at + 2)) {
    const kind = text[at + 1];
    if (kind !== "u" && kind !== "U") continue;
    const code = Number.parseInt(text.slice(at + 2, at + (kind === "u" ? 6 : 10)), 16);
    if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) return at;
  }
  return -1;
}

/** Whether the key has a `?` before it, which lifts the limit on its length. */
export function isExplicitKey(text: string, event: ScalarEvent): boolean {
  let at = Math.min(...[event.valueStart, event.tagStart, event.anchorStart].filter((start) => start >= 0)) - 1;
  while (at >= 0 && /[\s"'&|>]/.test(text[at]!)) at -= 1;
  return text[at] === "?";
}

/** Whether a block scalar runs to the end of a text that ends without a line break. */
export function endsWithoutBreak(text: string, event: ScalarEvent): boolean {
  if (event.valueEnd < text.length) return false;
  const last = text.charCodeAt(text.length - 1);
  return last !== 10 && last !== 13;
}

/** Whether a scalar is written on more than one line. */
export function spansLines(text: string, event: ScalarEvent): boolean {
  return /[\r\n]/.test(text.slice(event.valueStart, event.valueEnd));
}

/** Whether a colon follows the scalar; in a flow mapping a key may stand without one. */
export function hasColon(text: string, event: ScalarEvent): boolean {
  const colon = /["']?\s*:/y;
  colon.lastIndex = event.valueEnd;
  return colon.test(text);
}
