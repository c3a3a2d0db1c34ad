import { posix } from "node:path";
import { InputError } from "../input-error.ts";
import { shownName } from "../shown-name.ts";
import type { GitObjects } from "./objects.ts";
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

/** `A..B` and `A...B`; an end that is left out is HEAD. Undefined for all else. */
export function parseRange(operand: string): Range | undefined {
  const match = /^(.*?)(\.{2,3})(?!\.)(.*)$/.exec(operand);
  if (match === null || (match[1] === "" && match[3] === "") || /[/\\]/.test(`${match[1]}`.slice(-1))) return undefined;
  if (/^[/\\]/.test(match[3]!) || operand.startsWith(".")) return undefined;
  return { base: match[1] || "HEAD", head: match[3] || "HEAD", isSymmetric: match[2] === "..." };
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
  const object = await objects.read(`${revision}^{commit}`);
  if (object.state === "found") return object.id;
  if (object.state === "ambiguous")
    throw new InputError(
      "ambiguous-revision",
      `${shownName(revision)} may mean several commits. Write more digits, or the full name such as refs/heads/NAME`,
    );
  throw missingCommit(repository, revision, await parentsAreCut(objects, repository, revision));
}

/** Whether the revision is the parent of a commit whose parents a shallow clone does not hold. */
async function parentsAreCut(objects: GitObjects, repository: Repository, revision: string): Promise<boolean> {
  const start = /^([^~^]+)[~^]/.exec(revision)?.[1];
  if (start === undefined) return false;
  const shallow = shallowCommits(repository);
  if (shallow.size === 0) return false;
  const object = await objects.read(`${start}^{commit}`);
  return object.state === "found";
}

function missingCommit(repository: Repository, revision: string, isCut: boolean): InputError {
  const shown = shownName(revision);
  if (isCut)
    return new InputError(
      "shallow-clone",
      `${shown} is not in this clone: its history is cut off. Run git fetch --deepen=1 origin HEAD, or in a workflow give actions/checkout fetch-depth: 2`,
    );
  if (/^\.{0,2}\/|\/$/.test(revision))
    return new InputError("not-found", `${shown} does not exist, neither as a path nor as a revision. Check the path`);
  const isId = /^[0-9a-f]{7,64}$/i.test(revision);
  const command = isId
    ? `git fetch origin ${shown}`
    : /^[\w./-]+$/.test(revision)
      ? `git fetch origin ${shown.replace(/^(?:refs\/remotes\/)?origin\//, "")}`
      : "git fetch origin";
  const isShallow = shallowCommits(repository).size > 0;
  return new InputError(
    "unknown-revision",
    `${shown} is neither a file nor a revision of ${repository.root}. Check the spelling, or fetch it with ${command}${isShallow ? " --depth=1" : ""}`,
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
