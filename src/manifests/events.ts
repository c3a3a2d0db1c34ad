import { EVENT_ID, parseEvents, YAMLException, type Event } from "js-yaml";
import type { Bounds } from "./bounds.ts";
import { YamlError } from "./yaml-error.ts";

/** A text as the parser saw it, with its events. Offsets of events are offsets in `text`. */
export interface Parsed {
  readonly text: string;
  readonly events: readonly Event[];
  /** From an offset in `text` to the offset in the text that was given. */
  readonly original: (offset: number) => number;
}

/** What go-yaml's reader lets through (`readerc.go`); a byte order mark counts only at the start. */
const forbidden = new RegExp(
  String.raw`[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]`,
);

/** YAML 1.1 knows three more line breaks than js-yaml. One character stands for one, so offsets stay. */
const oldBreaks = /[\u0085\u2028\u2029]/g;

/** Parses the text into events, refusing what go-yaml refuses and repairing what only js-yaml refuses. */
export function readEvents(given: string, bounds: Bounds, json: boolean): Parsed {
  if (given.length > bounds.documentLength)
    throw new YamlError(`the document is longer than ${bounds.documentLength} characters`, given, 0);
  if (!json) {
    const control = forbidden.exec(given);
    if (control !== null) throw new YamlError("control characters are not allowed", given, control.index);
  }
  const text = json ? given : given.replace(oldBreaks, "\n");
  try {
    return { text, events: parseEvents(text, { maxDepth: bounds.depth }), original: (offset) => offset };
  } catch (error) {
    return repair(given, text, error, bounds);
  }
}

const sameIndent = "deficient indentation";

/**
 * js-yaml follows YAML 1.2 and asks continuation lines of flow collections and quoted scalars to be indented; go-yaml does
 * not. Leading blanks carry no meaning there, so lines that js-yaml complains about get more of them.
 */
function repair(given: string, start: string, first: unknown, bounds: Bounds): Parsed {
  let text = start;
  let error = first;
  let work = 0;
  // Where spaces were put in, as offsets in `given`, ascending, and how many.
  const places: number[] = [];
  const original = (offset: number): number => {
    let shift = 0;
    for (const place of places) {
      if (place + shift + bounds.depth > offset) return Math.max(place, Math.min(offset - shift, given.length));
      shift += bounds.depth;
    }
    return offset - shift;
  };
  const blanks = " ".repeat(bounds.depth);
  for (;;) {
    if (!(error instanceof YAMLException)) throw asYamlError(error, given);
    const { reason, mark } = error;
    const offset = original(mark?.position ?? 0);
    if (reason !== sameIndent || mark === undefined) throw new YamlError(reason, given, offset);
    work += text.length;
    if (work > bounds.repairs) throw new YamlError(`${reason}, too often to be repaired`, given, offset);
    const lineStart = mark.position - mark.column;
    places.push(original(lineStart));
    places.sort((a, b) => a - b);
    text = `${text.slice(0, lineStart)}${blanks}${text.slice(lineStart)}`;
    try {
      return { text, events: parseEvents(text, { maxDepth: bounds.depth }), original };
    } catch (next) {
      error = next;
    }
  }
}

function asYamlError(error: unknown, text: string): YamlError {
  if (error instanceof YamlError) return error;
  if (error instanceof RangeError) return new YamlError("nested too deeply", text, 0);
  throw error;
}

/** Where an event begins in the text, or -1 for one that stands for nothing written. */
export function eventStart(event: Event): number {
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return event.valueStart;
    case EVENT_ID.SEQUENCE:
    case EVENT_ID.MAPPING:
      return event.start;
    case EVENT_ID.ALIAS:
      return event.anchorStart - 1;
    case EVENT_ID.DOCUMENT:
    case EVENT_ID.POP:
      return -1;
  }
}
