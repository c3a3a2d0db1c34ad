import { posix } from "node:path";
import { configurationName } from "../configuration/find.ts";
import { readEffects, readTargets } from "../configuration/given-words.ts";
import { type ReadConfiguration, readLandscape } from "../configuration/landscape.ts";
import type { Configuration, Gate } from "../configuration/schema.ts";
import type { SourceFile } from "../manifests/manifest.ts";
import { kindGroupsOf } from "../rules/interest.ts";
import type { NamedPart } from "../rules/merge.ts";
import type { Effect } from "../rules/words.ts";
import type { BaseReader, Wanted } from "../sources/change.ts";
import { outlinesOf } from "../systems/outlines.ts";
import { messageOf } from "../validation/message-of.ts";
import { ActionError, choiceOf, globsOf, type Inputs, listOf, switchOf } from "./inputs.ts";

/** What the inputs and the configuration of the base say together; inputs win. */
export interface ActionSettings {
  readonly targets: Readonly<Record<string, string>>;
  readonly landscape: Readonly<Record<string, string | boolean>>;
  readonly rules: readonly NamedPart[];
  readonly render: Configuration["render"];
  /** Which paths are read at all. */
  readonly accepts: (path: string) => boolean;
  readonly failOn: readonly Effect[];
  readonly gates: readonly Gate[];
  readonly strict: boolean;
  readonly comment: "always" | "on-impact" | "never";
  readonly key: string | undefined;
  readonly acceptLabel: string | undefined;
  readonly labels: boolean;
  readonly annotations: boolean;
  readonly configurationPath: string;
  /** The configuration and the files of rules that it names, as they are on the base side. */
  readonly read: ReadConfiguration;
  readonly ruleFiles: readonly SourceFile[];
}

/**
 * Reads the configuration as it is on the base side, which the change under judgement cannot touch.
 * @throws {ActionError | ProblemsError}
 */
export async function readSettings(
  inputs: Inputs,
  read: BaseReader,
): Promise<{ readonly settings: ActionSettings; readonly wanted: Wanted }> {
  const path = posix.normalize(inputs.config ?? configurationName);
  const found = await readFile(path, inputs.config !== undefined, read);
  const { configuration } = found;
  const ruleFiles = await readRuleFilesOf(found, read);
  const rules =
    ruleFiles.length === 0 ? [] : await (await import("../configuration/rule-files.ts")).readRuleFiles(ruleFiles);
  const patterns = inputs.paths === undefined ? configuration.paths : globsOf(inputs.paths);
  const accepts = patterns === undefined ? () => true : await pathsOf(patterns);
  const own = new Set([path, ...ruleFiles.map((file) => file.path)]);
  const wanted: Wanted = {
    // What will judge after the merge is looked at wherever it is.
    ...(patterns === undefined ? {} : { paths: (one) => own.has(one) || accepts(one) }),
    groups: kindGroupsOf(outlinesOf(rules)),
  };
  const settings = await settingsOf(inputs, found, rules, path);
  return { settings: { ...settings, accepts, read: found, ruleFiles }, wanted };
}

async function pathsOf(patterns: readonly string[]): Promise<(path: string) => boolean> {
  const { pathFilter } = await import("../configuration/paths.ts");
  try {
    return pathFilter(patterns);
  } catch (error) {
    throw new ActionError(`input paths: ${messageOf(error)}`);
  }
}

async function readFile(path: string, isNamed: boolean, read: BaseReader): Promise<ReadConfiguration> {
  const bytes = await read(path);
  if (bytes === undefined && isNamed)
    throw new ActionError(
      `input config: ${path} is not on the base side, which alone is asked. Merge it first, or remove the input`,
    );
  if (bytes === undefined) return { configuration: {}, file: undefined };
  const file = { path, bytes };
  return { configuration: (await import("../configuration/read.ts")).readConfiguration(file), file };
}

/** The files of rules that a configuration names, from its folder. */
export const rulePaths = (path: string, { rules = [] }: Configuration): string[] =>
  rules.map((name) => posix.join(posix.dirname(path), name));

async function readRuleFilesOf(
  { configuration, file }: ReadConfiguration,
  read: BaseReader,
): Promise<readonly SourceFile[]> {
  if (file === undefined || configuration.rules === undefined) return [];
  const { readNamedRules } = await import("../configuration/named-rules.ts");
  return await readNamedRules(
    { file, paths: rulePaths(file.path, configuration) },
    async (path) => (await read(path)) ?? { wrong: `${path} is not on the base side, which alone is asked` },
  );
}

async function settingsOf(
  inputs: Inputs,
  read: ReadConfiguration,
  rules: readonly NamedPart[],
  path: string,
): Promise<Omit<ActionSettings, "accepts" | "read" | "ruleFiles">> {
  const { configuration } = read;
  const { comment = {}, render } = configuration;
  const given = { targets: readTargets(listOf(inputs.targets ?? ""), refuse("targets")), refuse: refuse("targets") };
  const { targets, options: landscape } = await readLandscape(read, given, rules);
  return {
    targets,
    landscape,
    rules,
    render,
    failOn:
      inputs["fail-on"] === undefined
        ? (configuration.failOn ?? [])
        : readEffects(listOf(inputs["fail-on"]), refuse("fail-on")),
    gates: configuration.gates ?? [],
    strict: switchOf("strict", inputs.strict) ?? configuration.strict ?? false,
    comment: choiceOf("comment", inputs.comment, ["always", "on-impact", "never"]) ?? comment.mode ?? "on-impact",
    key: inputs["comment-key"] ?? comment.key,
    acceptLabel: inputs["accept-label"] ?? comment.acceptLabel,
    labels: switchOf("labels", inputs.labels) ?? comment.labels ?? false,
    annotations: switchOf("annotations", inputs.annotations) ?? comment.annotations ?? true,
    configurationPath: path,
  };
}

const refuse =
  (input: string) =>
  (message: string): ActionError =>
    new ActionError(`input ${input}: ${message}`);
