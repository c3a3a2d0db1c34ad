import type { ObjectPair } from "../inventory/object-pair.ts";
import { type Carried, markThatKeeps, textOf } from "./marks.ts";

/** An application that could not be rendered on both sides, so that nothing can be said of its pools. */
export interface Undecided {
  readonly application: string;
  /** Kebab-case; becomes a part of the rule's name. */
  readonly code: string;
  readonly because: string;
  readonly file: string;
}

/** What deploys an application, and whether it deletes what is no longer among its manifests. */
export interface Pruner {
  readonly application: string;
  readonly prunes: boolean;
  readonly tool: string;
  /** `Argo CD Application payments (apps/payments.yaml)`. */
  readonly by: string;
}

/** A folder that a Kustomization of Flux deploys. */
export interface FluxFolder {
  /** As builds of it are called; empty for the whole repository. */
  readonly folder: string;
  /** As the files in it are shown; empty for the whole repository. */
  readonly shown: string;
  /** Whether it deletes and creates again what the API server refuses to change. */
  readonly forces: boolean;
  /** `the Kustomization pools (clusters/pools.yaml)`. */
  readonly by: string;
}

/** What is known of the applications that the manifests belong to; by their names. */
export interface Deployment {
  readonly undecided: ReadonlyMap<string, Undecided>;
  readonly pruners: ReadonlyMap<string, Pruner>;
  /** Applications that are charts. */
  readonly charts: ReadonlySet<string>;
  readonly fluxFolders: readonly FluxFolder[];
}

export const noDeployment: Deployment = {
  undecided: new Map(),
  pruners: new Map(),
  charts: new Set(),
  fluxFolders: [],
};

/**
 * The Kustomization that forces the changes of an object: the one whose folder is nearest, or one of them. Of a chart it applies
 * the release alone.
 */
export function forcingOf(
  { charts, fluxFolders }: Deployment,
  { application, head }: ObjectPair,
): FluxFolder | undefined {
  if (application !== undefined && charts.has(application)) return undefined;
  // A build of a folder is called by it, and by what else tells it apart.
  const built = application?.replace(/ \(.*$/su, "");
  const file = head?.position.file;
  const byBuild = fluxFolders.filter(({ folder }) => built !== undefined && isWithin(built, folder));
  const around =
    byBuild.length > 0 ? byBuild : fluxFolders.filter(({ shown }) => file !== undefined && isWithin(file, shown));
  const nearest = Math.max(...around.map(({ folder }) => folder.length));
  return around.find(({ folder, forces }) => forces && folder.length === nearest);
}

const isWithin = (path: string, folder: string): boolean =>
  folder === "" || path === folder || path.startsWith(`${folder}/`);

/**
 * What decides whether objects whose manifests are gone are deleted. Of a cluster and its pool, one that is deleted takes the
 * pool's nodes along.
 */
export function pruningOf(deployment: Deployment, gone: readonly [ObjectPair, ...ObjectPair[]]): string {
  const each = gone.map((object) => ({ object, mark: keeping(deployment, object) }));
  const { object, mark } = each.find((one) => one.mark === undefined) ?? each[0]!;
  const pruner = prunerOf(deployment, object);
  const kept = mark === undefined ? "" : `${mark.mark.tool} leaves it as it is, since it says ${textOf(mark)}`;
  if (pruner === undefined) return `deleted if your GitOps tool prunes${kept === "" ? "" : `; ${kept}`}`;
  if (!pruner.prunes) return `${pruner.by} does not prune, so it stays until somebody deletes it`;
  return kept === "" ? `deleted: ${pruner.by} prunes` : kept;
}

const prunerOf = ({ pruners }: Deployment, { application }: ObjectPair): Pruner | undefined =>
  pruners.get(application ?? "");

const keeping = (deployment: Deployment, object: ObjectPair): Carried | undefined =>
  markThatKeeps(object.base, prunerOf(deployment, object)?.tool);
