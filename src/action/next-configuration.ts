import type { Configuration } from "../configuration/schema.ts";
import type { SourceFile } from "../manifests/manifest.ts";
import { messageOf } from "../validation/message-of.ts";
import { ActionError } from "./inputs.ts";
import type { ChangeRead } from "./read-change.ts";
import { type ActionSettings, rulePaths } from "./settings.ts";

/** What a change does to the files that judge it: they judge what comes after it, and a fault in them all of that. */
export interface NextConfiguration {
  /** The configuration and files of rules that change. */
  readonly changed: readonly string[];
  /** Whether the configuration goes away. */
  readonly isRemoved: boolean;
  /** What is wrong, which would leave every run after the merge without a verdict. */
  readonly fault: string | undefined;
}

export async function nextConfiguration(change: ChangeRead, settings: ActionSettings): Promise<NextConfiguration> {
  const { configurationPath: path, read, ruleFiles } = settings;
  const changed = [path, ...ruleFiles.map((file) => file.path)].filter((one) => change.changed.includes(one));
  if (changed.length === 0) return { changed, isRemoved: false, fault: undefined };
  const file = changed.includes(path) ? inHead(change, path) : read.file;
  if (file === undefined) return { changed, isRemoved: true, fault: undefined };
  try {
    await assertUsable(change, settings, file);
    return { changed, isRemoved: false, fault: undefined };
  } catch (error) {
    return { changed, isRemoved: false, fault: messageOf(error) };
  }
}

const inHead = ({ written }: ChangeRead, path: string): SourceFile | undefined =>
  written.find((file) => file.path === path);

/** @throws {Error} that says what is wrong with a configuration or its rules */
async function assertUsable(change: ChangeRead, settings: ActionSettings, file: SourceFile): Promise<void> {
  const { readConfiguration } = await import("../configuration/read.ts");
  const configuration = readConfiguration(file);
  const ruleFiles = rulesIn(change, settings, configuration);
  // Files that nobody has read may bring names that the configuration uses.
  if (ruleFiles === undefined) return;
  const { readRuleFiles } = await import("../configuration/rule-files.ts");
  const rules = ruleFiles.length === 0 ? [] : await readRuleFiles(ruleFiles);
  const { readLandscape } = await import("../configuration/landscape.ts");
  await readLandscape({ configuration, file }, { targets: {}, refuse: (message) => new ActionError(message) }, rules);
}

/** The files of rules after the merge; undefined when one of them is none of those that were read. */
function rulesIn(
  change: ChangeRead,
  { configurationPath, ruleFiles }: ActionSettings,
  configuration: Configuration,
): readonly SourceFile[] | undefined {
  const found: SourceFile[] = [];
  for (const path of rulePaths(configurationPath, configuration)) {
    const known = ruleFiles.find((file) => file.path === path);
    const isChanged = change.changed.includes(path);
    const file = isChanged ? inHead(change, path) : known;
    if (file === undefined && isChanged && known !== undefined)
      throw new ActionError(`${configurationPath}: the rules ${path} go away`);
    if (file === undefined) return undefined;
    found.push(file);
  }
  return found;
}
