import { existsSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { BaseReader, ChangedSides, HeadReader, SideSource, Wanted, Wish } from "../change.ts";
import { headReader } from "../head-reader.ts";
import { InputError } from "../input-error.ts";
import { readTreePair } from "../read-tree-pair.ts";
import { shownName } from "../shown-name.ts";
import { failure } from "./failure.ts";
import type { Point } from "./find-changes.ts";
import { BrokenOff, type GitObject, GitObjects } from "./objects.ts";
import { Git, type GitOptions } from "./process.ts";
import { findRepository, isPartial, type Repository } from "./repository.ts";
import { findDefaultBranch, mergeBase, parseOperand, parseRange, resolveCommit } from "./revision.ts";
import { emptyTree, type GitPair, openPair } from "./tree-pair.ts";

interface GitSourceOptions extends GitOptions {
  /** A folder in the repository. */
  readonly cwd: string;
  /** The largest file that is read, in bytes. */
  readonly fileBytes?: number;
  /** Told how many files differ, before they are read. */
  readonly onChanges?: (count: number) => Promise<void>;
}

/** A change whose trees can still be asked. */
export interface GitChange extends ChangedSides {
  /** Absent for two folders of two revisions, which are compared file by file. */
  readonly pair: GitPair | undefined;
  /** Absent with it. */
  readonly readHead: HeadReader | undefined;
  /** How many git processes were started until now. */
  readonly processes: () => number;
}

interface Opened {
  /** The working directory, from the root of the repository. */
  readonly below: string;
  readonly git: Git;
  readonly repository: Repository;
  readonly objects: GitObjects;
  readonly fileBytes: number;
}

/** One side, once its revision is known. */
interface Settled {
  readonly label: string;
  readonly point: Point;
  readonly path: string | undefined;
}

const defaultFileBytes = 256 * 1024 * 1024;

/**
 * Reads both sides of a change out of git, and hands them to `use` while the trees are open. No operand: from where HEAD left
 * the default branch to the working tree. One: from it to the working tree, or a range. Two: from the first to the second.
 * Each may be `REV:PATH`.
 * @throws {InputError} with the command that fixes it
 */
export async function withGitChange<T>(
  operands: readonly string[],
  wish: Wish,
  options: GitSourceOptions,
  use: (change: GitChange) => Promise<T>,
): Promise<T> {
  return await withGit(options, async (opened) => {
    const [base, head] = await settle(operands, opened);
    const processes = (): number => opened.git.processes;
    if (base.path !== undefined && head.path !== undefined && base.path !== head.path) {
      const sides = [await readPoint(opened, base), await readPoint(opened, head)] as const;
      return await use({
        base: sides[0],
        head: sides[1],
        changed: [],
        pair: undefined,
        readHead: undefined,
        processes,
      });
    }
    if (base.point === "working tree") throw new Error("the base is always a commit");
    const { commit } = base.point;
    const read: BaseReader = (path) => readBase(opened, commit, path);
    const wanted = typeof wish === "function" ? await wish(read) : wish;
    const path = base.path ?? head.path;
    const pair = await openPair({ ...opened, base: commit, head: head.point, path });
    try {
      if (path !== undefined && pair.changes.length === 0) await assertExists(opened, path, [base, head]);
      await options.onChanges?.(pair.changes.length);
      const labels = { base: labelOf({ ...base, path }), head: labelOf({ ...head, path }) };
      const sides = await readTreePair(pair, labels, wanted);
      const readHead = headReader({ changes: pair.changes, read: (...of) => pair.read(...of) }, read);
      return await use({ ...sides, changed: pair.changes.map(({ path }) => path), pair, readHead, processes });
    } finally {
      await pair.close();
    }
  });
}

/** What is on neither side is not equal, but misspelt. */
async function assertExists(
  { objects, repository }: Opened,
  path: string,
  sides: readonly [Settled, Settled],
): Promise<void> {
  // A partial clone may lack the tree that would say it.
  if (isPartial(repository)) return;
  for (const { point } of sides) {
    const isThere =
      point === "working tree"
        ? existsSync(join(repository.root, path))
        : (await objects.read(`${point.commit}:${path}`)).state !== "missing";
    if (isThere) return;
  }
  throw new InputError(
    "not-found",
    `${shownName(path)} is not a file or folder in ${sides.map(({ label }) => shownName(label)).join(" or ")}. Check the path, which is that of the repository`,
  );
}

/** A file of the base; undefined when there is none. One that cannot be read may contain the gates, so the run ends. */
async function readBase(opened: Opened, commit: string, path: string): Promise<Buffer | undefined> {
  let object: GitObject;
  try {
    object = await opened.objects.read(`${commit}:${path}`);
  } catch (error) {
    if (!(error instanceof BrokenOff) || !isPartial(opened.repository)) throw error;
    return await fetchBase(opened, commit, path);
  }
  if (object.state === "found") return object.type === "blob" ? object.bytes : undefined;
  if (object.state === "too-large")
    throw new InputError("file-too-large", `${path} of the base has ${object.size} bytes. Make it shorter`);
  return isPartial(opened.repository) ? await fetchBase(opened, commit, path) : undefined;
}

/** As `readBase`, of a partial clone that may lack the content or the trees on the way to it. */
async function fetchBase({ git }: Opened, commit: string, path: string): Promise<Buffer | undefined> {
  const listed = await git.run(["ls-tree", "-z", "--full-tree", commit, "--", path], "network");
  if (listed.status !== 0) throw failure(git, "ls-tree", listed);
  const id = /^\d+ blob ([0-9a-f]+)\t/.exec(listed.stdout.toString("latin1"))?.[1];
  if (id === undefined) return undefined;
  const read = await git.run(["cat-file", "blob", id], "network");
  if (read.status === 0) return read.stdout;
  throw new InputError(
    "partial-clone",
    `this partial clone lacks ${path} of the base, and it could not be fetched. Run git fetch --refetch --no-filter origin`,
  );
}

/**
 * Reads all files of one side, for a comparison with something outside of git.
 * @throws {InputError} with the command that fixes it
 */
export async function readGitSide(operand: string, wanted: Wanted, options: GitSourceOptions): Promise<SideSource> {
  return await withGit(options, async (opened) => {
    const side = await settleOne(operand, opened);
    const { files, ...rest } = await readPoint(opened, side);
    return { ...rest, files: files.filter(({ path }) => wanted.paths?.(path) ?? true) };
  });
}

/** Whether a name of a file or folder is also that of a commit, branch or tag. */
export async function namesCommit(name: string, options: GitSourceOptions): Promise<boolean> {
  if (!/^\w[\w./-]*$/.test(name)) return false;
  return await withGit(options, async ({ objects }) => (await objects.read(`${name}^{commit}`)).state === "found");
}

async function withGit<T>(options: GitSourceOptions, use: (opened: Opened) => Promise<T>): Promise<T> {
  const repository = findRepository(options.cwd);
  const git = new Git(repository, options);
  const fileBytes = options.fileBytes ?? defaultFileBytes;
  const objects = new GitObjects(git, fileBytes);
  try {
    const below = relative(repository.root, resolve(options.cwd)).replaceAll(sep, "/");
    return await use({ git, repository, objects, fileBytes, below });
  } catch (error) {
    if (error instanceof BrokenOff) throw failure(git, "cat-file", { stderr: error.stderr, status: 128 });
    throw error;
  } finally {
    await objects.close();
  }
}

async function settle(operands: readonly string[], opened: Opened): Promise<readonly [Settled, Settled]> {
  const [first, second] = operands;
  if (first === undefined) {
    const branch = await findDefaultBranch(opened.objects);
    const head = await resolveCommit(opened.objects, opened.repository, "HEAD");
    const commit = await mergeBase(opened.git, opened.repository, [branch.id, head], [branch.name, "HEAD"]);
    return [{ label: `merge base with ${branch.name}`, point: { commit }, path: undefined }, workingTree(opened)];
  }
  const range = second === undefined ? parseRange(first) : undefined;
  if (range !== undefined) return await settleRange(range, first, opened);
  const base = await settleOne(first, opened);
  return [base, second === undefined ? { ...workingTree(opened), path: base.path } : await settleOne(second, opened)];
}

async function settleRange(
  range: { base: string; head: string; isSymmetric: boolean },
  operand: string,
  opened: Opened,
): Promise<readonly [Settled, Settled]> {
  const [base, head] = [await settleOne(range.base, opened), await settleOne(range.head, opened)];
  if (!range.isSymmetric || base.point === "working tree" || head.point === "working tree") return [base, head];
  if (base.path !== undefined || head.path !== undefined)
    throw new InputError("bad-revision", `${operand} mixes a range with a path. Give the two sides one by one`);
  const commit = await mergeBase(
    opened.git,
    opened.repository,
    [base.point.commit, head.point.commit],
    [range.base, range.head],
  );
  return [{ label: `merge base of ${base.label} and ${head.label}`, point: { commit }, path: undefined }, head];
}

async function settleOne(given: string, { objects, repository, below }: Opened): Promise<Settled> {
  const operand = parseOperand(given, below);
  if (operand.path?.split("/")[0] === "..")
    throw new InputError(
      "not-found",
      `${shownName(given)} leads out of the repository at ${repository.root}. Check the path`,
    );
  const commit = await resolveCommit(objects, repository, operand.revision);
  return { label: operand.revision, point: { commit }, path: operand.path === "" ? undefined : operand.path };
}

function workingTree({ repository }: Opened): Settled {
  if (repository.isBare)
    throw new InputError(
      "no-working-tree",
      `${repository.root} is a bare repository without a working tree. Name both revisions: will-it-roll BASE HEAD`,
    );
  return { label: "working tree", point: "working tree", path: undefined };
}

function labelOf({ label, point, path }: Settled): { readonly label: string; readonly revision?: string } {
  if (point === "working tree") return { label };
  return { label: path === undefined ? label : `${label}:${path}`, revision: point.commit };
}

/** All files at one point, as if each had been added. */
async function readPoint(opened: Opened, side: Settled): Promise<SideSource> {
  if (side.point === "working tree") throw new Error("a working tree is read as a directory");
  const base = emptyTree(side.point.commit);
  const pair = await openPair({ ...opened, base, head: side.point, path: side.path });
  try {
    if (pair.changes.length === 0 && side.path !== undefined)
      throw new InputError("not-found", `${labelOf(side).label} is not a file or folder. Check the path`);
    return (await readTreePair(pair, { base: labelOf(side), head: labelOf(side) }, { groups: [] })).head;
  } finally {
    await pair.close();
  }
}
