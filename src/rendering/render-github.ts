import type { Diagnostic, SideName } from "../manifests/manifest.ts";
import type { TreeEntry } from "../sources/change.ts";
import { isLink, isSubmodule } from "../sources/git/raw-diff.ts";
import type { GitHubChange, ListedPair } from "../sources/github.ts";
import type { RenderedSides } from "./assemble.ts";
import { isRoot } from "./may-render.ts";
import type { RenderOptions } from "./render-options.ts";
import { renderSides } from "./render.ts";
import { type FileTree, mayBeManifest, type TreeChange } from "./trees/file-tree.ts";

/** Renders what changed between two commits that are read from GitHub, whose files were read before. */
export async function renderGitHub(
  { base, head, pair }: Pick<GitHubChange, "base" | "head" | "pair">,
  options: RenderOptions,
): Promise<RenderedSides> {
  const trees = listedTrees(pair);
  if (trees !== undefined) return await renderSides(trees, { base, head }, options);
  const { accepts } = options;
  const mayMatter = pair.changes.some(({ path }) => accepts(path) && (mayBeManifest(path) || isRoot(path)));
  const diagnostics = mayMatter ? [...head.diagnostics, notListed] : head.diagnostics;
  return { base, head: { ...head, diagnostics }, rendering: { renderers: [], undecided: [] } };
}

/** Both versions of the repository; undefined where GitHub does not list all of it. */
function listedTrees(pair: ListedPair): TreeChange | undefined {
  if (pair.listed === undefined) return undefined;
  const entries = new Map(pair.listed.map((row) => [row.path, row as TreeEntry]));
  const both = { base: new Map(entries), head: entries };
  for (const { raw, base } of pair.changes) {
    const path = raw.toString("utf8");
    if (base === undefined) both.base.delete(path);
    else both.base.set(path, base);
  }
  return {
    base: treeOf(pair, "base", both.base),
    head: treeOf(pair, "head", both.head),
    changed: new Set(pair.changes.map(({ raw }) => raw.toString("utf8"))),
  };
}

function treeOf(pair: ListedPair, side: SideName, all: ReadonlyMap<string, TreeEntry>): FileTree {
  const files = new Map([...all].filter(([, entry]) => !isSubmodule(entry)));
  const read: FileTree["read"] = async (paths) => {
    const rows = paths.flatMap((path) => {
      const entry = files.get(path);
      return entry === undefined ? [] : [{ path, raw: Buffer.from(path), entry }];
    });
    const contents = await pair.read(side, rows);
    return new Map(
      rows.flatMap(({ path }, index) => {
        const content = contents[index];
        return content?.state === "found" ? [[path, content.bytes] as const] : [];
      }),
    );
  };
  return { entries: new Map([...files].map(([path, entry]) => [path, { isLink: isLink(entry) }] as const)), read };
}

const notListed: Diagnostic = {
  severity: "warning",
  code: "not-rendered",
  message:
    "GitHub cuts the list of this repository's files, so kustomizations and charts that the change may reach were not looked for. Check the repository out before this step: actions/checkout with fetch-depth: 2",
  incomplete: true,
};
