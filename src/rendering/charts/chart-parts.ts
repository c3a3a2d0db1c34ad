import { posix } from "node:path";
import { listOf } from "../../manifests/json-list.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { JsonObject, PerSide, SideName } from "../../manifests/manifest.ts";
import { objectOf } from "../kustomize/kustomization.ts";
import { type FileTree, folderOf, pathsBelow, readFollowed, type TreeChange, within } from "../trees/file-tree.ts";

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
  const paths = (tree: FileTree): string[] =>
    [...tree.entries.keys()].filter((path) => posix.basename(path) === "Chart.yaml");
  const both = { base: paths(base), head: paths(head) };
  const files = { base: await readFollowed(base, both.base), head: await readFollowed(head, both.head) };
  return {
    folders: new Set([...both.base, ...both.head].map((path) => folderOf(path))),
    parts: { base: partsIn(files.base), head: partsIn(files.head) },
    files,
    links: { base: await folderLinks(base), head: await folderLinks(head) },
  };
}

/** helm follows links in a chart: what they lead to is part of it, as if it stood there. */
async function folderLinks(tree: FileTree): Promise<LocalDependency[]> {
  const links = [...tree.entries].flatMap(([path, { isLink }]) => (isLink ? [path] : []));
  if (links.length === 0) return [];
  return [...(await tree.read(links))].flatMap(([to, content]) => {
    const from = within(posix.dirname(to), content.toString("utf8"));
    return from === undefined || tree.entries.has(from) || pathsBelow(tree, from).length === 0 ? [] : [{ from, to }];
  });
}

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
    found.set(chart, parts);
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
