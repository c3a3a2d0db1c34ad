/** Marks of template engines and substitution tools: Helm, Jinja, ERB, envsubst and Flux, kustomize variables, spruce. */
const marks = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|<%[\s\S]*?%>|\$\{[^}]*\}|\$\([A-Za-z_][\w.]*\)|\(\([^)]*\)\)/;
/** Names that stand for a name: `__X__`, `%X%`, `@X@`, `<x>`, `[x]`, `$X`, or all in capitals, which no object name may be. */
const placeholder =
  /__[A-Za-z][\w-]*__|%[A-Za-z]\w*%|@[A-Za-z]\w*@|<[^<>]*>|\[[^[\]]*\]|\$[A-Za-z_]\w*|^[A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)*$|[A-Z]{2,}_[A-Z]/;

/** The part of a text that only a template engine understands. */
export function templateMark(text: string): string | undefined {
  return marks.exec(text)?.[0];
}

/** What in an object's name must be filled in before it names anything. */
export function placeholderIn(name: string): string | undefined {
  return templateMark(name) ?? placeholder.exec(name)?.[0];
}
