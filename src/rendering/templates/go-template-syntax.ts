import type { Json } from "../../manifests/manifest.ts";
import { quote } from "../../manifests/quote.ts";
import { Undecidable } from "./undecidable.ts";

/** What is between the words of an action. */
export type Operand =
  | { readonly is: "value"; readonly value: Json }
  /** From a variable, or else from the dot. */
  | { readonly is: "path"; readonly variable: string | undefined; readonly fields: readonly string[] }
  | { readonly is: "pipeline"; readonly pipeline: Pipeline; readonly fields: readonly string[] }
  | { readonly is: "function"; readonly name: string };

/** Commands, each of which gets what the one before gave as its last argument. */
export type Pipeline = readonly (readonly Operand[])[];

export type TemplateNode =
  | { readonly is: "text"; readonly text: string }
  | { readonly is: "print"; readonly pipeline: Pipeline; readonly source: string }
  | { readonly is: "set"; readonly name: string; readonly isNew: boolean; readonly pipeline: Pipeline }
  | (Branches & { readonly is: "if" | "with" })
  /** With up to two variables: the key, and what is there. */
  | (Branches & { readonly is: "range"; readonly names: readonly string[] });

interface Branches {
  readonly pipeline: Pipeline;
  readonly body: readonly TemplateNode[];
  readonly otherwise: readonly TemplateNode[];
}

export type Part = { readonly text: string } | { readonly action: string };

const mostDepth = 100;
const notClosed = (): Undecidable => new Undecidable("has a template that is never closed");
const notFollowed = (action: string): Undecidable =>
  new Undecidable(`has a template that is not supported, ${quote(action)}`);

/** Reads a template of Go (text/template) as far as ApplicationSets need it; the rest is not supported. */
export function templateOf(text: string): readonly TemplateNode[] {
  const reader = new Reader(partsOf(text));
  const nodes = reader.nodes(0);
  if (reader.end !== undefined) throw notFollowed(reader.end);
  return nodes;
}

const strings = /"(?:[^"\\\n]|\\.)*"|`[^`]*`/y;

/** Texts and actions; `{{-` and `-}}` take the space beside them away. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let [at, isTrimmed] = [0, false];
  const add = (part: string, trimsEnd: boolean): void => {
    const begun = isTrimmed ? part.replace(/^[ \t\r\n]+/, "") : part;
    const left = trimsEnd ? begun.replace(/(?<![ \t\r\n])[ \t\r\n]+$/, "") : begun;
    if (left !== "") parts.push({ text: left });
  };
  for (let start = text.indexOf("{{"); start !== -1; start = text.indexOf("{{", at)) {
    const trimsEnd = /^-[ \t\r\n]/.test(text.slice(start + 2, start + 4));
    add(text.slice(at, start), trimsEnd);
    const inner = start + (trimsEnd ? 3 : 2);
    const comment = trimsEnd ? inner + 1 : inner;
    const isComment = text.startsWith("/*", comment);
    const end = isComment ? endOfComment(text, comment) : endOfAction(text, inner);
    const raw = text.slice(inner, end);
    isTrimmed = /[ \t\r\n]-$/.test(raw);
    if (!isComment) parts.push({ action: (isTrimmed ? raw.slice(0, -1) : raw).trim() });
    at = end + 2;
  }
  add(text.slice(at), false);
  return parts;
}

/** A comment is directly between the braces, or the signs that trim. */
function endOfComment(text: string, start: number): number {
  const close = text.indexOf("*/", start + 2);
  const [ending] = (close === -1 ? undefined : /^\*\/(?:[ \t\r\n]-)?(?=\}\})/.exec(text.slice(close))) ?? [];
  if (ending === undefined) throw new Undecidable("has a template with a comment that is never closed");
  return close + ending.length;
}

function endOfAction(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    strings.lastIndex = at;
    if (strings.test(text)) at = strings.lastIndex - 1;
    else if (text[at] === '"' || text[at] === "`") break;
    else if (text.startsWith("}}", at)) return at;
  }
  throw notClosed();
}

