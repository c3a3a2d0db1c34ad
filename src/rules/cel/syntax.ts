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
export const parseCel = (source: string): Expression => new Parser(tokensOf(source)).whole();

/** Descends from what binds loosest to what binds tightest. */
class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Expression {
    const whole = this.#choice();
    const left = this.#tokens[this.#next];
    if (left !== undefined) throw new CelSyntaxError(`nothing may follow before "${left.text}"`);
    return whole;
  }

  #choice(): Expression {
    const test = this.#binary(0);
    if (!this.#take("?")) return test;
    const whenTrue = this.#choice();
    this.#expect(":");
    return { is: "choice", test, whenTrue, whenFalse: this.#choice() };
  }

  #binary(level: number): Expression {
    const names: readonly string[] | undefined = levels[level];
    if (names === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (let name = this.#sign(); name !== undefined && names.includes(name); name = this.#sign()) {
      this.#next++;
      left = { is: "operation", name, left, right: this.#binary(level + 1) };
    }
    return left;
  }

  #unary(): Expression {
    return this.#take("!") ? { is: "not", of: this.#unary() } : this.#member();
  }

  #member(): Expression {
    let found = this.#primary();
    for (;;) {
      if (this.#take("[")) {
        found = { is: "item", of: found, at: this.#choice() };
        this.#expect("]");
        continue;
      }
      const optional = this.#take(".?");
      if (!optional && !this.#take(".")) return found;
      const name = this.#word();
      found =
        !optional && this.#take("(")
          ? { is: "call", on: found, name, with: this.#listUntil(")") }
          : { is: "field", of: found, name, optional };
    }
  }

  #primary(): Expression {
    if (this.#take("(")) {
      const inner = this.#choice();
      this.#expect(")");
      return inner;
    }
    if (this.#take("[")) return { is: "list", items: this.#listUntil("]") };
    if (this.#take("{")) {
      this.#expect("}");
      return { is: "value", value: {} };
    }
    const found = this.#tokens[this.#next];
    if (found?.kind === "text") {
      this.#next++;
      return { is: "value", value: unescaped(found.text.slice(1, -1)) };
    }
    if (found?.kind === "number") {
      this.#next++;
      return { is: "value", value: Number(found.text) };
    }
    const name = this.#word();
    if (this.#take("(")) return { is: "call", on: undefined, name, with: this.#listUntil(")") };
    const constant = constants.get(name);
    return constant === undefined ? { is: "name", name } : { is: "value", value: constant };
  }

  #listUntil(end: string): Expression[] {
    const items: Expression[] = [];
    while (!this.#take(end)) {
      items.push(this.#choice());
      if (this.#sign() !== end) this.#expect(",");
    }
    return items;
  }

  #word(): string {
    const found = this.#tokens[this.#next++];
    if (found?.kind !== "word") throw new CelSyntaxError(`a name is missing before "${found?.text ?? "the end"}"`);
    return found.text;
  }

  /** The next token, unless it is a text, which may read like a sign. */
  #sign(): string | undefined {
    const found = this.#tokens[this.#next];
    return found?.kind === "text" ? undefined : found?.text;
  }

  #take(sign: string): boolean {
    const found = this.#sign() === sign;
    if (found) this.#next++;
    return found;
  }

  #expect(sign: string): void {
    if (this.#take(sign)) return;
    throw new CelSyntaxError(`"${sign}" is missing before "${this.#tokens[this.#next]?.text ?? "the end"}"`);
  }
}

const constants: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };

const unescaped = (text: string): string =>
  text.replaceAll(/\\(.)/g, (_all, letter: string) => escapes[letter] ?? letter);
