import { isObject } from "./identity.ts";
import type { Json } from "./manifest.ts";

/**
 * Under these keys values describe what a chart or another program makes pools from. Where a word follows it is a label, or
 * the name of a pool to run on.
 */
const poolKey = /^[ \t-]*["']?((?:node[-_]?pool|hosted[-_]?cluster|shoot)s?)["']?[ \t]*:[ \t]*(?:[[{&!#]|\r?$)/im;

/** Whether a text without any kind may hold values from which pools are made. */
export const mentionsPoolValues = (text: string): boolean => poolKey.test(text);

/** What to say of changed values that describe pools; undefined for every other document. */
export function valuesRemark(value: Json, text: string): string | undefined {
  if (!isObject(value) || ["apiVersion", "kind", "$schema"].some((key) => value[key] !== undefined)) return undefined;
  const key = poolKey.exec(text)?.[1];
  return key === undefined
    ? undefined
    : `these values changed, with ${key} among them, and what is made of them is not among the files: name their chart in render.charts, or render both sides and give the two directories`;
}
