import { quote } from "../../manifests/quote.ts";
import { lower, upper } from "./letter-case.ts";

/** Why a text cannot be substituted: Flux refuses it too, unless the message says that it is not supported here. */
export class SubstitutionError extends Error {}

/** The value of a variable: null where it has none, undefined where it is not known here. */
type ValueOf = (name: string) => string | null | undefined;

/**
 * Fills in `${NAME}` and what bash makes of values, as Flux does (fluxcd/pkg `envsubst`, once drone/envsubst). A reference to
 * a variable of unknown value stays as it is.
 */
export function envsubst(text: string, valueOf: ValueOf): string {
  const scanner = new Scanner(text, valueOf);
  let done = "";
  while (!scanner.isAtEnd) {
    done += scanner.plain();
    if (!scanner.isAtEnd) done += scanner.expression();
    if (done.length > mostLetters) throw tooLong();
  }
  return done;
}

/** How many characters one document, or one value in it, may become at most. */
const mostLetters = 16 * 1024 * 1024;
const tooLong = (): SubstitutionError => new SubstitutionError("it substitutes more text than is supported");

const mostNested = 50;
const isNameLetter = /[\p{L}\p{Nd}_]/u;

/** Goes through a text once, from one expression to the next. */
class Scanner {
  readonly #text: string;
  readonly #valueOf: ValueOf;
  #at = 0;
  #nested = 0;

  constructor(text: string, valueOf: ValueOf) {
    this.#text = text;
    this.#valueOf = valueOf;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** The text up to the next expression; `$$` becomes `$`. */
  plain(): string {
    let done = "";
    for (let begin = this.#at; ; begin = this.#at) {
      const next = this.#text.indexOf("$", begin);
      if (next === -1) {
        this.#at = this.#text.length;
        return done + this.#text.slice(begin);
      }
      done += this.#text.slice(begin, next);
      const [, after] = this.#text.slice(next, next + 2);
      this.#at = next;
      if (after === "{") return done;
      done += "$";
      this.#at += after === "$" ? 2 : 1;
    }
  }

  /** Everything from `${` to its closing `}`. */
  expression(): string {
    const start = this.#at;
    this.#at += 2;
    this.#nested += 1;
    if (this.#nested > mostNested) throw new SubstitutionError("it nests too many variables");
    const done = this.#peek === "#" ? this.#length() : this.#named();
    this.#nested -= 1;
    return done ?? this.#text.slice(start, this.#at);
  }

  get #peek(): string | undefined {
    return this.#text[this.#at];
  }

  #named(): string | undefined {
    const name = this.#while((letter) => isNameLetter.test(letter));
    if (name === "") throw this.#bad();
    const sign = /^(?::[-=?+]|=|:|,,?|\^\^?|\/[/#%]?|##?|%%?|\})/.exec(this.#text.slice(this.#at, this.#at + 2))?.[0];
    if (sign === undefined) throw this.#bad();
    this.#at += sign.length;
    if (sign === "=" || /^:./.test(sign)) return this.#withDefault(this.#valueOf(name));
    const value = this.#value(name);
    if (sign === "}") return value;
    if (sign === ":") return this.#part(value);
    if (sign.startsWith("/")) return this.#replaced(value, sign);
    if (sign.startsWith(",") || sign.startsWith("^")) return this.#cased(value, sign);
    return this.#trimmed(value, sign);
  }

  /**
   * Flux refuses a variable without a value, and before kustomize-controller 1.9 substituted nothing: no pool should be judged
   * by that.
   */
  #value(name: string): string | undefined {
    const value = this.#valueOf(name);
    if (value === null)
      throw new SubstitutionError(`the repository does not tell the value of the variable ${quote(name)}`);
    return value;
  }

  #length(): string | undefined {
    this.#at += 1;
    const name = this.#while((letter) => isNameLetter.test(letter));
    if (name === "") throw this.#bad();
    this.#close();
    const value = this.#value(name);
    return value === undefined ? undefined : String(Buffer.byteLength(value));
  }

