import { parseEvents, YAMLException, type Event } from "js-yaml";
import type { Bounds } from "../bounds.ts";
import { YamlError } from "./yaml-error.ts";

/** A text as the parser saw it, with its events. Offsets of events are offsets in `text`. */
export interface Parsed {
  readonly text: string;
  readonly events: readonly Event[];
  /** From an offset in `text` to the offset in the text that was given. */
  readonly original: (offset: number) => number;
  /** Where text begins that was not parsed, because go-yaml does not look at it. */
  readonly rest?: number;
}

/** A text with blanks put in at the start of some lines: their offsets in the text as it was, ascending. */
interface Attempt {
  readonly text: string;
  readonly lines: readonly number[];
}

const deficient = "deficient indentation";

/**
 * js-yaml follows YAML 1.2 and asks continuation lines of flow collections and quoted scalars to be indented; go-yaml does
 * not. Leading blanks carry no meaning there, so lines that js-yaml complains about get more of them, and tabs beside flow
 * collections become blanks.
 */
export function repair(given: string, first: unknown, bounds: Bounds): Parsed {
  const width = blanksNeeded(given, bounds);
  let attempt: Attempt = { text: given, lines: [] };
  let error = first;
  let work = 0;
  for (;;) {
    const position = deficiency(error, attempt, given, width);
    const reached = original(attempt, width, position);
    let next: Attempt | undefined;
    for (const candidate of repaired(attempt, position, width)) {
      work += candidate.text.length;
      if (work > bounds.repairs)
        throw new YamlError("too many lines of flow collections or quoted text are not indented", given, reached);
      const result = parse(candidate.text, bounds);
      if (Array.isArray(result))
        return {
          text: candidate.text,
          events: result,
          original: (offset) => original(candidate, width, offset),
        };
      error = result;
      next = candidate;
      if (result instanceof YAMLException && original(candidate, width, result.mark?.position ?? 0) > reached) break;
    }
    if (next === undefined) throw new YamlError(deficient, given, reached);
    if (deficiency(error, next, given, width) === position && next.text.length === attempt.text.length)
      throw new YamlError(deficient, given, reached);
    attempt = next;
  }
}

function parse(text: string, bounds: Bounds): Event[] | Error {
  try {
    return parseEvents(text, { maxDepth: bounds.depth });
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

/** Where the indentation is deficient; every other error is thrown, at its place in the given text. */
function deficiency(error: unknown, attempt: Attempt, given: string, width: number): number {
  if (error instanceof RangeError) throw new YamlError("nested too deeply", given, 0);
  if (!(error instanceof YAMLException)) throw error;
  const position = error.mark?.position ?? 0;
  if (error.reason !== deficient) throw new YamlError(error.reason, given, original(attempt, width, position));
  return position;
}

/** One blank more than the deepest block collection of the text can ask for. */
function blanksNeeded(text: string, bounds: Bounds): number {
  let deepest = 0;
  for (const [indent] of text.matchAll(/^ *(?:[-?] +)*/gm)) deepest = Math.max(deepest, indent.length);
  return Math.min(deepest, bounds.depth * 8) + 2;
}

function original({ lines }: Attempt, width: number, offset: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines[middle]! + middle * width <= offset) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? offset : Math.max(lines[low - 1]!, offset - low * width);
}

/** What to try, the boldest first. */
function* repaired(attempt: Attempt, position: number, width: number): Generator<Attempt> {
  const { text } = attempt;
  const lineStart = lineStartBefore(text, position);
  const before = text.slice(lineStart, position);
  if (before.trim() !== "") {
    const blank = replaceTabs(before);
    if (blank !== before) yield { ...attempt, text: text.slice(0, lineStart) + blank + text.slice(position) };
    return;
  }
  // Most often the whole collection stands too far left; then all its lines are repaired at once.
  const more = lineStartsToCloser(text, position);
  if (more.length > 0) yield indented(attempt, [lineStart, ...more], width);
  yield indented(attempt, [lineStart], width);
}

function indented(attempt: Attempt, starts: readonly number[], width: number): Attempt {
  const blanks = " ".repeat(width);
  const parts: string[] = [];
  let end = 0;
  for (const start of starts) {
    parts.push(attempt.text.slice(end, start), blanks);
    end = start;
  }
  parts.push(attempt.text.slice(end));
  const lines = [...attempt.lines, ...starts.map((start) => original(attempt, width, start))];
  return { text: parts.join(""), lines: lines.toSorted((a, b) => a - b) };
}

function lineStartBefore(text: string, position: number): number {
  return position === 0 ? 0 : Math.max(text.lastIndexOf("\n", position - 1), text.lastIndexOf("\r", position - 1)) + 1;
}

/** Starts of the lines behind the position up to the bracket that closes the flow collection around it. */
function lineStartsToCloser(text: string, position: number): readonly number[] {
  const starts: number[] = [];
  // Each part is passed over once, however many quotes do not end: those behind a backslash begin nothing.
  const token = /"[^"\\]*(?:\\[^][^"\\]*)*"|\\[^]|'[^']*(?:''[^']*)*'|(?<=\s)#[^\r\n]*|\r\n?|\n|[[\]{}]/g;
  token.lastIndex = position;
  let depth = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [found] = match;
    const first = found[0];
    if (first === "[" || first === "{") depth += 1;
    else if (first === "]" || first === "}") depth -= 1;
    else if (first === "\n" || first === "\r") starts.push(token.lastIndex);
    if (depth < 0) return starts;
  }
  return [];
}

/** Tabs that separate become blanks; tabs that stand in text stay. */
function replaceTabs(line: string): string {
  return line.replaceAll(/"[^"\\]*(?:\\.[^"\\]*)*"|\\.|'[^']*(?:''[^']*)*'|[ \t]+/g, (part, offset: number) => {
    if (!/^[ \t]/.test(part) || !part.includes("\t")) return part;
    const previous = line[offset - 1];
    const following = line[offset + part.length];
    const separates =
      previous === undefined ||
      following === undefined ||
      /[-:,?[\]{}"']/.test(previous) ||
      /[,\]}[{"'#&*!]/.test(following);
    return separates ? " ".repeat(part.length) : part;
  });
}
