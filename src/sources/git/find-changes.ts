import type { Change } from "../change.ts";
import { failure, mayLack, tooOld } from "./failure.ts";
import type { Git } from "./process.ts";
import { fields, parseRaw, parseUntracked } from "./raw-diff.ts";

/** A commit, or the working tree. */
export type Point = { readonly commit: string } | "working tree";

interface Compared {
  readonly git: Git;
  /** A commit or a tree. */
  readonly base: string;
  readonly head: Point;
  /** A folder or file of the repository; nothing else is compared. */
  readonly path: string | undefined;
}

/** What differs between a tree and another one, or the working tree with the files that git does not know yet. */
export async function findChanges({ git, base, head, path }: Compared): Promise<Change[]> {
  const within = path === undefined ? [] : [path];
  const common = ["-z", "--raw", "--no-abbrev", "--no-renames", "--ignore-submodules=dirty"];
  if (head !== "working tree")
    return parseRaw(await ask(git, ["diff-tree", "-r", ...common, base, head.commit, "--", ...within]));
  await disarmFilters(git);
  const [tracked, untracked] = await Promise.all([
    ask(git, ["diff-index", ...common, base, "--", ...within]),
    ask(git, ["ls-files", "-z", "--others", "--exclude-standard", "--", ...within]),
  ]);
  return [...parseRaw(tracked), ...parseUntracked(untracked)];
}

/** A comparison with the working tree may clean files with the programs that the configuration names: none are run. */
async function disarmFilters(git: Git): Promise<void> {
  const { stdout } = await git.run(["config", "-z", "--name-only", "--get-regexp", String.raw`^filter\.`]);
  if (stdout.length > 0 && !(await isConfigurable(git)))
    throw tooOld("it would run the filters of the repository's configuration");
  git.configure(
    fields(stdout).map((key) => {
      const name = key.toString("utf8");
      return [name, name.endsWith(".required") ? "false" : ""];
    }),
  );
}

/** Before 2.31 git does not look for configuration in its environment. */
async function isConfigurable(git: Git): Promise<boolean> {
  const { stdout } = await git.run(["version"]);
  const [, major = 0, minor = 0] = (/ (\d+)\.(\d+)/.exec(stdout.toString("latin1")) ?? []).map(Number);
  return major > 2 || (major === 2 && minor >= 31);
}

/** Runs git, once more with the network when a partial clone lacks the trees. */
async function ask(git: Git, args: readonly string[]): Promise<Buffer> {
  let result = await git.run(args);
  if (result.status !== 0 && mayLack(result.stderr)) result = await git.run(args, "network");
  if (result.status === 0) return result.stdout;
  throw failure(git, args[0]!, result);
}
