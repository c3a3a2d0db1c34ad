import { bounds } from "../bounds.ts";
import { type Document, documentText } from "../document.ts";
import { isList } from "../json-list.ts";
import { bareObject, isObject } from "../json-object.ts";
import type { Json } from "../manifest.ts";
import { compose } from "../yaml/compose.ts";
import { YamlError } from "../yaml/yaml-error.ts";
import { isStatement, marksIn } from "./template.ts";

/** What can be told of a template without its engine. */
export interface Sketch {
  /** The document with a stand-in for each mark; its lines are those of the template. */
  readonly document: Document;
  readonly value: Json;
}

/** Begins a stand-in, and ends one for a value or for a statement; characters of private use, which YAML takes as letters. */
const [opening, ofValue, ofStatement] = ["\uE000", "\uE001", "\uE002"];
const any = `${opening}\\d+[${ofValue}${ofStatement}]`;
const standIn = new RegExp(any, "g");
const onlyStatements = new RegExp(`^[ \\t]*(?:${opening}\\d+${ofStatement}[ \\t]*)+(?=\\r?$)`, "gm");
const onlyStandIns = new RegExp(`^([ \\t]*)(${any})(?:[ \\t]*${any})*[ \\t]*(?=\\r?$)`, "gm");

/**
 * The objects of a template as far as they show before it is filled in: statements are passed over, so all branches count,
 * and values that will be filled in are as they are written. Undefined when that is no YAML, or branches overwrite each other
 * in a key that counts.
 */
export function sketchOf(document: Document, counts: (key: string) => boolean): Sketch | undefined {
  if (document.error !== undefined || !document.isUtf8 || document.text.length > bounds.documentLength)
    return undefined;
  const marks: string[] = [];
  const text = withStandIns(document.text, marks)
    .replaceAll(onlyStatements, "")
    // On a line of its own a value is one or more entries.
    .replaceAll(onlyStandIns, "$1$2: $2");
  const filled = { ...document, text };
  try {
    const { value, duplicates } = compose(documentText(filled));
    if (duplicates.some(({ key }) => counts(writtenText(key, marks)))) return undefined;
    return { document: filled, value: asWritten(value, marks) };
  } catch (error) {
    if (error instanceof YamlError) return undefined;
    throw error;
  }
}

function withStandIns(text: string, marks: string[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of marksIn(text)) {
    const mark = text.slice(start, end);
    parts.push(text.slice(at, start));
    parts.push(`${opening}${marks.push(mark) - 1}${isStatement(mark) ? ofStatement : ofValue}`);
    // A mark over several lines leaves its line breaks after it, so that lines keep their numbers.
    parts.push("\n".repeat(mark.split("\n").length - 1));
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join("");
}

const writtenText = (text: string, marks: readonly string[]): string =>
  text.replaceAll(standIn, (at) => marks[Number(at.slice(1, -1))] ?? at);

function asWritten(value: Json, marks: readonly string[]): Json {
  const written = (text: string): string => writtenText(text, marks);
  const visit = (inner: Json): Json => {
    if (typeof inner === "string") return written(inner);
    if (isList(inner)) return inner.map(visit);
    if (!isObject(inner)) return inner;
    const object = bareObject();
    for (const [key, one] of Object.entries(inner)) object[written(key)] = visit(one);
    return object;
  };
  return visit(value);
}
