import { posix } from "node:path";
import { Blobs } from "../github/blobs.ts";
import { named, type RepositoryAccess } from "../github/repository.ts";
import { compareTrees, type TreeDifference } from "../github/trees.ts";
import type { Diagnostic, SideName } from "../manifests/manifest.ts";
import {
  type BaseReader,
  type ChangedSides,
  type Content,
  type HeadReader,
  modes,
  type TreeEntry,
  type TreePair,
  type Wish,
} from "./change.ts";
import { mentions } from "./companions.ts";
import { withoutDefinitions } from "./definitions.ts";
import { isSubmodule } from "./git/raw-diff.ts";
import { headReader } from "./head-reader.ts";
import { InputError } from "./input-error.ts";
import { linkTarget, mostLinks } from "./link-target.ts";
import { isManifestName } from "./manifest-name.ts";
import { readTreePair } from "./read-tree-pair.ts";
import { brokenLink, linkToFolder, notSearched } from "./unreadable.ts";

/** What one side is called, and its commit. */
export interface CommitSide {
  readonly label: string;
  readonly commit: string;
}

export const defaultFileBytes = 100 * 1024 * 1024;
/** Unchanged files that are read to find what uses a changed object. */
export const maximumSearched = 5000;

/** A change whose trees can still be asked. */
export interface GitHubChange extends ChangedSides {
  readonly pair: ListedPair;
  readonly readHead: HeadReader;
}

/** Two trees as GitHub lists them. */
export interface ListedPair extends Pick<TreePair, "changes" | "read"> {
  /** Every entry of the head; undefined where the tree is too large for one list. */
  readonly listed: TreeDifference["head"];
}

/** Reads both sides of a change from GitHub, without a checkout. */
export async function readGitHub(
  access: RepositoryAccess,
  sides: { readonly base: CommitSide; readonly head: CommitSide },
  wish: Wish,
): Promise<GitHubChange> {
  const difference = await compareTrees(access, sides.base.commit, sides.head.commit);
  const blobs = new Blobs(access, defaultFileBytes);
  const read: BaseReader = async (path) => await readBase(access, blobs, difference, sides.base, path);
  const wanted = typeof wish === "function" ? await wish(read) : wish;
  const pair = new GitHubPair(access, blobs, difference, sides);
  const labels = {
    base: { label: sides.base.label, revision: sides.base.commit },
    head: { label: sides.head.label, revision: sides.head.commit },
  };
  return {
    ...(await readTreePair(pair, labels, wanted)),
    changed: difference.changes.map(({ path }) => path),
    pair,
    readHead: headReader({ changes: pair.changes, read: async (...of) => await pair.read(...of) }, read),
  };
}

async function readBase(
  access: RepositoryAccess,
  blobs: Blobs,
  { changes, head }: TreeDifference,
  base: CommitSide,
  path: string,
): Promise<Buffer | undefined> {
  const change = changes.find((one) => one.path === path);
  const listed = change === undefined ? head?.find((row) => row.path === path) : change.base;
  const isUnlisted = change === undefined && head === undefined;
  const entry = isUnlisted ? await entryAt(access, base.commit, path) : listed;
  if (entry === undefined || entry.id === null || entry.mode === modes.folder) return undefined;
  const { id } = entry;
  const [content] = await blobs.read([id]);
  if (content?.state === "found") return content.bytes;
  // A file that cannot be read may contain the gates, so the run ends.
  throw new InputError(content?.code ?? "missing-object", `${path} of the base was not read: ${content?.because}`);
}

/** Walks down to one file or folder, which no list of the whole tree shows. */
async function entryAt(access: RepositoryAccess, commit: string, path: string): Promise<TreeEntry | undefined> {
  let entry: TreeEntry = { mode: modes.folder, id: commit };
  for (const name of path.split("/")) {
    if (entry.mode !== modes.folder || entry.id === null) return undefined;
    const row = (await rowsOf(access, entry.id)).find((one) => one.path === name);
    if (row === undefined) return undefined;
    entry = { mode: row.mode, id: row.sha };
  }
  return entry;
}

async function rowsOf(access: RepositoryAccess, tree: string) {
  const { data } = await access.client.request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", {
    ...named(access),
    tree_sha: tree,
  });
  return data.tree;
}

