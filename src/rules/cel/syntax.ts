/** An expression of the Common Expression Language, as far as the API server's validations of HyperShift use it. */
export type Expression =
  | { readonly is: "value"; readonly value: string | number | boolean | null | EmptyMap }
  | { readonly is: "name"; readonly name: string }
  | { readonly is: "list"; readonly items: readonly Expression[] }
  | { readonly is: "field"; readonly of: Expression; readonly name: string; readonly optional: boolean }
  | { readonly is: "item"; readonly of: Expression; readonly at: Expression }
  | {
      readonly is: "call";
      readonly on: Expression | undefined;
      readonly name: string;
      readonly with: readonly Expression[];
    }
  | { readonly is: "not"; readonly of: Expression }
  | { readonly is: "operation"; readonly name: string; readonly left: Expression; readonly right: Expression }
  | {
      readonly is: "choice";
      readonly test: Expression;
      readonly whenTrue: Expression;
      readonly whenFalse: Expression;
    };

/** `{}`: maps with entries are not known here. */
type EmptyMap = Readonly<Record<string, never>>;

/** Something that is no expression, or uses what is not known here. */
export class CelSyntaxError extends Error {
  override readonly name = "CelSyntaxError";
}

const token =
  /\s*(?:(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<number>\d+)|(?<word>[A-Za-z_]\w*)|(?<sign>\|\||&&|[=!<>]=|\.\?|[-+!<>?:,.()[\]{}]))/y;

interface Token {
  readonly kind: "text" | "number" | "word" | "sign";
  readonly text: string;
}

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  for (let end = 0; source.slice(end).trim() !== ""; end = token.lastIndex) {
    const groups = token.exec(source)?.groups;
    if (groups === undefined)
      throw new CelSyntaxError(`no expression of CEL that is known here, from "${source.slice(end, end + 20)}"`);
    for (const kind of ["text", "number", "word", "sign"] as const)
      if (groups[kind] !== undefined) tokens.push({ kind, text: groups[kind] });
  }
  return tokens;
}

/** Operators from the loosest to the tightest; those of one level go from left to right. */
const levels = [["||"], ["&&"], ["==", "!=", "<", "<=", ">", ">=", "in"], ["+", "-"]] as const;

/**
 * Reads an expression.
 * @throws {CelSyntaxError} when it is none that is known here
 */
export function parseCel(source: string): Expression {
  const tokens = tokensOf(source);
  let next = 0;
  const peek = (): string | undefined => (tokens[next]?.kind === "text" ? undefined : tokens[next]?.text);
  const take = (text: string): boolean => {
    const found = peek() === text;
    if (found) next++;
    return found;
  };
  const expect = (text: string): void => {
    if (!take(text)) throw new CelSyntaxError(`"${text}" is missing before "${tokens[next]?.text ?? "the end"}"`);
  };
  const choice = (): Expression => {
    const test = binary(0);
    if (!take("?")) return test;
    const whenTrue = choice();
    expect(":");
    return { is: "choice", test, whenTrue, whenFalse: choice() };
  };
  const binary = (level: number): Expression => {
    const names: readonly string[] | undefined = levels[level];
    if (names === undefined) return unary();
    let left = binary(level + 1);
    for (let name = peek(); name !== undefined && names.includes(name); name = peek()) {
      next++;
      left = { is: "operation", name, left, right: binary(level + 1) };
    }
    return left;
  };
  const unary = (): Expression => (take("!") ? { is: "not", of: unary() } : member());
  const member = (): Expression => {
    let found = primary();
    for (;;) {
      if (take("[")) {
        found = { is: "item", of: found, at: choice() };
        expect("]");
        continue;
      }
      const optional = take(".?");
      if (!optional && !take(".")) return found;
      const name = word();
      found =
        !optional && take("(")
          ? { is: "call", on: found, name, with: listUntil(")") }
          : { is: "field", of: found, name, optional };
    }
  };
  const word = (): string => {
    const found = tokens[next++];
    if (found?.kind !== "word") throw new CelSyntaxError(`a name is missing before "${found?.text ?? "the end"}"`);
    return found.text;
  };
  const listUntil = (end: string): Expression[] => {
    const items: Expression[] = [];
    while (!take(end)) {
      items.push(choice());
      if (peek() !== end) expect(",");
    }
    return items;
  };
  const primary = (): Expression => {
    if (take("(")) {
      const inner = choice();
      expect(")");
      return inner;
    }
    if (take("[")) return { is: "list", items: listUntil("]") };
    if (take("{")) {
      expect("}");
      return { is: "value", value: {} };
    }
    const found = tokens[next];
    if (found?.kind === "text") {
      next++;
      return { is: "value", value: unescaped(found.text.slice(1, -1)) };
    }
    if (found?.kind === "number") {
      next++;
      return { is: "value", value: Number(found.text) };
    }
    const name = word();
    if (take("(")) return { is: "call", on: undefined, name, with: listUntil(")") };
    if (name === "true" || name === "false") return { is: "value", value: name === "true" };
    return name === "null" ? { is: "value", value: null } : { is: "name", name };
  };
  const whole = choice();
  if (next < tokens.length) throw new CelSyntaxError(`nothing may follow before "${tokens[next]?.text}"`);
  return whole;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };

const unescaped = (text: string): string =>
  text.replaceAll(/\\(.)/g, (_all, letter: string) => escapes[letter] ?? letter);
