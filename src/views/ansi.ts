/** SGR pairs: how a style begins and how it ends. */
const styles = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
  inverse: [7, 27],
} as const satisfies Record<string, readonly [number, number]>;

export type Style = keyof typeof styles;
/** Puts styles around a text, or leaves it alone where colour is off. */
export type Paint = (text: string, ...wanted: readonly Style[]) => string;

/** `node:util.styleText` is not there in a browser, and this much is enough. */
export function painter(color: boolean): Paint {
  if (!color) return (text) => text;
  return (text, ...wanted) =>
    wanted.reduce((inner, style) => `\u001b[${styles[style][0]}m${inner}\u001b[${styles[style][1]}m`, text);
}
