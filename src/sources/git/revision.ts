import { posix } from "node:path";
import { InputError } from "../input-error.ts";
import { shownName } from "../shown-name.ts";
import { BrokenOff, type GitObject, type GitObjects } from "./objects.ts";
import type { Git } from "./process.ts";
import { type Repository, shallowCommits } from "./repository.ts";

/** A revision as an operand names it, and perhaps a folder or file in it. */
interface Operand {
  readonly revision: string;
  readonly path: string | undefined;
}

/** Two operands, or one range. */
interface Range {
  readonly base: string;
  readonly head: string;
  /** With three dots, the base is where the two parted. */
  readonly isSymmetric: boolean;
}

/** `A..B` and `A...B`; a B that is left out is HEAD. Undefined for all else. */
export function parseRange(operand: string): Range | undefined {
  const [, base = "", dots, head = ""] = /^(.*?)(\.{2,3})(?!\.)(.*)$/.exec(operand) ?? [];
  if (dots === undefined || operand.startsWith(".") || /[/\\]$/.test(base) || /^[/\\]/.test(head)) return undefined;
  return { base, head: head === "" ? "HEAD" : head, isSymmetric: dots === "..." };
}

/**
 * Splits `REV:PATH`. A colon inside `^{/text}` or `@{date}` does not split. A path that begins with `./` or `../` starts at
 * the folder `below` the root of the repository, as git has it; every other one at the root.
 */
export function parseOperand(operand: string, below: string): Operand {
  const outside = operand.replaceAll(/\{[^}]*\}/g, (braces) => "x".repeat(braces.length));
  const colon = outside.indexOf(":");
  if (colon <= 0) return { revision: operand, path: undefined };
  const given = operand.slice(colon + 1);
  const path = posix.normalize(/^\.{1,2}(?:\/|$)/.test(given) ? posix.join(below, given) : given);
  return { revision: operand.slice(0, colon), path: path.replace(/^\/+|^\.$|\/+$/g, "") };
}

/**
 * The id of the commit that a revision names.
 * @throws {InputError} that names the command which brings what is missing
 */
export async function resolveCommit(objects: GitObjects, repository: Repository, revision: string): Promise<string> {
  if (revision.startsWith("-") || revision.startsWith(":") || /[\0\n]/.test(revision))
    throw new InputError("bad-revision", `${shownName(revision)} is not a revision. Name a commit, branch or tag`);
  const object = await commitOf(objects, revision);
  if (object.state === "found") return object.id;
  if (object.state === "ambiguous")
    throw new InputError(
      "ambiguous-revision",
      `${shownName(revision)} may mean several commits. Write more digits, or the full name such as refs/heads/NAME`,
    );
  throw await missingCommit(objects, repository, revision);
}

/** @throws {InputError} where git gives up, as for the upstream of a branch that has none */
async function commitOf(objects: GitObjects, revision: string): Promise<GitObject> {
  try {
    return await objects.read(`${revision}^{commit}`);
  } catch (error) {
    const said =
      error instanceof BrokenOff ? /^fatal: (.*(?:upstream|no such branch|log for ).*)$/m.exec(error.stderr) : null;
    if (said === null) throw error;
    throw new InputError(
      "unknown-revision",
      `${shownName(revision)} names no commit here (git: ${shownName(said[1]!)}). Name a commit, branch or tag`,
    );
  }
}

const isThere = async (objects: GitObjects, revision: string): Promise<boolean> =>
  (await objects.read(`${revision}^{commit}`)).state === "found";

