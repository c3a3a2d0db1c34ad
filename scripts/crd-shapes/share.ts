import type { Shape } from "../../src/rules/rows.ts";

const worthSharing = 120;

/** Parts that are in several places get a name of their own: `@name` stands for them. */
export function shareShapes(object: string, whole: Shape): Record<string, Shape> {
  const seen = new Map<string, { count: number; field: string }>();
  const count = (shape: Shape, field: string): void => {
    if (typeof shape === "string") return;
    const text = JSON.stringify(shape);
    const known = seen.get(text);
    if (known !== undefined) known.count++;
    else {
      seen.set(text, { count: 1, field });
      for (const [name, inner] of Object.entries(shape)) count(inner, Array.isArray(shape) ? field : name);
    }
  };
  count(whole, object);
  const names = new Map<string, string>();
  const taken = new Set<string>([object]);
  for (const [text, { count: times, field }] of seen) {
    if (times < 2 || text.length < worthSharing) continue;
    let name = field.replaceAll(/[A-Z]+/g, (letters) => `-${letters.toLowerCase()}`);
    for (let number = 2; taken.has(name); number++) name = `${name.replace(/-\d+$/, "")}-${number}`;
    taken.add(name);
    names.set(text, name);
  }
  const shapes: Record<string, Shape> = {};
  const write = (shape: Shape): Shape => {
    if (typeof shape === "string") return shape;
    if (Array.isArray(shape)) return shape.map(place) as unknown as Shape;
    return Object.fromEntries(Object.entries(shape).map(([name, inner]) => [name, place(inner)]));
  };
  const place = (shape: Shape): Shape => {
    const name = names.get(JSON.stringify(shape));
    if (name === undefined) return write(shape);
    shapes[`${object}-${name}`] ??= write(shape);
    return `@${object}-${name}`;
  };
  return { [object]: write(whole), ...shapes };
}
