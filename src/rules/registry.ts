import { encodings } from "./encodings/index.ts";
import type { Check, Derived, Encoding, NamedFunctions, Predicate } from "./functions.ts";

/** The functions that the tables of a system may name: those of every system and its own. */
export class Registry {
  readonly #own: NamedFunctions;
  constructor(own: NamedFunctions = {}) {
    this.#own = own;
  }

  encoding(name: string): Encoding {
    return found(this.#own.encodings?.[name] ?? encodings[name], "encoding", name);
  }
  derived(name: string): Derived {
    return found(this.#own.derived?.[name], "derived input", name);
  }
  predicate(name: string): Predicate {
    return found(this.#own.predicates?.[name], "predicate", name);
  }
  check(name: string): Check {
    return found(this.#own.checks?.[name], "check", name);
  }
}

function found<T>(value: T | undefined, what: string, name: string): T {
  if (value === undefined) throw new Error(`no ${what} is called "${name}"`);
  return value;
}