/** Why there is no such commit, and what to do. */
async function missingCommit(objects: GitObjects, repository: Repository, revision: string): Promise<InputError> {
  const shown = shownName(revision);
  const isShallow = shallowCommits(repository).size > 0;
  const start = /^([^~^]+)[~^]/.exec(revision)?.[1];
  const isParent = start !== undefined && (await isThere(objects, start));
  if (isParent && isShallow)
    return new InputError(
      "shallow-clone",
      `${shown} is not in this clone: its history is cut off. Run git fetch --deepen=1 origin HEAD, or in a workflow give actions/checkout fetch-depth: 2`,
    );
  if (isParent)
    return new InputError(
      "unknown-revision",
      `${shown} names no commit: ${shownName(start)} is there, but has nothing of that kind. Check what follows it`,
    );
  if (/^(?:HEAD|@)(?:[~^]|$)/.test(revision))
    return new InputError("no-commit", "this repository has no commit yet, so there is nothing to compare with");
  if (/^\.{0,2}\/|\/$/.test(revision))
    return new InputError("not-found", `${shown} does not exist, neither as a path nor as a revision. Check the path`);
  const isPlain = /^[\w./-]+$/.test(revision);
  const unknown = `${shown} is neither a file nor a revision of ${repository.root}`;
  if (isPlain && (await isThere(objects, `refs/remotes/origin/${revision}`)))
    return new InputError("unknown-revision", `${unknown} (did you mean "origin/${shown}"?)`);
  const name = isPlain ? shown.replace(/^(?:refs\/remotes\/)?origin\//, "") : "";
  const command = `git fetch origin${isShallow ? " --depth=1" : ""}${name === "" ? "" : ` ${name}`}`;
  // A fetched id, or branch of origin, is known by the name that was given; any other is not.
  const isNamed = name === "" || name !== shown || /^[0-9a-f]{7,64}$/i.test(revision);
  return new InputError(
    "unknown-revision",
    `${unknown}. Check the spelling, or fetch it with ${command}${isNamed ? "" : " and call it FETCH_HEAD"}`,
  );
}

/**
 * Where two commits parted.
 * @throws {InputError} when a shallow clone hides it, or there is no such commit
 */
export async function mergeBase(
  git: Git,
  repository: Repository,
  ids: readonly [string, string],
  names: readonly [string, string],
): Promise<string> {
  const { status, stdout, stderr } = await git.run(["merge-base", ...ids]);
  const id = stdout.toString("latin1").trim();
  if (status === 0 && /^[0-9a-f]{40,64}$/.test(id)) return id;
  const [first, second] = names.map(shownName);
  if (shallowCommits(repository).size > 0)
    throw new InputError(
      "shallow-clone",
      `this clone does not reach back to where ${first} and ${second} parted. Run git fetch --unshallow origin, or in a workflow give actions/checkout fetch-depth: 0`,
    );
  throw new InputError(
    "no-merge-base",
    `${first} and ${second} have no common commit${stderr.trim() === "" ? "" : ` (git: ${shownName(stderr.trim())})`}. Name the base: will-it-roll BASE HEAD`,
  );
}

/** Where the default branch may be, best first: what the remote says, then the names that hosts give it. */
const defaultBranches = [
  "refs/remotes/origin/HEAD",
  "refs/remotes/origin/main",
  "refs/remotes/origin/master",
  "refs/heads/main",
  "refs/heads/master",
] as const;

/** @throws {InputError} when none of the usual names exists */
export async function findDefaultBranch(objects: GitObjects): Promise<{ readonly id: string; readonly name: string }> {
  const found = await objects.readAll([...defaultBranches, "HEAD"].map((name) => `${name}^{commit}`));
  const index = found.findIndex(({ state }) => state === "found");
  const object = found[index];
  if (object === undefined)
    throw new InputError("no-commit", "this repository has no commit yet, so there is nothing to compare with");
  if (object.state !== "found" || index === defaultBranches.length)
    throw new InputError(
      "no-default-branch",
      "cannot tell which branch is the default. Run git remote set-head origin --auto, or name the base: will-it-roll BASE",
    );
  return { id: object.id, name: defaultBranches[index]!.replace(/^refs\/(?:remotes|heads)\//, "") };
}
