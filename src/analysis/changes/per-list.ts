import type { CompiledTable } from "../../rules/compile.ts";
import type { Rule } from "../../rules/rule.ts";
import type { AddressedChange } from "../finding.ts";

type List = readonly AddressedChange[];

/**
 * Works out once what follows from a list of changes alone: a CloudProfile may change in thousands of places, and the list of
 * them is the same for every pool of a thousand Shoots.
 */
export function perList<Value>(work: (list: List, table: CompiledTable) => Value): typeof work {
  const known = new WeakMap<List, { readonly value: Value }>();
  return (list, table) => {
    let found = known.get(list);
    if (found === undefined) known.set(list, (found = { value: work(list, table) }));
    return found.value;
  };
}

/** The same for what follows from a list and a rule. */
export function perListAndRule<Of extends Rule, Value>(
  work: (list: List, table: CompiledTable, rule: Of) => Value,
): typeof work {
  const byRule = perList(() => new Map<Of, { readonly value: Value }>());
  return (list, table, rule) => {
    const known = byRule(list, table);
    let found = known.get(rule);
    if (found === undefined) known.set(rule, (found = { value: work(list, table, rule) }));
    return found.value;
  };
}
