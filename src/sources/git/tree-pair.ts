import { existsSync } from "node:fs";
import { sep } from "node:path";
import { type Change, type Content, type Found, type SideName, type TreePair } from "../change.ts";
import { fields, parseRaw, parseUntracked } from "./raw-diff.ts";
import { failure, isLazy, tooOld } from "./failure.ts";
import { parseGrep } from "./grep.ts";
import { BrokenOff, type GitObject, GitObjects } from "./objects.ts";
import type { Git } from "./process.ts";
import { isPartial, isSparse, type Repository } from "./repository.ts";
import { readPointer } from "./lfs.ts";
import { shownName } from "../shown-name.ts";
import { readWorkingFile } from "./working-tree.ts";

/** A commit, or the working tree. */
export type Point = { readonly commit: string } | "working tree";

interface PairOptions {
  readonly git: Git;
  readonly repository: Repository;
  readonly objects: GitObjects;
  readonly base: string;
  readonly head: Point;
  /** A folder or file of the repository; nothing else is compared. */
  readonly path: string | undefined;
  /** The largest file that is read, in bytes. */
  readonly fileBytes: number;
}

/** Compares two commits, or a commit and the working tree. */
export async function openPair(options: PairOptions): Promise<GitPair> {
  return new GitPair(options, await findChanges(options));
}

async function findChanges({ git, base, head, path }: PairOptions): Promise<Change[]> {
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
    throw tooOld(git, "it would run the filters of the repository's configuration");
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
  if (result.status !== 0 && isLazy(result.stderr)) result = await git.run(args, "network");
  if (result.status === 0) return result.stdout;
  throw failure(git, args[0]!, result);
}

/** git knows it without having it. */
const emptyTree = {
  sha1: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
  sha256: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
} as const;

/** A word in a pattern; no kind that an API server knows holds other letters. */
const literal = (word: string): string => word.replaceAll(/\W/g, ".");

export class GitPair implements TreePair {
  readonly changes: readonly Change[];
  readonly options: PairOptions;
  private objects: GitObjects;
  private hasFetched = false;
  /** Files that were found in the index alone: a sparse checkout does not hold them. */
  private readonly notCheckedOut = new Set<string>();

  constructor(options: PairOptions, changes: readonly Change[]) {
    this.options = options;
    this.changes = changes;
    this.objects = options.objects;
  }

  async close(): Promise<void> {
    await this.objects.close();
  }

  readonly read: TreePair["read"] = async (_side, entries) => {
    const names = entries.flatMap(({ entry }) => (entry.id === null ? [] : [entry.id]));
    const found = await this.ask(names);
    let index = 0;
    return entries.map(({ raw, entry }) =>
      entry.id === null ? this.working(raw, entry.mode) : this.contentOf(found[index++]!),
    );
  };

  readonly follow: TreePair["follow"] = async (side, raw) => {
    const commit = this.commitOf(side);
    if (commit === undefined) return readWorkingFile(this.options.repository.root, raw, this.options.fileBytes);
    const [object] = await this.ask([Buffer.concat([Buffer.from(`${commit}:`), raw])]);
    return this.contentOf(object!);
  };

  readonly search: TreePair["search"] = async (words) => {
    const commit = this.commitOf("head");
    const found = await this.grep(words, commit === undefined ? [] : [commit]);
    if (commit !== undefined || !isSparse(this.options.repository)) return { files: found, diagnostics: [] };
    const outside = (await this.grep(words, ["--cached"])).filter(({ raw }) => !this.isCheckedOut(raw));
    for (const { key } of outside) this.notCheckedOut.add(key);
    return { files: [...found, ...outside], diagnostics: [] };
  };

  private async grep(words: readonly string[], where: readonly string[]): Promise<Found[]> {
    const { git } = this.options;
    // A backslash after `kind` may spell a kind in another way.
    const kinds = [...words.map(literal), String.raw`kind.*\\`].join("|");
    // Only files with such a kind are shown, with all lines that tell whom they name or that are still to be filled in.
    const patterns = [kinds, String.raw`[nN]ame|\\[xuU]|\{\{|\{%|<%|\$[{(]|\(\(`].flatMap((pattern) => ["-e", pattern]);
    // Threads wait for each other to unpack objects: two take half as much processor time again, and are hardly done sooner.
    const options = ["--threads=1", "-a", "-z", "-E", "--all-match", "--no-recurse-submodules", "--full-name"];
    const args = ["grep", ...options, ...patterns, ...where, "--"];
    let result = await git.run(args);
    if (result.status > 1 && isLazy(result.stderr) && isPartial(this.options.repository)) {
      await this.fetchAll();
      result = await git.run(args);
    }
    // What git cannot read it passes over, and may have found nothing in the rest.
    if (result.status > 1 || result.stderr.includes("unable to read")) throw failure(git, "grep", result);
    const [commit] = where;
    return parseGrep(result.stdout, commit === undefined || commit === "--cached" ? 0 : commit.length + 1);
  }

