import { join } from "node:path";
import type { PerSide, SideName } from "../../manifests/manifest.ts";
import { sideNames } from "../../manifests/side-names.ts";
import type { SideRendering } from "../application.ts";
import { buildRoot } from "../kustomize/build-root.ts";
import { alteringRoots, closureOf, type KustomizeGraph } from "../kustomize/kustomize-graph.ts";
import { filesOfRoot, type ReachedRoot } from "../kustomize/reached-roots.ts";
import { writeClosures } from "../kustomize/write-closures.ts";
import type { RenderOptions } from "../render-options.ts";
import { findKustomize } from "../tools/find-tools.ts";
import { inParallel } from "../tools/in-parallel.ts";
import { withPrivateFolder } from "../tools/private-folder.ts";
import type { TreeChange } from "../trees/file-tree.ts";
import { mostReleases } from "./bounds.ts";
import { type IsUnlisted, unlistedIn } from "./unlisted.ts";

/** What a kustomization makes on both sides. */
export interface BuiltRoot {
  readonly file: string;
  /** All that it reads, on either side. */
  readonly files: ReadonlySet<string>;
  /** The same of each side. */
  readonly filesOn: PerSide<ReadonlySet<string>>;
  readonly sides: PerSide<SideRendering | undefined>;
}

/** Kustomizations that change the objects of GitOps tools that they list. */
export interface KustomizedDeployers {
  /** The roots that change what is in a file. */
  readonly rootsOf: (side: SideName, file: string) => readonly string[];
  /** Whether a file of deploying objects is applied on the other side only. */
  readonly isUnlisted: IsUnlisted;
  /** Whether the change reaches a root. */
  readonly isReached: (root: string) => boolean;
  readonly build: (roots: ReadonlySet<string>) => Promise<ReadonlyMap<string, BuiltRoot>>;
}

/** For runs that build nothing: the objects count as they are in their files. */
export const notKustomized: KustomizedDeployers = {
  rootsOf: () => [],
  isUnlisted: () => false,
  isReached: () => false,
  build: async () => await Promise.resolve(new Map()),
};

type Given = Pick<RenderOptions, "mode" | "network" | "searchPath">;

/** The roots of a side are looked up when they are first asked for, and each is built once. */
export function kustomizedDeployers(
  trees: TreeChange,
  graphs: PerSide<KustomizeGraph>,
  options: Given,
): KustomizedDeployers {
  const built = new Map<string, BuiltRoot>();
  const filesOn = (side: SideName, root: string): ReadonlySet<string> =>
    closureOf(graphs[side], root)?.files ?? new Set<string>();
  return {
    isReached: (root) => sideNames.some((side) => [...filesOn(side, root)].some((path) => trees.changed.has(path))),
    isUnlisted: unlistedIn(trees, graphs),
    rootsOf: (side, file) => alteringRoots(graphs[side]).get(file) ?? [],
    build: async (names) => {
      const missing = [...names].filter((root) => !built.has(root));
      const roots = missing.map((root): ReachedRoot => {
        const closures = { base: closureOf(graphs.base, root), head: closureOf(graphs.head, root) };
        return { root, file: (graphs.head.nodes.get(root) ?? graphs.base.nodes.get(root))?.file ?? root, closures };
      });
      const sides = await builds(trees, roots, options);
      for (const [at, one] of roots.entries())
        built.set(one.root, {
          file: one.file,
          files: filesOfRoot(one),
          filesOn: { base: filesOn("base", one.root), head: filesOn("head", one.root) },
          sides: sides[at]!,
        });
      return new Map([...names].map((root) => [root, built.get(root)!] as const));
    },
  };
}

async function builds(
  trees: TreeChange,
  roots: readonly ReachedRoot[],
  { mode, network = false, searchPath }: Given,
): Promise<readonly BuiltRoot["sides"][]> {
  const failed = (because: string): BuiltRoot["sides"][] =>
    roots.map(() => ({ base: { ok: false, because }, head: { ok: false, because } }));
  if (roots.length === 0) return [];
  if (mode === "untrusted")
    return failed("a run for pull_request_target, workflow_run or issue_comment renders nothing of a pull request");
  if (roots.length > mostReleases) return failed(`more than ${mostReleases} kustomizations change such objects`);
  return await withPrivateFolder(async (folder) => {
    const tool = await findKustomize(folder, searchPath);
    if (tool === undefined) return failed("neither kustomize nor kubectl is on PATH");
    const write = async (side: SideName): Promise<ReadonlyMap<string, Buffer>> => {
      const closures = roots.flatMap((root) => root.closures[side] ?? []);
      return await writeClosures(trees[side], closures, [], join(folder, side));
    };
    const written = { base: await write("base"), head: await write("head") };
    const options = { tool, folder, written, network, outputs: new Map() };
    return await inParallel(
      roots.map((root) => async () => {
        const isSame = [...filesOfRoot(root)].every((path) => !trees.changed.has(path));
        if (!isSame) return (await buildRoot(root, options)).sides;
        const alone = { ...root, closures: { base: undefined, head: root.closures.head } };
        const { head } = (await buildRoot(alone, options)).sides;
        return { base: head, head };
      }),
    );
  });
}
