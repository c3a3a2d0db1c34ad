import { type Part, partsOf } from "./go-template-syntax.ts";
import { Undecidable } from "./undecidable.ts";

/** What a template file writes by itself, and what it defines for all files. */
interface TemplateBlocks {
  readonly own: readonly Part[];
  readonly defined: readonly { readonly name: string; readonly parts: readonly Part[] }[];
}

const named = /^(?:define)\s+("(?:[^"\\]|\\.)*"|`[^`]*`)$/;

/** The blocks of a template of helm; undefined for one that cannot be taken apart. */
export function blocksOf(text: string): TemplateBlocks | undefined {
  const own: Part[] = [];
  const defined: { readonly name: string; readonly parts: Part[] }[] = [];
  let inside: Part[] | undefined;
  let depth = 0;
  for (const part of partsIn(text) ?? [{ action: "block" }]) {
    const word = "action" in part ? (/^[a-z]+\b/.exec(part.action)?.[0] ?? "") : "";
    if (word === "block") return undefined;
    if (word === "define") {
      const name = named.exec("action" in part ? part.action : "")?.[1];
      if (name === undefined || depth > 0) return undefined;
      defined.push({ name: name.slice(1, -1), parts: (inside = []) });
      depth = 1;
      continue;
    }
    if (/^(?:if|range|with)$/.test(word)) depth += 1;
    if (word === "end") {
      depth -= 1;
      if (depth < 0) return undefined;
      if (depth === 0 && inside !== undefined) {
        inside = undefined;
        continue;
      }
    }
    (inside ?? own).push(part);
  }
  return depth === 0 ? { own, defined } : undefined;
}

function partsIn(text: string): readonly Part[] | undefined {
  try {
    return partsOf(text);
  } catch (error) {
    if (error instanceof Undecidable) return undefined;
    throw error;
  }
}