  private isCheckedOut(raw: Buffer): boolean {
    return existsSync(Buffer.concat([Buffer.from(this.options.repository.root + sep), raw]));
  }

  readonly readFound: TreePair["readFound"] = async (found) => {
    const commit = this.commitOf("head");
    const named = found.filter(({ key }) => commit !== undefined || this.notCheckedOut.has(key));
    const objects = await this.ask(named.map(({ raw }) => Buffer.concat([Buffer.from(`${commit ?? ""}:`), raw])));
    const contents = new Map(named.map(({ key }, index) => [key, this.contentOf(objects[index]!)]));
    return found.map(({ key, raw }) => contents.get(key) ?? this.working(raw, "100644"));
  };

  /** The whole trees, where only a part of them is compared. */
  async whole(): Promise<GitPair> {
    return this.options.path === undefined
      ? this
      : await openPair({ ...this.options, objects: this.objects, path: undefined });
  }

  /** Paths in which the head differs from another tree; undefined when that cannot be told. */
  async pathsSince(tree: string): Promise<readonly string[] | undefined> {
    const { git, head } = this.options;
    if (head === "working tree") return undefined;
    const [own] = await this.ask([`${head.commit}^{tree}`]);
    if (own?.state === "found" && own.id === tree) return [];
    const result = await git.run(["diff-tree", "-r", "-z", "--name-only", "--no-renames", tree, head.commit]);
    return result.status === 0 ? fields(result.stdout).map(shownName) : undefined;
  }

  private commitOf(side: SideName): string | undefined {
    if (side === "base") return this.options.base;
    return this.options.head === "working tree" ? undefined : this.options.head.commit;
  }

  /** Asks for all at once. A partial clone then fetches what it lacks in one go, and is asked again. */
  private async ask(names: readonly (string | Buffer)[]): Promise<readonly GitObject[]> {
    try {
      const found = await this.objects.readAll(names);
      if (this.hasFetched || !found.some(({ state }) => state === "missing") || !isPartial(this.options.repository))
        return found;
    } catch (error) {
      if (!(error instanceof BrokenOff)) throw error;
      if (this.hasFetched || !isPartial(this.options.repository))
        throw failure(this.options.git, "cat-file", { stderr: error.stderr, status: 128 });
    }
    await this.fetchChanged();
    return await this.ask(names);
  }

  /** Counting changed lines makes git fetch, in one request, all contents that differ. */
  private async fetchChanged(): Promise<void> {
    const { git, base, fileBytes } = this.options;
    this.hasFetched = true;
    await this.fetchBetween(base);
    await this.objects.close();
    this.objects = new GitObjects(git, fileBytes);
  }

  /** A search reads all files of the head. */
  private async fetchAll(): Promise<void> {
    await this.fetchBetween(this.options.base.length === 40 ? emptyTree.sha1 : emptyTree.sha256);
  }

  private async fetchBetween(tree: string): Promise<void> {
    const { git, head } = this.options;
    const other = head === "working tree" ? "HEAD" : head.commit;
    const args = ["diff-tree", "-r", "--numstat", "--no-renames", "--no-textconv", "--no-ext-diff", tree, other];
    const result = await git.run(args, "network");
    if (result.status !== 0) throw failure(git, "diff-tree", result);
  }

  private working(raw: Buffer, mode: string): Content {
    return readWorkingFile(this.options.repository.root, raw, this.options.fileBytes, mode);
  }

  private contentOf(object: GitObject): Content {
    switch (object.state) {
      case "found":
        if (object.type !== "blob")
          return {
            state: "unreadable",
            code: "link-to-folder",
            because: "it is a link to a folder; give it as a file",
          };
        return readPointer(this.options.repository.commonFolder, object.bytes) ?? object;
      case "too-large":
        return { state: "unreadable", code: "file-too-large", because: `it has ${object.size} bytes; split it` };
      case "broken-link":
        return {
          state: "unreadable",
          code: "link-leaves-tree",
          because: "the symbolic link leads nowhere, or out of the repository; put its target into the repository",
        };
      default:
        return {
          state: "unreadable",
          code: "missing-object",
          because: "its content is not in this clone; run git fetch --refetch origin",
        };
    }
  }
}
