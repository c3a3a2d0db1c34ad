/**
 * The shape of an API object: a list of one shape, an object of shapes, or a leaf `"TYPE CONSTRAINT…"`. Types: string,
 * bool, int32, int64, float64, duration, quantity, time, int-or-string, any, and `map TYPE`. The key `!` of an object,
 * and a text before the shape in a list, hold constraints of the whole.
 */
export type Shape = string | readonly Shape[] | ObjectShape;
export interface ObjectShape {
  readonly [field: string]: Shape;
}

export const isList = (shape: Shape): shape is readonly Shape[] => Array.isArray(shape);

/** The shape of a list's items. */
export const itemOf = (shape: readonly Shape[]): Shape => shape.at(-1) ?? "any";

/** The constraints of a list or an object as a whole. */
export function constraintsOf(shape: Shape): string {
  if (typeof shape === "string") return shape;
  const own = isList(shape) ? (shape.length > 1 ? shape[0] : undefined) : shape["!"];
  return typeof own === "string" ? own : "";
}

/** The fields of an object. */
export const fieldsOf = (shape: ObjectShape): [string, Shape][] =>
  Object.entries(shape).filter(([name]) => name !== "!");

/** Every leaf as a path of the tables; `*` stands for list items and map keys, `**` for free-form content. */
export function* leafPaths(shape: Shape, at: string): Generator<string> {
  if (typeof shape === "string") yield shape.startsWith("map ") ? `${at}/*` : shape.startsWith("any") ? `${at}/**` : at;
  else if (isList(shape)) yield* leafPaths(itemOf(shape), `${at}/*`);
  else for (const [name, inner] of fieldsOf(shape)) yield* leafPaths(inner, `${at}/${name}`);
}