  /** All four signs do the same: what is there counts where there is no value. */
  #withDefault(value: string | null | undefined): string | undefined {
    let fallback = "";
    while (this.#peek !== "}") {
      if (this.isAtEnd) throw this.#bad();
      fallback += this.#argument((letter) => letter !== "}") ?? "";
    }
    this.#close();
    return value === "" || value === null ? fallback : value;
  }

  #part(value: string | undefined): string | undefined {
    const from = this.#required((letter) => letter !== ":" && letter !== "}");
    let length: string | undefined;
    if (this.#peek === ":") {
      this.#while((letter) => letter === ":");
      length = this.#required((letter) => letter !== "}");
    }
    this.#close();
    if (value === undefined) return undefined;
    const whole = /^[+-]?\d{1,9}$/;
    if (!whole.test(from) || (length !== undefined && !whole.test(length))) return value;
    const bytes = Buffer.from(value);
    const start = Number(from) < 0 ? Math.max(0, bytes.length + Number(from)) : Number(from);
    const end = length === undefined ? bytes.length : start + Number(length);
    if (end < start && end < bytes.length)
      throw new SubstitutionError("it takes a substring that ends before it begins");
    return bytes.subarray(start, end).toString("utf8");
  }

  #replaced(value: string | undefined, sign: string): string | undefined {
    const old = this.#required((letter) => letter !== "/", true);
    if (this.#while((letter) => letter === "/") === "") throw this.#bad();
    const hasNew = this.#peek !== "}";
    const now = hasNew ? this.#required((letter) => letter !== "}", true) : "";
    this.#close();
    if (value === undefined) return undefined;
    if (value.length + (value.split(old).length - 1) * now.length > mostLetters) throw tooLong();
    if (sign === "//") return value.replaceAll(old, () => now);
    if (sign === "/") return value.replace(old, () => now);
    if (!hasNew) return value;
    if (sign === "/#") return value.startsWith(old) ? now + value.slice(old.length) : value;
    return value.endsWith(old) ? value.slice(0, value.length - old.length) + now : value;
  }

  #cased(value: string | undefined, sign: string): string | undefined {
    this.#close();
    if (value === undefined) return undefined;
    const turned = (text: string): string => (sign.startsWith(",") ? lower(text) : upper(text));
    const [first = ""] = value;
    return sign.length === 2 ? turned(value) : turned(first) + value.slice(first.length);
  }

  #trimmed(value: string | undefined, sign: string): string | undefined {
    const pattern = this.#required((letter) => letter !== "}");
    this.#close();
    if (/[*?[\\]/.test(pattern))
      throw new SubstitutionError(`it trims by the pattern ${quote(pattern)}, which is not supported`);
    if (value === undefined) return undefined;
    if (sign.startsWith("#")) return value.startsWith(pattern) ? value.slice(pattern.length) : value;
    return value.endsWith(pattern) ? value.slice(0, value.length - pattern.length) : value;
  }

  #required(accepts: (letter: string) => boolean, isEscaped = false): string {
    const found = this.#argument(accepts, isEscaped);
    if (found === undefined || found === "") throw this.#bad();
    return found;
  }

  /** Another expression, or the text up to where one begins. */
  #argument(accepts: (letter: string) => boolean, isEscaped = false): string | undefined {
    if (this.#text.startsWith("${", this.#at)) return this.expression();
    let done = "";
    for (let letter = this.#peek; letter !== undefined; letter = this.#peek) {
      if (this.#text.startsWith("${", this.#at)) break;
      const pair = this.#text.slice(this.#at, this.#at + 2);
      const isPair = isEscaped && (pair === "$$" || pair === String.raw`\/` || pair === "\\\\");
      if (!isPair && !accepts(letter)) break;
      done += isPair ? pair[1] : letter;
      this.#at += isPair ? 2 : 1;
    }
    return done === "" ? undefined : done;
  }

  #while(accepts: (letter: string) => boolean): string {
    const start = this.#at;
    while (this.#peek !== undefined && accepts(this.#peek)) this.#at += 1;
    return this.#text.slice(start, this.#at);
  }

  #close(): void {
    if (this.#peek !== "}") throw this.#bad();
    this.#at += 1;
  }

  #bad(): SubstitutionError {
    const [line = ""] = this.#text.slice(this.#text.lastIndexOf("${", this.#at), this.#at + 20).split("\n");
    return new SubstitutionError(`${quote(line)} cannot be substituted`);
  }
}
