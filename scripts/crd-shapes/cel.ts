import type { ValidationRow } from "../../src/rules/rows.ts";
import { textWords } from "./cel-text.ts";
import { togetherWords } from "./cel-together.ts";
import type { Constraints, Schema } from "./shape.ts";

/** The rules of a schema in the words of the shapes, by the node that they hang on, and the rules that say more than words can. */
export function celConstraints(root: Schema): {
  readonly constraints: Constraints;
  readonly validations: readonly ValidationRow[];
} {
  const constraints = new Map<Schema, string[]>();
  const validations: ValidationRow[] = [];
  const add = (node: Schema, words: readonly string[]): void => {
    constraints.set(node, [...(constraints.get(node) ?? []), ...words]);
  };
  /** True where all that the rule says has words. */
  const read = (node: Schema, rule: string): boolean => {
    if (node.type === "string") return addTo(node, textWords(rule));
    if (node.type === "array") {
      const each = /^self\.all\((\w+), (.*)\)$/.exec(rule);
      if (rule === "self.all(x, self.exists_one(y, x == y))") return addTo(node, ["unique"]);
      if (each === null || node.items?.type !== "string") return addTo(node, sizeWords(rule));
      return addTo(
        node.items,
        textWords((each[2] ?? "").replaceAll(new RegExp(String.raw`\b${each[1]}\.`, "g"), "self.")),
      );
    }
    const together = togetherWords(rule);
    if (together === undefined) return addTo(node, sizeWords(rule));
    for (const { field, words } of together) {
      const inner = node.properties?.[field];
      if (inner === undefined) return false;
      add(inner, words);
    }
    return true;
  };
  const addTo = (node: Schema, words: readonly string[] | undefined): boolean => {
    if (words !== undefined) add(node, words);
    return words !== undefined;
  };
  const walk = (node: Schema, path: string): void => {
    for (const { rule, message } of node["x-kubernetes-validations"] ?? [])
      // What hangs on the old value stands in the refusals, with what to do instead.
      if (!rule.includes("oldSelf") && !read(node, rule))
        validations.push({ at: path, rule, message: message ?? `must hold: ${rule}` });
    for (const [name, inner] of Object.entries(node.properties ?? {})) walk(inner, `${path}/${name}`);
    if (node.items !== undefined) walk(node.items, `${path}/*`);
    if (typeof node.additionalProperties === "object") walk(node.additionalProperties, `${path}/*`);
  };
  walk(root, "spec");
  return { constraints, validations };
}

const sizeWords = (rule: string): string[] | undefined => {
  const size = /^(?:size\(self\)|self\.size\(\)) (<=|>=) (\d+)$/.exec(rule);
  return size === null ? undefined : [`size${size[1]}${size[2]}`];
};
