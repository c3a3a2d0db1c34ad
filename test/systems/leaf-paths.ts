import type { Shape } from "../../src/rules/rows.ts";
import { fieldsOf, isListShape, itemOf, type NamedShape, resolved } from "../../src/systems/api-shape.ts";

/** Every leaf as a path of the tables; `*` stands for list items and map keys, `**` for free-form content. */
export function* leafPaths(of: Shape, at: string, named: NamedShape = () => undefined): Generator<string> {
  const shape = resolved(of, named);
  if (typeof shape === "string") yield shape.startsWith("map ") ? `${at}/*` : shape.startsWith("any") ? `${at}/**` : at;
  else if (isListShape(shape)) yield* leafPaths(itemOf(shape), `${at}/*`, named);
  else for (const [name, inner] of fieldsOf(shape)) yield* leafPaths(inner, `${at}/${name}`, named);
}
