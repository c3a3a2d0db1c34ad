import { fitsLiterals } from "../text/literals.ts";

/** A place in a text that only a template engine understands. */
interface Mark {
  readonly start: number;
  readonly end: number;
}

/** Helm, Jinja, ERB, envsubst and Flux, kustomize variables, spruce, Backstage: how marks begin and end. */
const closers: Readonly<Record<string, string>> = {
  "${{": "}}",
  "{{": "}}",
  "{%": "%}",
  "<%": "%>",
  "${": "}",
  "$(": ")",
  "((": "))",
};
const opener = /\$\{\{|\{\{|\{%|<%|\$\{|\$\(|\(\(/g;
/** Most texts contain none of these, which is quicker to find out than that no mark is complete. */
const anyOpener = new RegExp(opener.source);
/** What may be in `$(VARIABLE)`; the shell's own `$(command)` is no mark. */
const variable = /^\$\([A-Za-z_][\w.]*\)$/;
/** Names that stand for a name: `__X__`, `%X%`, `@X@`, `<x>`, `[x]`, `$X`, or all in capitals, which no object name may be. */
const placeholder =
  /__[A-Za-z][\w-]*__|%[A-Za-z]\w*%|@[A-Za-z]\w*@|<[^<>]*>|\[[^[\]]*\]|\$[A-Za-z_]\w*|^[A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)*$|[A-Z]{2}_[A-Z]/g;

/** Nearly every name; no mark can be in it. */
const filledIn = /^[a-z0-9.-]*$/;

/** Statements write nothing themselves: Helm's, Jinja's, ERB's, and comments. */
const statement =
  /^(?:\{\{-?\s*(?:\/\*|(?:if|else|end|range|with|define|block|break|continue)\b|\$\w*\s*:?=)|\{%|<%(?!=))/;
export const isStatement = (mark: string): boolean => statement.test(mark);

/** The marks of template engines and substitution tools, in order. A text full of openers is read once, not once for each. */
export function* marksIn(text: string): Generator<Mark> {
  const closes = new Map<string, number>();
  let behind = 0;
  for (const { 0: begin, index } of text.matchAll(opener)) {
    if (index < behind) continue;
    const closer = closers[begin]!;
    const from = index + begin.length;
    let close = closes.get(closer) ?? -1;
    if (close < from) closes.set(closer, (close = indexOrEnd(text, closer, from)));
    const end = close + closer.length;
    if (close === text.length || (begin === "$(" && !(end - index < 256 && variable.test(text.slice(index, end)))))
      continue;
    behind = end;
    yield { start: index, end };
  }
}

function indexOrEnd(text: string, part: string, from: number): number {
  const index = text.indexOf(part, from);
  return index === -1 ? text.length : index;
}

/** The first part of a text that only a template engine understands. */
export function templateMark(text: string): string | undefined {
  if (!anyOpener.test(text)) return undefined;
  const { value } = marksIn(text).next();
  return value === undefined ? undefined : text.slice(value.start, value.end);
}

/** How templates are marked in a text, without what is between the marks, which may be secret. */
export function templateStyle(text: string): string | undefined {
  const mark = templateMark(text);
  if (mark === undefined) return undefined;
  const width = mark.startsWith("{{") || mark.startsWith("((") ? 2 : 1;
  return `${mark.slice(0, 2)} … ${mark.slice(-width)}`;
}

/** What in an object's name must be filled in before it names anything. */
export function placeholderIn(name: string): string | undefined {
  if (filledIn.test(name)) return undefined;
  return templateMark(name) ?? name.match(placeholder)?.[0];
}

/**
 * Whether a text that must still be filled in may come to be this name: what is between its marks must be in the
 * name, in the same order. Between statements it may be left out.
 */
export function mayBecome(text: string, name: string): boolean {
  const literals = literalsOf(text);
  return literals === undefined || fitsLiterals(name, literals);
}

/** Placeholders, and letters that no name holds: of what comes there nothing is known. */
const open = new RegExp(`${placeholder.source}|[^a-z0-9.-]+`);

/** The texts before, between and after the marks and placeholders; undefined when not all of them end up there. */
function literalsOf(text: string): string[] | undefined {
  const literals: string[] = [];
  let at = 0;
  for (const { start, end } of marksIn(text)) {
    if (isStatement(text.slice(start, end))) return undefined;
    literals.push(text.slice(at, start));
    at = end;
  }
  literals.push(text.slice(at));
  return literals.flatMap((literal) => literal.split(open));
}

/** What is after a key that ends in `name`: in quotes, or to the end of the entry. */
const named = /[nN]ame["']?[ \t]*:[ \t]*("[^"\n]*"|'[^'\n]*'|[^\s,{}[\]"'][^,{}[\]\n]*)/g;
/** A name with a letter that no name holds; most documents have none, which is quickly seen. */
const oddName = /[nN]ame["']?[ \t]*:[^\n]{0,512}[A-Z_%@<$[]/;

/** Whether a text must be filled in before all its names can be told. */
export const isUnfilled = (text: string): boolean =>
  templateMark(text) !== undefined ||
  (oddName.test(text) && valuesOf(text, named).some((name) => placeholderIn(name) !== undefined));

/** What a pattern catches first in a text, without quotes. */
export const valuesOf = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, one = ""]) => one.trim().replaceAll(/^["']|["']$/g, ""));