class GitHubPair implements TreePair, ListedPair {
  readonly changes: TreePair["changes"];
  readonly listed: ListedPair["listed"];
  readonly #access: RepositoryAccess;
  readonly #blobs: Blobs;
  readonly #difference: TreeDifference;
  readonly #sides: { readonly base: CommitSide; readonly head: CommitSide };
  /** Contents that a search has read already. */
  readonly #found = new Map<string, Content>();

  constructor(
    access: RepositoryAccess,
    blobs: Blobs,
    difference: TreeDifference,
    sides: { readonly base: CommitSide; readonly head: CommitSide },
  ) {
    this.#access = access;
    this.#blobs = blobs;
    this.#difference = difference;
    this.#sides = sides;
    this.changes = difference.changes;
    this.listed = difference.head;
  }

  readonly announce: NonNullable<TreePair["announce"]> = async (changes) => {
    const entries = changes.flatMap(({ base, head }) => [base, head]);
    await this.#blobs.read(entries.flatMap((entry) => (isSubmodule(entry) ? [] : (entry?.id ?? []))));
  };

  readonly read: TreePair["read"] = async (_side, entries) =>
    await this.#blobs.read(entries.map(({ entry }) => entry.id ?? ""));

  readonly follow: TreePair["follow"] = async (side, raw, link) => {
    let [from, bytes] = [raw, link];
    for (let links = 0; links < mostLinks; links += 1) {
      const target = linkTarget(from, bytes);
      if (target === undefined) return brokenLink;
      const path = posix.normalize(target.toString("utf8"));
      const entry = this.#entryAt(side, path) ?? (await entryAt(this.#access, this.#sides[side].commit, path));
      if (entry?.mode === modes.folder) return linkToFolder;
      if (entry === undefined || entry.id === null || isSubmodule(entry)) return brokenLink;
      const [content = brokenLink] = await this.#blobs.read([entry.id]);
      if (content.state !== "found" || entry.mode !== modes.link) return content;
      [from, bytes] = [Buffer.from(path), content.bytes];
    }
    return brokenLink;
  };

  readonly search: TreePair["search"] = async (words) => {
    const changed = new Set(this.changes.map(({ path }) => path));
    const all = this.#difference.head?.filter(
      ({ path, mode }) => !changed.has(path) && mode !== modes.link && mode !== modes.submodule,
    );
    // Where there are too many files, only those named like manifests are searched, and the rest is reported.
    const rows =
      all === undefined || all.length <= maximumSearched ? all : all.filter(({ path }) => isManifestName(path));
    if (rows === undefined || rows.length > maximumSearched) return { files: [], diagnostics: [treeNotSearched] };
    const contents = await this.#blobs.read(rows.map(({ id }) => id ?? ""));
    const files = rows.flatMap(({ path }, index) => {
      const content = contents[index];
      if (content?.state !== "found" || !mentions(content.bytes, words)) return [];
      this.#found.set(path, content);
      const text = withoutDefinitions(content.bytes.toString("utf8"));
      const raw = Buffer.from(path);
      return text === "" ? [] : [{ key: raw.toString("latin1"), raw, path, text }];
    });
    const unread = rows.flatMap(({ path }, index) => {
      const content = contents[index];
      // What is no text holds no manifest.
      if (content?.state !== "unreadable" || content.code === "not-utf8" || !isManifestName(path)) return [];
      return [notSearched(path, content)];
    });
    return { files, diagnostics: rows === all ? unread : [treeNotSearched, ...unread] };
  };

  readonly readFound: TreePair["readFound"] = async (files) =>
    await Promise.resolve(files.map(({ path }) => this.#found.get(path) ?? brokenLink));

  #entryAt(side: SideName, path: string): TreeEntry | undefined {
    const change = this.#difference.changes.find((one) => one.path === path);
    if (change !== undefined) return change[side];
    return this.#difference.head?.find((row) => row.path === path);
  }
}

const treeNotSearched: Diagnostic = {
  severity: "warning",
  code: "tree-not-searched",
  message: `unchanged manifests may use what changed, and not all were searched: the repository has too many files (over ${maximumSearched}). Check it out before this step: actions/checkout with fetch-depth: 2`,
  incomplete: true,
} as const;