/** Goes through the parts once. */
class Reader {
  /** The action that ended the nodes which were read last; undefined at the end of the text. */
  end: string | undefined;
  readonly #parts: readonly Part[];
  #at = 0;

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
  }

  nodes(depth: number): TemplateNode[] {
    if (depth > mostDepth) throw new Undecidable("has a template that is nested too deeply");
    const found: TemplateNode[] = [];
    this.end = undefined;
    for (let part = this.#parts[this.#at]; part !== undefined; part = this.#parts[this.#at]) {
      this.#at += 1;
      if ("text" in part) found.push({ is: "text", text: part.text });
      else if (/^(?:end|else)\b/.test(part.action)) {
        this.end = part.action;
        return found;
      } else found.push(this.#node(part.action, depth));
    }
    this.end = undefined;
    return found;
  }

  #node(action: string, depth: number): TemplateNode {
    const [, word, rest = ""] = /^(if|with|range)\b([^]*)$/.exec(action) ?? [];
    if (word === "if" || word === "with") return { is: word, ...this.#branches(word, rest, depth) };
    if (word === "range") {
      const [, names = "", list = rest] = /^\s*(\$\w+(?:\s*,\s*\$\w+)?)\s*:=([^]*)$/.exec(rest) ?? [];
      const branches = this.#branches(word, list, depth);
      return { is: word, names: names === "" ? [] : names.split(",").map((name) => name.trim()), ...branches };
    }
    const [, name, sign, value = ""] = /^(\$\w+)\s*(:?=)([^=][^]*)$/.exec(action) ?? [];
    if (name !== undefined) return { is: "set", name, isNew: sign === ":=", pipeline: pipelineOf(value) };
    return { is: "print", pipeline: pipelineOf(action), source: action };
  }

  /** Up to the `end` that belongs to it. */
  #branches(word: string, condition: string, depth: number): Branches {
    const pipeline = pipelineOf(condition);
    const body = this.nodes(depth + 1);
    const otherwise = this.#otherwise(word, depth);
    return { pipeline, body, otherwise };
  }

  #otherwise(word: string, depth: number): TemplateNode[] {
    const { end } = this;
    if (end === "end") return [];
    if (end === undefined) throw notClosed();
    const [, again, condition = ""] = /^else\s+(if|with)\b([^]*)$/.exec(end) ?? [];
    if (again !== undefined && again === word) {
      const node: TemplateNode = { is: again as "if" | "with", ...this.#branches(again, condition, depth + 1) };
      return [node];
    }
    if (end !== "else") throw notFollowed(end);
    const nodes = this.nodes(depth + 1);
    if (this.end === undefined) throw notClosed();
    if (this.end !== "end") throw notFollowed(this.end);
    return nodes;
  }
}

const words =
  /\s+|("(?:[^"\\\n]|\\.)*")|`([^`]*)`|(-?\d+(?:\.\d+)?)(?![\w.])|(\$\w*)((?:\.[A-Za-z_]\w*)*)|((?:\.[A-Za-z_]\w*)+|\.)|([A-Za-z_]\w*)(?![\w.])|(\()|(\))((?:\.[A-Za-z_]\w*)*)|(\|)/y;
/** Keywords that define templates or leave loops. */
const unknownWords = new Set([
  "block",
  "break",
  "continue",
  "define",
  "else",
  "end",
  "if",
  "range",
  "template",
  "with",
]);

function pipelineOf(action: string): Pipeline {
  const open: Operand[][][] = [[[]]];
  const add = (operand: Operand): void => void open.at(-1)?.at(-1)?.push(operand);
  for (words.lastIndex = 0; words.lastIndex < action.length;) {
    const found = words.exec(action);
    if (found === null) throw notFollowed(action);
    const [, text, raw, number, variable, after = "", path, word, opens, closes, fields = "", pipe] = found;
    if (text !== undefined) add({ is: "value", value: unquoted(text, action) });
    else if (raw !== undefined) add({ is: "value", value: raw });
    else if (number !== undefined) add({ is: "value", value: Number(number) });
    else if (variable !== undefined) add({ is: "path", variable, fields: fieldsOf(after) });
    else if (path !== undefined) add({ is: "path", variable: undefined, fields: fieldsOf(path) });
    else if (word !== undefined) add(namedBy(word, action));
    else if (opens !== undefined) open.push([[]]);
    else if (closes !== undefined) {
      const pipeline = open.pop() ?? [];
      if (open.length === 0) throw notFollowed(action);
      add({ is: "pipeline", pipeline: complete(pipeline, action), fields: fieldsOf(fields) });
    } else if (pipe !== undefined) open.at(-1)?.push([]);
    if (open.length > mostDepth) throw notFollowed(action);
  }
  if (open.length !== 1) throw notFollowed(action);
  return complete(open[0] ?? [], action);
}

function complete(pipeline: readonly Operand[][], action: string): Pipeline {
  if (pipeline.some((command) => command.length === 0)) throw notFollowed(action);
  return pipeline;
}

function namedBy(word: string, action: string): Operand {
  if (word === "true" || word === "false") return { is: "value", value: word === "true" };
  if (word === "nil") return { is: "value", value: null };
  if (unknownWords.has(word)) throw notFollowed(action);
  return { is: "function", name: word };
}

/** Strings of Go that are strings of JSON too. */
function unquoted(text: string, action: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    throw notFollowed(action);
  }
}

const fieldsOf = (path: string): string[] => path.split(".").filter((field) => field !== "");
