import { load } from "js-yaml";
import { cell, code, markdownTable } from "./markdown-table.ts";

interface Described {
  readonly description?: string;
  readonly default?: string;
  readonly required?: boolean;
}

/** The tables of inputs and outputs, from `action.yml`. */
export function actionTables(text: string): { readonly inputs: string; readonly outputs: string } {
  const action = load(text) as { inputs?: Record<string, Described>; outputs?: Record<string, Described> };
  const rows = (named: Record<string, Described> | undefined): string[][] =>
    Object.entries(named ?? {}).map(([name, { description = "" }]) => [code(name), cell(description)]);
  return {
    inputs: markdownTable(["input", "meaning"], rows(action.inputs)),
    outputs: markdownTable(["output", "meaning"], rows(action.outputs)),
  };
}
