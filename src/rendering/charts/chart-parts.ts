import { posix } from "node:path";
import { listOf } from "../../manifests/json-list.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { JsonObject, PerSide, SideName } from "../../manifests/manifest.ts";
import { objectOf } from "../kustomize/kustomization.ts";
import { type FileTree, folderOf, readFollowed, type TreeChange, within } from "../trees/file-tree.ts";
import { folderLinks } from "../trees/folder-links.ts";

/** The most charts of the repository that are put into one. */
export const mostParts = 500;

/** A chart of the repository that another one depends on: where it stands, and where helm looks for it. */
export interface LocalDependency {
  readonly from: string;
  readonly to: string;
}

/** The charts of both sides. */
export interface Charts {
  readonly folders: ReadonlySet<string>;
  /** Which charts of the repository each chart names as a part: where it stands, and under which name. */
  readonly parts: PerSide<ReadonlyMap<string, readonly Part[]>>;
  /** What each `Chart.yaml` says, by its path. */
  readonly files: PerSide<ReadonlyMap<string, Buffer>>;
  /** Symbolic links to folders, and where they lead to. */
  readonly links: PerSide<readonly LocalDependency[]>;
}

interface Part {
  readonly name: string;
  readonly folder: string;
}

export async function chartsOf({ base, head }: TreeChange): Promise<Charts> {
  const paths = (tree: FileTree, name: string): string[] =>
    [...tree.entries.keys()].filter((path) => posix.basename(path) === name);
  const both = { base: paths(base, "Chart.yaml"), head: paths(head, "Chart.yaml") };
  const files = { base: await readFollowed(base, both.base), head: await readFollowed(head, both.head) };
  const listing = async (side: SideName, tree: FileTree): Promise<ReadonlyMap<string, Buffer>> =>
    new Map([...files[side], ...(await readFollowed(tree, paths(tree, dependencyList)))]);
  return {
    folders: new Set([...both.base, ...both.head].map((path) => folderOf(path))),
    parts: { base: partsIn(await listing("base", base)), head: partsIn(await listing("head", head)) },
    files,
    links: { base: await linkedFolders(base), head: await linkedFolders(head) },
  };
}

/** Where charts of `apiVersion: v1` list what they depend on (helm `pkg/chart/loader` LoadFiles). */
export const dependencyList = "requirements.yaml";

/** helm follows links in a chart: what they lead to is part of it, as if it stood there. */
const linkedFolders = async (tree: FileTree): Promise<LocalDependency[]> =>
  Array.from(await folderLinks(tree), ([to, from]) => ({ from, to }));

/** Dependencies by `file://`, which `helm dependency build` would copy into `charts/`. */
function partsIn(files: ReadonlyMap<string, Buffer>): ReadonlyMap<string, readonly Part[]> {
  const found = new Map<string, readonly Part[]>();
  for (const [path, bytes] of files) {
    if (!bytes.includes("file://")) continue;
    const chart = folderOf(path);
    const listed = objectOf(bytes.toString("utf8"))["dependencies"];
    const rows = listOf(listed).filter(isObject);
    const parts = rows.flatMap((row) => {
      const folder = localFolder(row, chart);
      const name = row["name"];
      return folder === undefined || typeof name !== "string" || name.includes("/") ? [] : [{ name, folder }];
    });
    found.set(chart, [...(found.get(chart) ?? []), ...parts]);
  }
  return found;
}

/** The parts of a chart, and theirs, up to the bound and one more; a chart is no part of itself. */
export function localDependencies(parts: Charts["parts"][SideName], chart: string): LocalDependency[] {
  const found: LocalDependency[] = [];
  const open = [{ folder: chart, at: chart, above: [chart] }];
  for (let next = open.pop(); next !== undefined && found.length <= mostParts; next = open.pop())
    for (const { name, folder } of parts.get(next.folder) ?? []) {
      if (next.above.includes(folder) || found.length > mostParts) continue;
      const to = posix.join(next.at, "charts", name);
      found.push({ from: folder, to });
      open.push({ folder, at: to, above: [...next.above, folder] });
    }
  return found;
}

function localFolder({ repository }: JsonObject, chart: string): string | undefined {
  if (typeof repository !== "string" || !repository.startsWith("file://")) return undefined;
  return within(chart, repository.slice("file://".length));
}

export const cleanFolder = (folder: string): string => within("", folder) ?? folder;
