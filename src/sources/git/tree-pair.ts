import { existsSync } from "node:fs";
import { sep } from "node:path";
import type { SideName } from "../../manifests/manifest.ts";
import { type Change, type Content, type TreePair } from "../change.ts";
import { InputError } from "../input-error.ts";
import { linkTarget } from "../link-target.ts";
import { isManifestName, otherFiles } from "../manifest-name.ts";
import { shownName } from "../shown-name.ts";
import { brokenLink, linkToFolder, notSearched, tooLarge } from "../unreadable.ts";
import { failure, mayLack } from "./failure.ts";
import { findChanges, type Point } from "./find-changes.ts";
import { parseGrep, unreadIn } from "./grep.ts";
import { readPointer } from "./lfs.ts";
import { BrokenOff, type GitObject, GitObjects } from "./objects.ts";
import { type Git, mostComplaints } from "./process.ts";
import { fields } from "./raw-diff.ts";
import { isPartial, isSparse, type Repository } from "./repository.ts";
import { readWorkingFile } from "./working-tree.ts";

interface PairOptions {
  readonly git: Git;
  readonly repository: Repository;
  readonly objects: GitObjects;
  /** A commit or a tree. */
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

/** The tree without files, which git knows without having it; in the format of another object's id. */
export const emptyTree = (id: string): string =>
  id.length === 40
    ? "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
    : "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321";

/** A word in a pattern; no kind that an API server knows holds other letters. */
const literal = (word: string): string => word.replaceAll(/\W/g, ".");

const contentMissing = {
  code: "content-missing",
  because: "this clone lacks its content; fetch it with git fetch --refetch --no-filter origin",
};

export class GitPair implements TreePair {
  readonly changes: readonly Change[];
  readonly options: PairOptions;
  #objects: GitObjects;
  /** What a partial clone has fetched by now: contents that differ, or those of all files. */
  #fetched: "nothing" | "differing" | "all" = "nothing";
  #wholePair: GitPair | undefined;
  /** Files that were found in the index alone: a sparse checkout does not hold them. */
  readonly #notCheckedOut = new Set<string>();

  constructor(options: PairOptions, changes: readonly Change[]) {
    this.options = options;
    this.changes = changes;
    this.#objects = options.objects;
  }

  /** Ends the processes that were started here; the one that was given is its owner's to end. */
  async close(): Promise<void> {
    await this.#wholePair?.close();
    if (this.#objects !== this.options.objects) await this.#objects.close();
  }

  readonly read: TreePair["read"] = async (_side, entries) => {
    const names = entries.flatMap(({ entry }) => (entry.id === null ? [] : [entry.id]));
    const found = await this.#ask(names);
    let index = 0;
    return entries.map(({ raw, entry }) =>
      entry.id === null ? this.#working(raw, entry.mode) : this.#contentOf(found[index++]!),
    );
  };

  readonly follow: TreePair["follow"] = async (side, raw, link) => {
    const commit = this.#commitOf(side);
    if (commit === undefined) return readWorkingFile(this.options.repository.root, raw, this.options.fileBytes);
    const target = linkTarget(raw, link);
    if (target === undefined) return brokenLink;
    const [object] = await this.#ask([Buffer.concat([Buffer.from(`${commit}:`), target])]);
    return this.#contentOf(object!);
  };

  readonly search: TreePair["search"] = async (words) => {
    const commit = this.#commitOf("head");
    const found = await this.#grep(words, commit === undefined ? [] : [commit]);
    if (commit !== undefined || !isSparse(this.options.repository)) return found;
    const cached = await this.#grep(words, ["--cached"]);
    const outside = cached.files.filter(({ raw }) => !this.#isCheckedOut(raw));
    for (const { key } of outside) this.#notCheckedOut.add(key);
    return { files: [...found.files, ...outside], diagnostics: [...found.diagnostics, ...cached.diagnostics] };
  };

  async #grep(words: readonly string[], where: readonly string[]): ReturnType<TreePair["search"]> {
    const { git } = this.options;
    // A kind may be written in other letters. No pattern may look far from each place where it begins: grep would for all of them.
    const spelledKind = String.raw`\\(x|u00|U000000)[4-7]|"[^"]*[[:alpha:]]\\.?$|!![b%]|!<`;
    const kinds = [...words.map(literal), spelledKind].join("|");
    // Only files with such a kind are shown, with all lines that tell whom they name, that are still to be filled in, or that
    // tell the documents apart which define kinds.
    const spelled = String.raw`\\[xuU]|"[^"]*\\.?$|!![b%]|!<|[*][[:alnum:]_-]+[[:space:]]*:`;
    const lines = String.raw`[nN]ame|${spelled}|\{\{|\{%|<%|\$[{(]|\(\(|^---|^kind: *["']?CustomResourceDefinition`;
    const patterns = [kinds, lines].flatMap((pattern) => ["-e", pattern]);
    // Threads wait for each other to unpack objects: two take half as much processor time again, and are hardly done sooner.
    // Unless told, git looks for where colours would go, also when it prints none: again for each match in a long line.
    const options = [
      "--no-color",
      "--threads=1",
      "-a",
      "-z",
      "-E",
      "--all-match",
      "--no-recurse-submodules",
      "--full-name",
    ];
    const args = [
      "grep",
      ...options,
      ...patterns,
      ...where,
      "--",
      ":/",
      ...otherFiles.map((end) => `:(exclude)*.${end}`),
    ];
    let result = await git.run(args);
    // At the first content that it lacks, an older git ends; a newer one says so and goes on.
    const isShort = result.status > 1 ? mayLack(result.stderr) : unreadIn(result.stderr).some(isManifestName);
    if (isShort && isPartial(this.options.repository)) {
      try {
        await this.#fetchAll();
        result = await git.run(args);
      } catch (error) {
        // What it could search still counts.
        if (!(error instanceof InputError) || result.status > 1) throw error;
      }
    }
    const unread = unreadIn(result.stderr);
    const isCut = result.stderr.length >= mostComplaints;
    if (result.status > 1 || isCut || (unread.length === 0 && result.stderr.includes("unable to read")))
      throw failure(git, "grep", result);
    const [commit] = where;
    return {
      files: parseGrep(result.stdout, commit === undefined || commit === "--cached" ? 0 : commit.length + 1),
      diagnostics: unread
        .filter(isManifestName)
        .map((path) => notSearched(shownName(Buffer.from(path)), contentMissing)),
    };
  }

  #isCheckedOut(raw: Buffer): boolean {
    return existsSync(Buffer.concat([Buffer.from(this.options.repository.root + sep), raw]));
  }

