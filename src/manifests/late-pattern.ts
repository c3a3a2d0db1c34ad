/**
 * A pattern that is made when it is first asked for. The engine checks literals as soon as it loads the code around them,
 * and looks up each `\p{…}` in its tables: in most runs for nothing, since nearly all texts are plain ASCII.
 */
export function latePattern(source: string): () => RegExp {
  let made: RegExp | undefined;
  return () => (made ??= new RegExp(source, "gu"));
}
