const definition = /^kind:[ \t]*["']?CustomResourceDefinition\b/m;

/**
 * The lines of a file, or all of it, without those of its documents that define kinds (CRDs): they name kinds and Secrets on
 * every page, and hold none. Documents must be told apart by their `---`.
 */
export function withoutDefinitions(text: string): string {
  if (!text.includes("CustomResourceDefinition")) return text;
  return text
    .split(/^(?=---)/m)
    .filter((document) => !definition.test(document))
    .join("");
}
