import { posix } from "node:path";
import type { Diagnostic, PerSide } from "../../manifests/manifest.ts";
import { mayBeParameters } from "../../manifests/named-files.ts";
import { quote } from "../../manifests/quote.ts";
import { unrendered } from "../../manifests/unrendered.ts";
import type { DeployedFolder } from "../applied/deployed-folders.ts";
import { deployers } from "../deployers/deployment.ts";
import type { DocumentOfSide, FollowedDocument } from "../deployers/followed-documents.ts";
import { holdsOurs } from "../deployers/judged-files.ts";
import type { KustomizedDeployers } from "../deployers/kustomized-deployers.ts";
import { unlistedIn } from "../deployers/unlisted.ts";
import { isKustomization } from "../kustomize/kustomization.ts";
import { filesNamed, type KustomizeGraph } from "../kustomize/kustomize-graph.ts";
import type { RenderOptions } from "../render-options.ts";
import { folderOf, mayBeManifest, readBoth, sideWith, type TreeChange } from "../trees/file-tree.ts";
import { changedDeployments } from "./changed-deployments.ts";
import { effectiveDeployments } from "./effective-deployments.ts";
import { movedDeployments } from "./moved-deployments.ts";
import { movedPools } from "./moved-pools.ts";
import { noLongerApplied } from "./no-longer-applied.ts";

interface Known {
  readonly trees: TreeChange;
  readonly graphs: PerSide<KustomizeGraph>;
  readonly kustomized: KustomizedDeployers;
  readonly superseded: ReadonlySet<string>;
  readonly deployed: readonly DeployedFolder[];
}

/** Reports changes in what deploys pools that rendering does not show. */
export async function deploymentRemarks(
  { trees, graphs, kustomized, superseded, deployed }: Known,
  options: RenderOptions,
  followed: readonly FollowedDocument[],
): Promise<{ readonly remarks: readonly Diagnostic[]; readonly settled: readonly DocumentOfSide[] }> {
  const isUnlisted = unlistedIn(trees, graphs);
  const known = { trees, graphs, kustomized, isUnlisted };
  if (!(await concerns(trees, graphs, options))) return { remarks: [], settled: [] };
  const deployments = await effectiveDeployments(known);
  const { remarks, settled } = await changedDeployments({ trees, graphs }, deployments, options, followed);
  const others = [
    ...(await movedDeployments({ trees, graphs, deployed }, deployments, options)),
    ...(await overridden(trees, options)),
    ...(await noLongerApplied({ trees, graphs, deployments, isUnlisted, superseded }, options)),
  ];
  return { remarks: [...remarks, ...others], settled };
}

/**
 * Whether a change may reach who deploys what: files are added or removed, a kustomization builds them, or they hold such
 * objects or parameters, or a pool moves from one to another. Editing a manifest in its place does not.
 */
async function concerns(
  trees: TreeChange,
  graphs: Known["graphs"],
  { kinds }: Pick<RenderOptions, "kinds">,
): Promise<boolean> {
  const { base, head } = trees;
  const paths = [...trees.changed];
  if (paths.some((path) => !base.entries.has(path) || !head.entries.has(path) || isKustomization(path))) return true;
  const built = [filesNamed(graphs.base), filesNamed(graphs.head)];
  if (paths.some((path) => overriding.test(posix.basename(path)) || built.some((files) => files.has(path))))
    return true;
  if ((await movedPools(trees, kinds)).length > 0) return true;
  return (await readBoth(trees, paths)).some(([path, bytes]) => {
    const text = bytes.toString("utf8");
    return deployers.test(text) || (mayBeManifest(path) && mayBeParameters(path, text));
  });
}

/** Files in a deployed folder that override how it is deployed or which files count. They are not followed. */
const overriding = /^\.(?:argocd-source(?:-.*)?\.yaml|sourceignore)$/;

async function overridden(trees: TreeChange, { kinds, accepts, shown }: RenderOptions): Promise<Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const path of trees.changed) {
    const folder = folderOf(path);
    if (!overriding.test(posix.basename(path)) || !accepts(path)) continue;
    if (!(await holdsOurs(trees, [folder === "" ? "./" : folder], kinds))) continue;
    const message = `${quote(path)} changed, and what it does to what is deployed from its folder is not known: render both sides and pass the two directories`;
    found.push(unrendered(message, { file: shown(sideWith(trees, path), path) }));
  }
  return found;
}
