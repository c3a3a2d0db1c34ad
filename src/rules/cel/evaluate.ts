import type { Json } from "../../manifests/manifest.ts";
import { canonicalText } from "../canonical.ts";
import { CelError, celFunctions, type CelValue, Optional } from "./functions.ts";
import { CelSyntaxError, type Expression, parseCel } from "./syntax.ts";

type Names = ReadonlyMap<string, CelValue>;
type Evaluate = (names: Names) => CelValue;

/** Whether a value keeps to a rule. */
type CelRule = (self: Json) => boolean;

const rules = new Map<string, CelRule>();

/**
 * Makes a rule of an expression on `self`. Null counts as absent, as the API server prunes it.
 * The rule throws a {@link CelError} where the expression has no value.
 * @throws {CelSyntaxError} when the expression uses what is not known here
 */
export function celRule(source: string): CelRule {
  let rule = rules.get(source);
  if (rule === undefined) {
    const evaluate = compiled(parseCel(source));
    rule = (self) => truth(evaluate(new Map([["self", self]])));
    rules.set(source, rule);
  }
  return rule;
}

function compiled(expression: Expression): Evaluate {
  switch (expression.is) {
    case "value":
      return () => expression.value;
    case "name":
      return (names) => {
        const value = names.get(expression.name);
        if (value === undefined) throw new CelError(`undeclared reference to ${expression.name}`);
        return value;
      };
    case "list": {
      const items = expression.items.map(compiled);
      return (names) => items.map((item) => item(names));
    }
    case "field":
      return fieldOf(compiled(expression.of), expression.name, expression.optional);
    case "item": {
      const [of, at] = [compiled(expression.of), compiled(expression.at)];
      return (names) => {
        const list = of(names);
        const item = Array.isArray(list) ? (list as readonly CelValue[])[Number(at(names))] : undefined;
        if (item === undefined) throw new CelError("index out of bounds");
        return item;
      };
    }
    case "not": {
      const of = compiled(expression.of);
      return (names) => !truth(of(names));
    }
    case "choice": {
      const test = compiled(expression.test);
      const [whenTrue, whenFalse] = [compiled(expression.whenTrue), compiled(expression.whenFalse)];
      return (names) => (truth(test(names)) ? whenTrue(names) : whenFalse(names));
    }
    case "operation":
      return operation(expression.name, compiled(expression.left), compiled(expression.right));
    case "call":
      return call(expression);
  }
}

const truth = (value: CelValue): boolean => {
  if (typeof value !== "boolean") throw new CelError("no such overload: true or false is needed");
  return value;
};

const memberOf = (value: CelValue | undefined, name: string): CelValue | undefined => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name)
    ? ((value as { readonly [field: string]: CelValue })[name] ?? undefined)
    : undefined;
};

function fieldOf(of: Evaluate, name: string, optional: boolean): Evaluate {
  return (names) => {
    const value = of(names);
    if (value instanceof Optional) return new Optional(memberOf(value.value, name));
    const found = memberOf(value, name);
    if (optional) return new Optional(found);
    if (found === undefined) throw new CelError(`no such key: ${name}`);
    return found;
  };
}

/** One of two sides may fail where the other decides alone. */
function either(left: () => CelValue, right: () => CelValue, decides: boolean): boolean {
  try {
    if (truth(left()) === decides) return decides;
  } catch (error) {
    if (!(error instanceof CelError) || truth(right()) !== decides) throw error;
    return decides;
  }
  return truth(right());
}

function operation(name: string, left: Evaluate, right: Evaluate): Evaluate {
  if (name === "||" || name === "&&")
    return (names) =>
      either(
        () => left(names),
        () => right(names),
        name === "||",
      );
  const apply = operators[name];
  if (apply === undefined) throw new CelSyntaxError(`the operator ${name} is not known here`);
  return (names) => apply(left(names), right(names));
}

const equal = (a: CelValue, b: CelValue): boolean => a === b || canonicalText(a as Json) === canonicalText(b as Json);
const compared = (test: (difference: number) => boolean) => (a: CelValue, b: CelValue) => {
  if (typeof a === "string" || typeof b === "string") throw new CelError("no such overload: texts have no order here");
  return test(Number(a) - Number(b));
};
const operators: Readonly<Record<string, (a: CelValue, b: CelValue) => CelValue>> = {
  "==": equal,
  "!=": (a, b) => !equal(a, b),
  "<": compared((difference) => difference < 0),
  "<=": compared((difference) => difference <= 0),
  ">": compared((difference) => difference > 0),
  ">=": compared((difference) => difference >= 0),
  in: (a, b) =>
    Array.isArray(b)
      ? (b as readonly CelValue[]).some((item) => equal(a, item))
      : typeof a === "string" && memberOf(b, a) !== undefined,
  "+": (a, b) => {
    if (Array.isArray(a) && Array.isArray(b)) return [...(a as readonly CelValue[]), ...(b as readonly CelValue[])];
    if (typeof a === "string" && typeof b === "string") return a + b;
    return Number(a) + Number(b);
  },
};

function call({ on, name, with: given }: Extract<Expression, { is: "call" }>): Evaluate {
  if (name === "has" && on === undefined) {
    const [field] = given;
    if (field?.is !== "field") throw new CelSyntaxError("has() takes a field");
    const of = compiled(field.of);
    return (names) => memberOf(of(names), field.name) !== undefined;
  }
  const over = on === undefined ? undefined : overItems[name];
  if (over !== undefined && on !== undefined) {
    const [variable, test] = given;
    if (variable?.is !== "name" || test === undefined) throw new CelSyntaxError(`${name}() takes a name and a test`);
    const [list, holds] = [compiled(on), compiled(test)];
    return (names) => {
      const items = list(names);
      const each: readonly CelValue[] = Array.isArray(items) ? items : Object.keys(items ?? {});
      return over(each, (item) => truth(holds(new Map([...names, [variable.name, item]]))));
    };
  }
  const found = Object.hasOwn(celFunctions, name) ? celFunctions[name] : undefined;
  if (found === undefined) throw new CelSyntaxError(`the function ${name}() is not known here`);
  const values = [...(on === undefined ? [] : [on]), ...given].map(compiled);
  return (names) => found(...values.map((value) => value(names)));
}

type Test = (item: CelValue) => boolean;

/** Items that fail to be tested count only where no other item decides. */
const anyIs = (items: readonly CelValue[], test: Test, decides: boolean): boolean => {
  let failed: CelError | undefined;
  for (const item of items)
    try {
      if (test(item) === decides) return true;
    } catch (error) {
      if (!(error instanceof CelError)) throw error;
      failed = error;
    }
  if (failed !== undefined) throw failed;
  return false;
};

const overItems: Readonly<Record<string, (items: readonly CelValue[], test: Test) => CelValue>> = {
  all: (items, test) => !anyIs(items, test, false),
  exists: (items, test) => anyIs(items, test, true),
  exists_one: (items, test) => items.filter(test).length === 1,
  filter: (items, test) => items.filter(test),
};
