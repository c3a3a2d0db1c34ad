import type { Interest } from "../../manifests/interest.ts";
import type { PerSide, SideName } from "../../manifests/manifest.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { type TreeChange, within } from "../trees/file-tree.ts";
import { changesOthersAlone } from "./changed-resources.ts";
import {
  type Closure,
  closureOf,
  filesNamed,
  kustomizeGraph,
  type KnownKustomizations,
  type KustomizeGraph,
  unusedFiles,
} from "./kustomize-graph.ts";
import { supersededFolders } from "./superseded.ts";
import type { AppliedRoot } from "./treatment.ts";

/** A kustomization that the change reaches. */
export interface ReachedRoot {
  readonly root: string;
  readonly file: string;
  readonly closures: PerSide<Closure | undefined>;
  /** Where it is built as a GitOps tool deploys it. */
  readonly applied?: AppliedRoot;
  /** True where the change does not reach it, but what its pools use. */
  readonly isSame?: true;
}

/** The files that a root builds in, on either side. */
export const filesOfRoot = ({ closures }: Pick<ReachedRoot, "closures">): ReadonlySet<string> =>
  new Set(sideNames.flatMap((side) => [...(closures[side]?.files ?? [])]));

export interface ReachedRoots {
  readonly roots: readonly ReachedRoot[];
  /** Roots of both sides that the change does not reach, or in which it only reaches what nobody looks for. */
  readonly others: readonly ReachedRoot[];
  /** Files of roots that the change does not reach: equal on both sides, and not manifests by themselves. */
  readonly elsewhere: ReadonlySet<string>;
  /** Changed files that are in the folder of a kustomization but that no kustomization names: they are not deployed. */
  readonly unused: PerSide<ReadonlySet<string>>;
  /** Files that any kustomization of a side names, reached or not. */
  readonly built: PerSide<ReadonlySet<string>>;
  /** Folders of the configuration in which neither side has a kustomization. */
  readonly missing: readonly string[];
  readonly graphs: PerSide<KustomizeGraph>;
  /** Roots of one side that are included on the other, which has the same objects from elsewhere here. */
  readonly superseded: ReadonlySet<string>;
}

/**
 * The roots that a change reaches through whatever they build in that may be, or become, an object of interest: those that nobody
 * includes, and those that the configuration names. A root that is one on a single side is built on that side alone.
 */
export async function reachedRoots(
  trees: TreeChange,
  configured: readonly string[] = [],
  interest?: Interest,
): Promise<ReachedRoots> {
  const { base, head, changed } = trees;
  const elsewhere = new Set<string>();
  const none = { base: new Set<string>(), head: new Set<string>() };
  if (changed.size === 0)
    return {
      roots: [],
      others: [],
      elsewhere,
      unused: none,
      built: none,
      missing: [],
      graphs: noGraphs,
      superseded: new Set(),
    };
  const known: KnownKustomizations = new Map();
  const graphs = { base: await kustomizeGraph(base, known), head: await kustomizeGraph(head, known) };
  const named = configured.map((root) => within("", root) ?? root);
  const rootsOf = (graph: KustomizeGraph): ReadonlySet<string> => new Set([...graph.entries, ...named]);
  const entries = { base: rootsOf(graphs.base), head: rootsOf(graphs.head) };
  const kinds = interest?.rows.filter(({ role }) => role === "judged") ?? [];
  const superseded = await supersededFolders(trees, graphs, kinds);
  const roots: ReachedRoot[] = [];
  const others: ReachedRoot[] = [];
  for (const root of [...new Set([...entries.base, ...entries.head])].toSorted()) {
    const closure = (side: SideName): Closure | undefined =>
      entries[side].has(root) ? closureOf(graphs[side], root) : undefined;
    const closures = { base: closure("base"), head: closure("head") };
    const either = [closures.head, closures.base].filter((one) => one !== undefined);
    const files = either.flatMap((one) => [...one.files]);
    const file = either[0]?.kustomizations.find(({ folder }) => folder === root)?.file;
    const isReached =
      (either.length === 1 && !(superseded.has(root) && !named.includes(root))) ||
      (files.some((one) => changed.has(one)) &&
        !(interest !== undefined && (await changesOthersAlone(trees, either, interest))));
    if (file !== undefined && isReached) roots.push({ root, file, closures });
    else {
      if (file !== undefined && !superseded.has(root)) others.push({ root, file, closures });
      for (const one of files) if (!changed.has(one)) elsewhere.add(one);
    }
  }
  const missing = named.filter((root) => !graphs.base.nodes.has(root) && !graphs.head.nodes.has(root));
  const unused = { base: unusedFiles(graphs.base, base, changed), head: unusedFiles(graphs.head, head, changed) };
  const built = { base: filesNamed(graphs.base), head: filesNamed(graphs.head) };
  return { roots, others, elsewhere, unused, built, missing, graphs, superseded };
}

const noGraph: KustomizeGraph = { nodes: new Map(), entries: [], links: new Map() };
const noGraphs = { base: noGraph, head: noGraph };
