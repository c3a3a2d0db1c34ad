import { valuesFrom } from "../manifests/substitutions.ts";
import type { Found } from "./change.ts";

const key = /\b([A-Za-z_]\w*)["']?[ \t]*:/g;
const variable = /\$\{([A-Za-z_]\w*)/g;

/**
 * The unchanged files into which settings may be filled that are in changed texts: those with a variable of the name of a
 * key, and releases of charts that take values from other objects. Too many is harmless.
 */
export function settingUsers(changed: readonly string[], unchanged: readonly Found[]): Found[] {
  const keys = new Set<string>();
  for (const text of changed) for (const [, name = ""] of text.matchAll(key)) keys.add(name);
  const isUsed = ([, name = ""]: RegExpExecArray): boolean => keys.has(name);
  return unchanged.filter(({ text }) => text.includes(valuesFrom) || [...text.matchAll(variable)].some(isUsed));
}
