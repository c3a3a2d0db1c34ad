import { InputError } from "../input-error.ts";
import { shownName } from "../shown-name.ts";
import type { Git, GitResult } from "./process.ts";

/** Whether git would have had to fetch what it was asked for. */
const isLazy = (stderr: string): boolean =>
  /promisor|lazy fetch|not allowed|read from remote|unable to access '[a-z]+:\/\//.test(stderr);

/** Whether git may have lacked an object: an older one names the promisor, a newer one (seen in 2.55) only what it did not find. */
export const mayLack = (stderr: string): boolean => isLazy(stderr) || /unable to read|bad tree object/.test(stderr);

/** What git could not do, with the command that fixes it where git or we know one. */
export function failure(
  git: Git,
  command: string,
  { stderr, status }: Pick<GitResult, "stderr" | "status">,
): InputError {
  if (stderr.includes("dubious ownership"))
    return new InputError(
      "untrusted-repository",
      `git does not trust ${git.folder}, which belongs to another user. Run git config --global --add safe.directory ${git.folder}`,
    );
  if (stderr.includes("safe.bareRepository"))
    return new InputError(
      "untrusted-repository",
      `git may not use the bare repository ${git.folder}, as its setting safe.bareRepository says. Run this in a checkout, or git config --global safe.bareRepository all`,
    );
  if (/^usage: |unknown option|unknown switch|unrecognized argument|is not a git command/m.test(stderr))
    return tooOld(`it does not know an option of git ${command}`);
  if (isLazy(stderr))
    return new InputError(
      "partial-clone",
      `this partial clone lacks objects, and they could not be fetched. Run git fetch --refetch --no-filter origin (git: ${shownName(stderr.trim().split("\n")[0]!)})`,
    );
  return new InputError(
    "git-failed",
    `git ${command} ended with ${status}: ${shownName(stderr.trim().slice(0, 500))}. Check the clone with git fsck`,
  );
}

export const tooOld = (why: string): InputError =>
  new InputError("git-too-old", `this git is too old: ${why}. Install git 2.31 or newer, or pass files instead`);
