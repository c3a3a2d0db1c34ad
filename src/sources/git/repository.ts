import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { InputError } from "../input-error.ts";

/** Where a repository keeps what. Found without starting git. */
export interface Repository {
  /** The top of the working tree; the git folder itself when there is none. */
  readonly root: string;
  readonly gitFolder: string;
  /** Shared by all worktrees: objects, `shallow`, LFS files. */
  readonly commonFolder: string;
  readonly isBare: boolean;
}

/**
 * The repository that a folder is in.
 * @throws {InputError} `not-a-repository`
 */
export function findRepository(cwd: string): Repository {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const found = repositoryAt(folder);
    if (found !== undefined) return found;
    if (dirname(folder) === folder) break;
  }
  throw new InputError(
    "not-a-repository",
    `${cwd} is not in a git repository. Run this in a checkout, or pass two files or directories`,
  );
}

function repositoryAt(folder: string): Repository | undefined {
  const dot = join(folder, ".git");
  const kind = statSync(dot, { throwIfNoEntry: false });
  if (kind?.isDirectory() === true && isGitFolder(dot)) return { root: folder, ...folders(dot), isBare: false };
  if (kind?.isFile() === true) {
    const target = /^gitdir: (.+?)\r?\n?$/.exec(readFileSync(dot, "utf8"))?.[1];
    if (target !== undefined) return { root: folder, ...folders(resolve(folder, target)), isBare: false };
  }
  if (isGitFolder(folder)) return { root: folder, ...folders(folder), isBare: true };
  return undefined;
}

function isGitFolder(folder: string): boolean {
  return existsSync(join(folder, "HEAD")) && existsSync(join(folder, "objects")) && existsSync(join(folder, "refs"));
}

function folders(gitFolder: string): Pick<Repository, "gitFolder" | "commonFolder"> {
  const file = join(gitFolder, "commondir");
  const commonFolder = existsSync(file) ? resolve(gitFolder, readFileSync(file, "utf8").trim()) : gitFolder;
  return { gitFolder, commonFolder };
}

/** Commits whose parents were cut off, as `fetch --depth` leaves them. */
export function shallowCommits(repository: Repository): ReadonlySet<string> {
  const file = join(repository.commonFolder, "shallow");
  return new Set(existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : []);
}

/** Whether a clone may lack contents that git then fetches, as `clone --filter` leaves it. */
export function isPartial({ commonFolder }: Repository): boolean {
  const packs = join(commonFolder, "objects", "pack");
  return existsSync(packs) && readdirSync(packs).some((name) => name.endsWith(".promisor"));
}

/** Whether files of the index may not be in the working tree, as `git sparse-checkout` leaves it. */
export const isSparse = ({ gitFolder }: Repository): boolean => existsSync(join(gitFolder, "info", "sparse-checkout"));
