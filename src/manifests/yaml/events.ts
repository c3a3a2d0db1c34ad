import { COLLECTION_STYLE, EVENT_ID, parseEvents, YAMLException, type Event } from "js-yaml";
import type { Bounds } from "../bounds.ts";
import { repair, type Parsed } from "./repair.ts";
import { YamlError } from "./yaml-error.ts";

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
  const end = json ? undefined : documentEnd(text);
  const rest = end === undefined ? {} : { rest: end };
  const first = end === undefined ? text : text.slice(0, end);
  try {
    return {
      text: first,
      events: parseEvents(first, { maxDepth: bounds.depth }),
      original: (offset) => offset,
      ...rest,
    };
  } catch (error) {
    return { ...(behindRoot(first, bounds, error) ?? repair(first, error, bounds)), ...rest };
  }
}

const documentMark = /[\n\r](?:---|\.\.\.)(?=\s|$)/g;
/** A `\r\n` is one break and never two: with two ways of reading each, many of them take exponential time. */
const startMark = /^\uFEFF?(?:(?:[ \t]*(?:#.*)?|%.*)(?:\r\n|\r(?!\n)|\n))*---(?=\s|$)/;

/** Where the first document ends, if a mark ends it: go-yaml reads no further, so nothing behind it counts. */
function documentEnd(text: string): number | undefined {
  documentMark.lastIndex = 0;
  if (!documentMark.test(text)) return undefined;
  // The first mark may begin the document instead of ending it.
  documentMark.lastIndex = startMark.exec(text)?.[0].length ?? 0;
  const end = documentMark.exec(text);
  return end === null ? undefined : end.index + 1;
}

/** Behind a flow collection at the root go-yaml looks at nothing. */
function behindRoot(text: string, bounds: Bounds, error: unknown): Parsed | undefined {
  if (!(error instanceof YAMLException) || error.mark === undefined) return undefined;
  if (error.reason !== "end of the stream or a document separator is expected") return undefined;
  const end = error.mark.position;
  const prefix = text.slice(0, end);
  let events: readonly Event[];
  try {
    events = parseEvents(prefix, { maxDepth: bounds.depth });
  } catch {
    return undefined;
  }
  const root = events[1];
  const isCollection = root?.type === EVENT_ID.MAPPING || root?.type === EVENT_ID.SEQUENCE;
  if (!isCollection || root.style !== COLLECTION_STYLE.FLOW) return undefined;
  return { text: prefix, events, original: (offset) => offset, rest: end };
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
