/** Marks of template engines and substitution tools: Helm, Jinja, ERB, envsubst and Flux, kustomize variables, spruce. */
const marks = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|<%[\s\S]*?%>|\$\{[^}]*\}|\$\([A-Za-z_][\w.]*\)|\(\([^)]*\)\)/;
/** Names that stand for a name: `__X__`, `%X%`, `@X@`, `<x>`, `[x]`, `$X`, or all in capitals, which no object name may be. */
const placeholder =
  /__[A-Za-z][\w-]*__|%[A-Za-z]\w*%|@[A-Za-z]\w*@|<[^<>]*>|\[[^[\]]*\]|\$[A-Za-z_]\w*|^[A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)*$|[A-Z]{2,}_[A-Z]/;

/** The part of a text that only a template engine understands. */
export function templateMark(text: string): string | undefined {
  return marks.exec(text)?.[0];
}

/** How templates are marked in a text, without what stands between the marks, which may be secret. */
export function templateStyle(text: string): string | undefined {
  const mark = templateMark(text);
  if (mark === undefined) return undefined;
  const width = mark.startsWith("{{") || mark.startsWith("((") ? 2 : 1;
  return `${mark.slice(0, 2)} … ${mark.slice(-width)}`;
}

/** What in an object's name must be filled in before it names anything. */
export function placeholderIn(name: string): string | undefined {
  return templateMark(name) ?? placeholder.exec(name)?.[0];
}
