import { sourcesOf } from "../../manifests/deployers.ts";
import type { JsonObject, PerSide, SideName } from "../../manifests/manifest.ts";
import { memoizedByText } from "../../manifests/memoized.ts";
import { matchesStars } from "../../manifests/named-files.ts";
import { valueUnder } from "../../manifests/read-value.ts";
import { canonicalText } from "../../rules/canonical.ts";
import { clusterOf } from "../deployers/argo-application.ts";
import { closureOf, type KustomizeGraph } from "../kustomize/kustomize-graph.ts";
import { foldersAbove, isBelow, isYaml, within } from "../trees/file-tree.ts";
import type { Effective, EffectiveDeployments } from "./effective-deployments.ts";

/** Who applies a file, and to where. */
export interface Cover {
  readonly by: Effective;
  readonly target: string;
}

/** Who applies the files of each side. */
export type FindCovers = (side: SideName, path: string) => readonly Cover[];

export function coverage(deployments: EffectiveDeployments, graphs: PerSide<KustomizeGraph>): FindCovers {
  const filesOn = (graph: KustomizeGraph) => memoizedByText((folder) => closureOf(graph, folder)?.files);
  const filesOf = { base: filesOn(graphs.base), head: filesOn(graphs.head) };
  return (side, path) =>
    deployments[side].flatMap((by) => {
      // Flux lists a folder below that has a kustomization in the place of its files.
      const outermost = (folder: string): string =>
        by.deployment.tool === "Flux"
          ? (foldersAbove(path).findLast((one) => isBelow(one, folder) && graphs[side].nodes.has(one)) ?? folder)
          : folder;
      const isIn = (folder: string, isListed: () => boolean): boolean =>
        (filesOf[side](folder) ?? filesOf[side](outermost(folder)))?.has(path) ?? (isBelow(path, folder) && isListed());
      return foldersOf(by).some(({ folder, source }) => isIn(folder, () => lists(by, folder, source, path)))
        ? [{ by, target: targetOf(by) }]
        : [];
    });
}

function foldersOf({ deployment }: Effective): { readonly folder: string; readonly source: JsonObject }[] {
  const { tool, spec, kind, paths } = deployment;
  // The Applications that a set makes are in the list by themselves.
  if (kind === "ApplicationSet") return [];
  const all = tool === "Flux" ? paths.map((path) => ({ path, source: spec })) : sourcesOf(spec).map(withPath);
  return all.flatMap(({ path, source }) => {
    const folder = typeof path === "string" ? within("", path.replace(/^\/+/, "")) : undefined;
    return folder === undefined || source["chart"] !== undefined ? [] : [{ folder, source }];
  });
}

const withPath = (source: JsonObject) => ({ path: source["path"], source });

/** Which files of a folder without a kustomization count (argo-cd `reposerver/repository` findManifests). */
function lists({ deployment }: Effective, folder: string, source: JsonObject, path: string): boolean {
  if (deployment.tool === "Flux") return isYaml(path);
  if (!/\.(?:ya?ml|json|jsonnet)$/.test(path)) return false;
  const inside = folder === "" ? path : path.slice(folder.length + 1);
  const { directory = {} } = source;
  if (inside.includes("/") && valueUnder(directory, "recurse") !== true) return false;
  const [include, exclude] = ["include", "exclude"].map((key) => valueUnder(directory, key));
  const isPlain = (pattern: unknown): pattern is string => typeof pattern === "string" && !/[?[\]{}\\!]/.test(pattern);
  if (isPlain(exclude) && exclude !== "" && matchesStars(inside, exclude)) return false;
  return !isPlain(include) || include === "" || matchesStars(inside, include);
}

const targetOf = ({ deployment: { tool, spec } }: Effective): string =>
  canonicalText([tool, tool === "Flux" ? (spec["kubeConfig"] ?? null) : clusterOf({ spec })]);
