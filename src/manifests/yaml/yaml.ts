import type { Json } from "../manifest.ts";
import { compose } from "./compose.ts";

/**
 * The value of one YAML document, as sigs.k8s.io/yaml reads it for kubectl, the API server and the operators. Text after a
 * second `---` or a `...` is not read. Throws a `YamlError`.
 */
export function parseYaml(text: string): Json {
  return compose(text).value;
}
