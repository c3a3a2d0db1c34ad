import { bounds } from "../bounds.ts";
import type { Composed, ComposeOptions } from "./composed.ts";
import { Composer } from "./composer.ts";
import { parseDocument } from "./parser.ts";
import { YamlError } from "./yaml-error.ts";

/** What go-yaml's reader lets through (`readerc.go`). */
const forbidden = new RegExp(
  String.raw`[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]`,
);
/** Document marks, comments and white space: where only these follow, nothing that was meant to be read is ignored. */
const onlyMarks = /(?:\s|#.*|(?:---|\.\.\.)(?!\S))*$/y;

/** Reads any document of YAML. Throws a `YamlError`. */
export function readFully(text: string, options: ComposeOptions = {}): Composed {
  if (text.length > bounds.documentLength)
    throw new YamlError(`the document is longer than ${bounds.documentLength} characters`, text, 0);
  if (text.startsWith("\uFEFF\uFEFF")) throw new YamlError("the byte order mark appears twice", text, 0);
  const control = forbidden.exec(text);
  if (control !== null) throw new YamlError("control characters are not allowed", text, control.index);
  try {
    const { root, end } = parseDocument(text);
    if (root === undefined) return { value: null, start: 0, duplicates: [], ignoredFrom: undefined };
    const composer = new Composer(text, options);
    const value = composer.value(root);
    onlyMarks.lastIndex = end;
    const ignoredFrom = onlyMarks.test(text) ? undefined : end;
    return { value, start: Math.max(0, root.start), duplicates: composer.duplicates, ignoredFrom };
  } catch (error) {
    if (error instanceof RangeError) throw new YamlError("nested too deeply", text, 0);
    throw error;
  }
}
