import type { SourceFile } from "../manifests/manifest.ts";
import { readLocatedYaml } from "../validation/located-yaml.ts";
import { ProblemsError } from "../validation/problems-error.ts";
import { problemsOf } from "../validation/problems.ts";
import { type Configuration, configurationSchema } from "./schema.ts";

/**
 * Reads the text of a configuration file. An empty one says nothing.
 * @throws {ProblemsError} with file, line, key and the nearest word of everything that is wrong.
 */
export function readConfiguration(file: SourceFile): Configuration {
  const yaml = readLocatedYaml(file);
  if ("message" in yaml) throw new ProblemsError([yaml]);
  const value = yaml.value ?? {};
  const result = configurationSchema.safeParse(value);
  if (!result.success) throw new ProblemsError(problemsOf(result.error, value, yaml.locate));
  return result.data;
}
