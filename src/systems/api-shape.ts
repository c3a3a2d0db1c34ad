import type { Shape } from "../rules/rows.ts";

export type ListShape = readonly [Shape] | readonly [string, Shape];
export interface ObjectShape {
  readonly [field: string]: Shape;
}

export const isListShape = (shape: Shape): shape is ListShape => Array.isArray(shape);

/** The shape of a list's items. */
export const itemOf = (shape: ListShape): Shape => shape[1] ?? shape[0];

/** The constraints of a list or an object as a whole. */
export function constraintsOf(shape: Shape): string {
  if (typeof shape === "string") return shape;
  const own = isListShape(shape) ? (shape.length > 1 ? shape[0] : undefined) : shape["!"];
  return typeof own === "string" ? own : "";
}

/** The words that constrain a shape: `size<=3`, `required`, `default=x`. */
export const wordsOf = (shape: Shape): readonly string[] => constraintsOf(shape).split(" ");

/** What is after `NAME=` among words. */
export const settingIn = (words: readonly string[], name: string): string | undefined =>
  words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);

/** What is after `NAME=` among the words of a shape. */
export const settingOf = (shape: Shape, name: string): string | undefined => settingIn(wordsOf(shape), name);

/** The fields of an object. */
export const fieldsOf = (shape: ObjectShape): [string, Shape][] =>
  Object.entries(shape).filter(([name]) => name !== "!");

/** Finds the shape that `@name` stands for. */
export type NamedShape = (name: string) => Shape | undefined;

/** A shape, or the one that its name stands for. */
export const resolved = (shape: Shape, named: NamedShape): Shape =>
  typeof shape === "string" && shape.startsWith("@") ? (named(shape.slice(1)) ?? "any") : shape;

/** How many of the segments lead along what a shape has; all of them into content that it leaves open. */
export function depthIn(of: Shape, segments: readonly string[], named: NamedShape): number {
  let shape = resolved(of, named);
  for (const [depth, segment] of segments.entries()) {
    if (typeof shape === "string") return segments.length;
    const inner: Shape | undefined = isListShape(shape) ? itemOf(shape) : memberOf(shape, segment);
    if (inner === undefined) return depth;
    shape = resolved(inner, named);
  }
  return segments.length;
}

const memberOf = (shape: ObjectShape, name: string): Shape | undefined =>
  name !== "!" && Object.hasOwn(shape, name) ? shape[name] : shape["*"];

/** Words of a leaf, and the releases of the decoder for which they hold. */
export interface Section {
  readonly words: readonly string[];
  readonly from?: string | undefined;
  readonly before?: string | undefined;
}

/** `>=0 @1.126..1.140 <=5 @1.140.. <=9`: what is after an `@` holds for those releases only. */
export function sectionsOf(words: readonly string[]): readonly Section[] {
  const sections: (Section & { readonly words: string[] })[] = [{ words: [] }];
  for (const word of words) {
    const [range, from, before] = /^@(\d+\.\d+)?\.\.(\d+\.\d+)?$/.exec(word) ?? [];
    if (range === undefined) sections.at(-1)?.words.push(word);
    else sections.push({ words: [], from, before });
  }
  return sections;
}
