import { addTo } from "../../manifests/group-by.ts";
import { memoized } from "../../manifests/memoized.ts";
import { type FileTree, folderOf, linkTargets, pathsBelow, readFollowed } from "../trees/file-tree.ts";
import { behindLinks, type FolderLinks, folderLinks } from "../trees/folder-links.ts";
import {
  filesMentioned,
  isKustomization,
  type Kustomization,
  kustomizationNames,
  parseKustomization,
  programOf,
} from "./kustomization.ts";
import { mappingsIn } from "./taken-kinds.ts";

/** All kustomizations of one tree, by folder, and what each names. */
export interface KustomizeGraph {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  /** Folders that no kustomization includes. */
  readonly entries: readonly string[];
  readonly links: FolderLinks;
}

/** What a build reaches through symbolic links to folders. */
interface ThroughLinks {
  /** Links behind which the build goes on, and the folders to which they lead. */
  readonly folders: ReadonlyMap<string, string>;
  /** Files as they are named, and where they stand. */
  readonly files: ReadonlyMap<string, string>;
}

interface GraphNode extends Kustomization {
  readonly files: ReadonlySet<string>;
  readonly includes: readonly string[];
  readonly throughLinks: ThroughLinks;
}

/** All that takes part in one build. */
export interface Closure {
  readonly root: string;
  readonly folders: ReadonlySet<string>;
  readonly files: ReadonlySet<string>;
  readonly kustomizations: readonly Kustomization[];
  readonly throughLinks: ThroughLinks;
}

/** Kustomizations parsed for the other side, by path: most are the same there. */
export type KnownKustomizations = Map<string, { readonly bytes: Buffer; readonly kustomization: Kustomization }>;

export async function kustomizeGraph(tree: FileTree, known: KnownKustomizations): Promise<KustomizeGraph> {
  const rank = (path: string): number => kustomizationNames.indexOf(path.slice(path.lastIndexOf("/") + 1));
  const paths = [...tree.entries.keys()].filter(isKustomization).toSorted((a, b) => rank(a) - rank(b));
  const contents = await readFollowed(tree, paths);
  const found = new Map<string, Kustomization>();
  for (const path of paths) {
    const bytes = contents.get(path);
    if (bytes === undefined) continue;
    const other = known.get(path);
    const kustomization = other?.bytes.equals(bytes) === true ? other.kustomization : parseKustomization(path, bytes);
    known.set(path, { bytes, kustomization });
    if (!found.has(kustomization.folder)) found.set(kustomization.folder, kustomization);
  }
  const plugins = await readFollowed(
    tree,
    [...found.values()].flatMap((one) => one.plugins).filter((path) => tree.entries.has(path)),
  );
  const links = await folderLinks(tree);
  const nodes = new Map<string, GraphNode>();
  for (const one of found.values()) {
    const objects = one.plugins.flatMap((path) => mappingsIn(plugins, path).map((value) => ({ path, value })));
    const more = objects.flatMap(({ value }) => filesMentioned(value, one.folder));
    const refusals = [...one.refusals, ...objects.flatMap(({ path, value }) => programOf(value, path))];
    const node = nodeOf({ ...one, refusals }, more, { tree, links, isKnown: (folder) => found.has(folder) });
    const targets = await linkTargets(tree, [...node.files]);
    nodes.set(one.folder, { ...node, files: new Set([one.file, ...node.files, ...[...targets.values()].flat()]) });
  }
  const included = new Set([...nodes.values()].flatMap(({ includes }) => includes));
  const entries = [...nodes.values()].filter(({ folder, isComponent }) => !isComponent && !included.has(folder));
  return { nodes, entries: entries.map(({ folder }) => folder).toSorted(), links };
}

/** A kustomization with what is there of what it names. */
function nodeOf(
  one: Kustomization,
  more: readonly string[],
  { tree, links, isKnown }: { tree: FileTree; links: FolderLinks; isKnown: (folder: string) => boolean },
): GraphNode {
  const files = new Set<string>();
  const includes = new Set<string>();
  const throughLinks = { folders: new Map<string, string>(), files: new Map<string, string>() };
  for (const name of [...one.included, ...one.mentioned, ...more]) {
    const { path, through } = behindLinks(links, name);
    if (through.length > 0 && tree.entries.has(path)) throughLinks.files.set(name, path);
    for (const each of [path, ...through]) if (tree.entries.has(each)) files.add(each);
  }
  for (const name of one.included) {
    const { path, through } = behindLinks(links, name);
    if (path === one.folder || !isKnown(path)) continue;
    includes.add(path);
    for (const link of through) throughLinks.folders.set(link, links.get(link) ?? "");
  }
  return { ...one, files, includes: [...includes], throughLinks };
}

