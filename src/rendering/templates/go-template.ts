import { isList } from "../../manifests/json-list.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../manifests/manifest.ts";
import { quote } from "../../manifests/quote.ts";
import { byCodeUnits } from "../../manifests/text-order.ts";
import { callFunction, isTrue, mostLetters, printed, type TemplateValue } from "./go-template-functions.ts";
import { type Operand, type Pipeline, type TemplateNode, templateOf } from "./go-template-syntax.ts";
import { Undecidable } from "./undecidable.ts";

/** The most parts of a template that are executed: loops may be nested. */
const mostSteps = 100_000;

/** What an ApplicationSet makes of a text with `goTemplate` (argo-cd `applicationset/utils` Replace). */
export function goTemplate(text: string, parameters: JsonObject, options: readonly string[]): string {
  if (!text.includes("{{")) return text;
  return new Run(parameters, options.includes("missingkey=error")).written(templateOf(text));
}

const notGiven = "which its parameters do not give";
const noText = "which is not a single value";

class Run {
  readonly #root: JsonObject;
  readonly #isStrict: boolean;
  readonly #variables: [name: string, value: TemplateValue][] = [];
  #steps = 0;
  #letters = 0;

  constructor(root: JsonObject, isStrict: boolean) {
    this.#root = root;
    this.#isStrict = isStrict;
  }

  written(nodes: readonly TemplateNode[]): string {
    return this.#write(nodes, this.#root);
  }

  #write(nodes: readonly TemplateNode[], dot: TemplateValue): string {
    const known = this.#variables.length;
    const done = nodes.map((node) => {
      this.#steps += 1;
      const text = this.#one(node, dot);
      this.#letters += text.length;
      if (this.#steps > mostSteps || this.#letters > mostLetters)
        throw new Undecidable("has a template that makes more text than is supported");
      return text;
    });
    // A variable ends with the part in which it is declared.
    this.#variables.length = known;
    return done.join("");
  }

  #one(node: TemplateNode, dot: TemplateValue): string {
    if (node.is === "text") return node.text;
    const value = this.#value(node.pipeline, dot);
    if (node.is === "print") {
      const text = value === undefined || value === null ? undefined : printed(value);
      if (text === undefined)
        throw new Undecidable(
          `uses ${quote(node.source)}, ${value === undefined || value === null ? notGiven : noText}`,
        );
      return text;
    }
    if (node.is === "set") {
      this.#set(node.name, node.isNew, value);
      return "";
    }
    if (node.is === "range") return this.#range(node, value, dot);
    const inner = node.is === "with" ? value : dot;
    return isTrue(value) ? this.#write(node.body, inner) : this.#write(node.otherwise, dot);
  }

  #range(
    { names, body, otherwise }: Extract<TemplateNode, { readonly is: "range" }>,
    value: TemplateValue,
    dot: TemplateValue,
  ): string {
    if (value !== undefined && typeof value !== "object")
      throw new Undecidable("has a template that ranges over something that is not a list");
    if (!isTrue(value)) return this.#write(otherwise, dot);
    const entries: [Json, Json][] = isList(value)
      ? value.map((item, at) => [at, item])
      : Object.entries(value ?? {}).toSorted(([one], [other]) => byCodeUnits(one, other));
    const [first, second] = names;
    const known = this.#variables.length;
    const done = entries.map(([key, item]) => {
      if (first !== undefined) this.#variables.push([first, second === undefined ? item : key]);
      if (second !== undefined) this.#variables.push([second, item]);
      const text = this.#write(body, item);
      this.#variables.length = known;
      return text;
    });
    return done.join("");
  }

  #set(name: string, isNew: boolean, value: TemplateValue): void {
    if (isNew) return void this.#variables.push([name, value]);
    const known = this.#variables.findLast(([own]) => own === name);
    if (known === undefined) throw new Undecidable(`sets the variable ${quote(name)}, which it does not declare`);
    known[1] = value;
  }

  #value(pipeline: Pipeline, dot: TemplateValue): TemplateValue {
    let given: readonly TemplateValue[] = [];
    for (const [first, ...rest] of pipeline) {
      this.#steps += 1;
      if (first === undefined) break;
      if (first.is === "function") given = [this.#call(first.name, rest, given, dot)];
      else if (rest.length > 0 || given.length > 0)
        throw new Undecidable("has a template that calls something that is not a function");
      else given = [this.#operand(first, dot)];
    }
    return given[0];
  }

  #call(name: string, operands: readonly Operand[], last: readonly TemplateValue[], dot: TemplateValue): TemplateValue {
    if (name === "and" || name === "or") {
      if (operands.length + last.length === 0)
        throw new Undecidable("has a template that uses and or or without arguments");
      // The first argument that decides is the value, and later ones are not evaluated.
      let value = last[0];
      for (const operand of operands) {
        value = this.#operand(operand, dot);
        if (isTrue(value) === (name === "or")) return value;
      }
      return last.length > 0 ? last[0] : value;
    }
    const called = callFunction(name, [...operands.map((operand) => this.#operand(operand, dot)), ...last]);
    if (called === undefined)
      throw new Undecidable(`has a template with the function ${quote(name)}, which is not supported`);
    return called.value;
  }

  #operand(operand: Operand, dot: TemplateValue): TemplateValue {
    if (operand.is === "value") return operand.value;
    if (operand.is === "function") return this.#call(operand.name, [], [], dot);
    const start =
      operand.is === "pipeline"
        ? this.#value(operand.pipeline, dot)
        : operand.variable === undefined
          ? dot
          : this.#variable(operand.variable);
    return operand.fields.reduce((value, field) => this.#field(value, field), start);
  }

  #variable(name: string): TemplateValue {
    if (name === "$") return this.#root;
    const known = this.#variables.findLast(([own]) => own === name);
    if (known === undefined) throw new Undecidable(`names the variable ${quote(name)}, which it does not declare`);
    return known[1];
  }

  #field(value: TemplateValue, field: string): TemplateValue {
    if (isObject(value) && Object.hasOwn(value, field)) return value[field];
    if (isObject(value) && !this.#isStrict) return undefined;
    throw new Undecidable(`uses ${quote(`.${field}`)}, ${notGiven}`);
  }
}
