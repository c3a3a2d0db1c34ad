import { documentText } from "../manifests/document.ts";
import { DocumentPlaces } from "../manifests/locator.ts";
import type { Json, Position, SourceFile, ValuePath } from "../manifests/manifest.ts";
import { splitFile } from "../manifests/read.ts";
import { compose } from "../manifests/yaml/compose.ts";
import type { Places } from "../manifests/yaml/composed.ts";
import { YamlError } from "../manifests/yaml/yaml-error.ts";
import type { Problem } from "./problems.ts";

/** A configuration or a file of rules, with the places of its values. */
export interface LocatedYaml {
  readonly value: Json;
  readonly locate: (path: ValuePath) => Position;
}

/** Reads a file of one document; what is wrong with it is the problem instead. An empty file is `null`. */
export function readLocatedYaml(file: SourceFile): LocatedYaml | Problem {
  const [document, second] = splitFile(file);
  const start = { file: file.path, line: 1, column: 1 };
  if (document === undefined) return { value: null, locate: () => start };
  if (second !== undefined)
    return {
      file: file.path,
      line: second.line,
      key: "",
      message: "a second document begins here: keep one in a file",
    };
  if (!document.isUtf8) return { file: file.path, line: 1, key: "", message: "the file is not UTF-8" };
  try {
    const places: Places = new Map();
    const text = documentText(document);
    const composed = compose(text, { places, textKeys: true });
    const [twice] = composed.duplicates;
    if (twice !== undefined)
      return {
        file: file.path,
        line: document.line + text.slice(0, twice.offset).split("\n").length - 1,
        key: twice.key,
        message: "appears twice in one mapping: write it once",
      };
    const found = new DocumentPlaces(document, composed, composed.starts === undefined ? places : undefined);
    return { value: composed.value, locate: (path) => found.positionAt(path) };
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    return { file: file.path, line: document.line + error.line - 1, key: "", message: `is not YAML: ${error.reason}` };
  }
}