/** The same graph with another kustomization in the place of one, or where there was none. */
export function withKustomization(graph: KustomizeGraph, tree: FileTree, one: Kustomization): KustomizeGraph {
  const own = graph.nodes.get(one.folder)?.files ?? [];
  const node = nodeOf(one, [], { tree, links: graph.links, isKnown: (folder) => graph.nodes.has(folder) });
  const whole = { ...node, files: new Set([...own, ...node.files]) };
  return { ...graph, nodes: new Map([...graph.nodes, [one.folder, whole]]) };
}

/** All files that a kustomization names. */
export const filesNamed = memoized(
  ({ nodes }: KustomizeGraph): ReadonlySet<string> => new Set([...nodes.values()].flatMap(({ files }) => [...files])),
);

/** The files that are in the folder of a kustomization but that no kustomization names. */
export function unusedFiles(graph: KustomizeGraph, tree: FileTree, paths: ReadonlySet<string>): ReadonlySet<string> {
  const named = filesNamed(graph);
  const isBeside = (path: string): boolean => graph.nodes.has(folderOf(path));
  return new Set([...paths].filter((path) => tree.entries.has(path) && isBeside(path) && !named.has(path)));
}

/** What a build of `root` reads, as far as it can be told; undefined when there is no kustomization. */
export function closureOf({ nodes }: KustomizeGraph, root: string): Closure | undefined {
  if (!nodes.has(root)) return undefined;
  const folders = new Set<string>();
  const files = new Set<string>();
  const kustomizations: Kustomization[] = [];
  const throughLinks = { folders: new Map<string, string>(), files: new Map<string, string>() };
  const open = [root];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const node = nodes.get(folder);
    if (node === undefined || folders.has(folder)) continue;
    folders.add(folder);
    kustomizations.push(node);
    for (const file of node.files) files.add(file);
    for (const [link, target] of node.throughLinks.folders) throughLinks.folders.set(link, target);
    for (const [name, path] of node.throughLinks.files) throughLinks.files.set(name, path);
    open.push(...node.includes);
  }
  return { root, folders, files, kustomizations, throughLinks };
}

/** Fields that leave the specs of objects as they are; `namespace` counts where one is made of it. */
const harmless: ReadonlySet<string> = new Set([
  "apiVersion",
  "bases",
  "commonAnnotations",
  "commonLabels",
  "components",
  "kind",
  "labels",
  "metadata",
  "resources",
  "sortOptions",
]);

/** The roots by the files that they build in. */
export const rootsByFile = memoized((graph: KustomizeGraph) => rootsWith(graph, () => true));

/** The roots whose builds do more to objects than to list and label them, by the files that they build in. */
export const alteringRoots = memoized((graph: KustomizeGraph) =>
  rootsWith(graph, ({ value }) => Object.keys(value).some((field) => !harmless.has(field))),
);

function rootsWith(
  graph: KustomizeGraph,
  isMeant: (one: Kustomization) => boolean,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const root of graph.entries) {
    const closure = closureOf(graph, root);
    if (closure?.kustomizations.some(isMeant) !== true) continue;
    for (const file of closure.files) addTo(found, file, root);
  }
  return found;
}

/** The files that a build may read: those that are named, and those beside a kustomization. */
export function filesToBuild(tree: FileTree, { files, folders, kustomizations }: Closure): ReadonlySet<string> {
  const beside = [...folders].flatMap((folder) => pathsBelow(tree, folder).filter((path) => folderOf(path) === folder));
  const included = new Set(kustomizations.flatMap((one) => one.included.filter((path) => path !== "")));
  const below = [...included].flatMap((folder) => pathsBelow(tree, folder));
  return new Set([...[...files].filter((path) => tree.entries.has(path)), ...beside, ...below]);
}
