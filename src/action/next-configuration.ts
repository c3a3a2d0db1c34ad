import { readLandscape } from "../configuration/landscape.ts";
import { isFailedRequest } from "../github/failure.ts";
import type { SourceFile } from "../manifests/manifest.ts";
import type { HeadReader } from "../sources/change.ts";
import { messageOf } from "../validation/message-of.ts";
import { ActionError } from "./inputs.ts";
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

/** What is asked of a change while it is open. */
export interface JudgingChange {
  readonly changed: readonly string[];
  /** Absent where two folders are compared. */
  readonly readHead: HeadReader | undefined;
}

/** @throws {Error} of a failed request to GitHub */
export async function nextConfiguration(
  { changed: all, readHead }: JudgingChange,
  settings: ActionSettings,
): Promise<NextConfiguration> {
  const { configurationPath: path, ruleFiles } = settings;
  const own = new Set([path, ...ruleFiles.map((file) => file.path)]);
  const changed = [...own].filter((one) => all.includes(one));
  const next = { changed, isRemoved: false, fault: undefined };
  if (changed.length === 0 || readHead === undefined) return next;
  try {
    const bytes = await readHead(path);
    if (bytes === undefined) return { ...next, isRemoved: true };
    await assertUsable({ path, bytes }, readHead);
    return next;
  } catch (error) {
    if (isFailedRequest(error)) throw error;
    return { ...next, fault: messageOf(error) };
  }
}

/** @throws {Error} that says what is wrong with a configuration or its rules */
async function assertUsable(file: SourceFile, readHead: HeadReader): Promise<void> {
  const { readConfiguration } = await import("../configuration/read.ts");
  const configuration = readConfiguration(file);
  const paths = rulePaths(file.path, configuration);
  const { readNamedRules } = await import("../configuration/named-rules.ts");
  const ruleFiles = await readNamedRules(
    { file, paths },
    async (path) => (await readHead(path)) ?? { wrong: `${path} is not on the head side` },
  );
  const { readRuleFiles } = await import("../configuration/rule-files.ts");
  const rules = ruleFiles.length === 0 ? [] : await readRuleFiles(ruleFiles);
  await readLandscape({ configuration, file }, { targets: {}, refuse: (message) => new ActionError(message) }, rules);
}