  readonly readFound: TreePair["readFound"] = async (found) => {
    const commit = this.#commitOf("head");
    const named = found.filter(({ key }) => commit !== undefined || this.#notCheckedOut.has(key));
    const objects = await this.#ask(named.map(({ raw }) => Buffer.concat([Buffer.from(`${commit ?? ""}:`), raw])));
    const contents = new Map(named.map(({ key }, index) => [key, this.#contentOf(objects[index]!)]));
    return found.map(({ key, raw }) => contents.get(key) ?? this.#working(raw, "100644"));
  };

  /** The whole trees, where only a part of them is compared. */
  async whole(): Promise<GitPair> {
    if (this.options.path === undefined) return this;
    this.#wholePair ??= await openPair({ ...this.options, objects: this.#objects, path: undefined });
    return this.#wholePair;
  }

  /** Paths in which the head differs from another tree; undefined when that cannot be told. */
  async pathsSince(tree: string): Promise<readonly string[] | undefined> {
    const { git, head } = this.options;
    if (head === "working tree") return undefined;
    const [own] = await this.#ask([`${head.commit}^{tree}`]);
    if (own?.state === "found" && own.id === tree) return [];
    const result = await git.run(["diff-tree", "-r", "-z", "--name-only", "--no-renames", tree, head.commit]);
    return result.status === 0 ? fields(result.stdout).map(shownName) : undefined;
  }

  #commitOf(side: SideName): string | undefined {
    if (side === "base") return this.options.base;
    return this.options.head === "working tree" ? undefined : this.options.head.commit;
  }

  /** Asks for all at once. A partial clone then fetches what it lacks in one go, and is asked again. */
  async #ask(names: readonly (string | Buffer)[]): Promise<readonly GitObject[]> {
    try {
      const found = await this.#objects.readAll(names);
      if (!found.some(({ state }) => state === "missing") || !this.#canFetch()) return found;
    } catch (error) {
      if (!(error instanceof BrokenOff)) throw error;
      if (!this.#canFetch()) throw failure(this.options.git, "cat-file", { stderr: error.stderr, status: 128 });
    }
    await this.#fetchMore();
    return await this.#ask(names);
  }

  #canFetch(): boolean {
    return this.#fetched !== "all" && isPartial(this.options.repository);
  }

  /** First what differs; what is rendered is made of files that do not differ too. */
  async #fetchMore(): Promise<void> {
    const { git, base, fileBytes } = this.options;
    this.#fetched = this.#fetched === "nothing" ? "differing" : "all";
    await (this.#fetched === "all" ? this.#fetchAll() : this.#fetchSince(base));
    await this.#objects.close();
    this.#objects = new GitObjects(git, fileBytes);
  }

  /** All files of the head. */
  async #fetchAll(): Promise<void> {
    await this.#fetchSince(emptyTree(this.options.base));
  }

  /** Counting changed lines makes git fetch, in one request, all contents that differ. */
  async #fetchSince(tree: string): Promise<void> {
    const { git, head } = this.options;
    const other = head === "working tree" ? "HEAD" : head.commit;
    const args = ["diff-tree", "-r", "--numstat", "--no-renames", "--no-textconv", "--no-ext-diff", tree, other];
    const result = await git.run(args, "network");
    if (result.status !== 0) throw failure(git, "diff-tree", result);
  }

  #working(raw: Buffer, mode: string): Content {
    return readWorkingFile(this.options.repository.root, raw, this.options.fileBytes, mode);
  }

  #contentOf(object: GitObject): Content {
    switch (object.state) {
      case "found":
        if (object.type !== "blob") return linkToFolder;
        return readPointer(this.options.repository.commonFolder, object.bytes, this.options.fileBytes) ?? object;
      case "too-large":
        return tooLarge(object.size);
      case "broken-link":
        return brokenLink;
      default:
        return {
          state: "unreadable",
          code: "missing-object",
          because: "its content is not in this clone; run git fetch --refetch origin",
        };
    }
  }
}
