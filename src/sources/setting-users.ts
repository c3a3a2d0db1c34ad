import { valuesFrom } from "../manifests/substitutions.ts";
import type { Found } from "./change.ts";

const key = /([A-Za-z_]\w*)["']?[ \t]*:/g;
const variable = /\$\{([A-Za-z_]\w*)/g;

/**
 * The unchanged files into which settings may be filled that stand in changed texts: those with a variable of the name of a
 * key, and releases of charts that take values from other objects. Too many is harmless.
 */
export function settingUsers(changed: readonly string[], unchanged: readonly Found[]): Found[] {
  const keys = new Set(changed.flatMap((text) => caught(text, key)));
  return unchanged.filter(
    ({ text }) => text.includes(valuesFrom) || caught(text, variable).some((name) => keys.has(name)),
  );
}

const caught = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, one = ""]) => one);
