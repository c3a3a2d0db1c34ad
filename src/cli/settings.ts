import { readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { configurationName, findConfiguration } from "../configuration/find.ts";
import { readEffects, readTargets } from "../configuration/given-words.ts";
import { type ReadConfiguration, readLandscape } from "../configuration/landscape.ts";
import type { Configuration } from "../configuration/schema.ts";
import type { SourceFile } from "../manifests/manifest.ts";
import type { NamedPart } from "../rules/merge.ts";
import type { Effect } from "../rules/words.ts";
import { reasonAndAdvice } from "../sources/files.ts";
import { UsageError } from "./errors.ts";
import type { OptionValues } from "./options.ts";

/** What the command line and the configuration file say together; the command line wins. */
export interface Settings {
  readonly configuration: Configuration;
  readonly targets: Readonly<Record<string, string>>;
  readonly landscape: Readonly<Record<string, string | boolean>>;
  readonly rules: readonly NamedPart[];
  readonly failOn: readonly Effect[];
  readonly strict: boolean;
}

function readFile(path: string, what: string): SourceFile {
  try {
    return { path, bytes: readFileSync(path) };
  } catch (error) {
    throw new UsageError(`cannot read ${what} ${path}: ${reasonAndAdvice(error)}`);
  }
}

const refuse =
  (option: string) =>
  (message: string): UsageError =>
    new UsageError(`--${option}: ${message}`);

const failOnOf = (given: readonly string[]): Effect[] =>
  readEffects(
    given.flatMap((text) => text.split(",")).map((word) => word.trim()),
    refuse("fail-on"),
  );

/** @throws {UsageError} when there is one by a name that is not read: without a word its gates would be off. */
function configurationOf(folder: string): string | undefined {
  const path = findConfiguration(folder);
  if (path === undefined) return undefined;
  const shown = relative(folder, path);
  if (basename(path) === configurationName) return shown;
  throw new UsageError(`${shown} is not read under this name: call it ${configurationName}`);
}

/** Most runs have neither configuration nor rules of their own, and load nothing that checks them. */
async function readConfigurationFile(path: string | undefined): Promise<ReadConfiguration> {
  if (path === undefined) return { configuration: {}, file: undefined };
  const { readConfiguration } = await import("../configuration/read.ts");
  const file = readFile(path, "the configuration");
  return { configuration: readConfiguration(file), file };
}

/** Most configurations name no rules, and load nothing for them. */
async function namedRules({ configuration, file }: ReadConfiguration): Promise<SourceFile[]> {
  if (file === undefined || configuration.rules === undefined) return [];
  const { readNamedRules } = await import("../configuration/named-rules.ts");
  const paths = configuration.rules.map((name) => join(dirname(file.path), name));
  return await readNamedRules({ file, paths }, (path) => {
    try {
      return readFileSync(path);
    } catch (error) {
      return { wrong: `cannot read ${path}: ${reasonAndAdvice(error)}` };
    }
  });
}

/**
 * Reads the configuration file, the rule files, and what the options say.
 * @throws {UsageError | ProblemsError} that names what is wrong, and where.
 */
export async function readSettings(values: OptionValues): Promise<Settings> {
  const path = values.config ?? configurationOf(process.cwd());
  const read = await readConfigurationFile(path);
  const { configuration } = read;
  const ruleFiles = [...(await namedRules(read)), ...(values.rules ?? []).map((file) => readFile(file, "the rules"))];
  const rules =
    ruleFiles.length === 0 ? [] : await (await import("../configuration/rule-files.ts")).readRuleFiles(ruleFiles);
  const given = { targets: readTargets(values.target ?? [], refuse("target")), refuse: refuse("target") };
  const { targets, options: landscape } = await readLandscape(read, given, rules);
  return {
    configuration,
    targets,
    landscape,
    rules,
    failOn: values["fail-on"] === undefined ? (configuration.failOn ?? []) : failOnOf(values["fail-on"]),
    strict: values.strict ?? configuration.strict ?? false,
  };
}

/** Which files of a tree are read, as the configuration says. */
export async function acceptedPaths({ paths }: Configuration): Promise<(path: string) => boolean> {
  return paths === undefined ? () => true : (await import("../configuration/paths.ts")).pathFilter(paths);
}
