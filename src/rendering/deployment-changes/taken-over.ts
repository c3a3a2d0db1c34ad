import { isObject } from "../../manifests/json-object.ts";
import type { JsonObject, PerSide } from "../../manifests/manifest.ts";
import { valueUnder } from "../../manifests/read-value.ts";
import { canonicalText } from "../../rules/canonical.ts";
import { isDeleting } from "../applied/folder-releases.ts";
import { deletesWithIt } from "../deployers/argo-application.ts";
import { fixedFolder } from "../deployers/judged-files.ts";
import { closureOf, type KustomizeGraph } from "../kustomize/kustomize-graph.ts";
import { judgedIn } from "../objects-in.ts";
import type { JudgedKind } from "../relevant.ts";
import { isBelow, mayBeManifest, readFollowed, type TreeChange } from "../trees/file-tree.ts";
import type { Effective } from "./effective-deployments.ts";

/** Whether an object deletes with it what it deployed. */
export function takesAlong({ object, deployment: { kind, spec } }: Effective): boolean {
  if (kind === "Kustomization") return isDeleting(spec);
  const application = kind === "ApplicationSet" ? valueUnder(object, "spec", "template") : object;
  return isObject(application) && deletesWithIt(application);
}

/** What an object deployed that goes: from which folders, and the files there, or that kustomizations there take, with pools. */
interface Gone {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/** A file that an object of the head deploys since the change, with an object that some files of the base had. */
export async function takerOf(
  { trees, graphs }: { readonly trees: TreeChange; readonly graphs: PerSide<KustomizeGraph> },
  gone: Gone,
  deployments: readonly Effective[],
  kinds: readonly JudgedKind[],
): Promise<string | undefined> {
  const held = new Set<string>();
  for (const bytes of (await readFollowed(trees.base, gone.files)).values())
    for (const identity of judgedIn(bytes, kinds)) held.add(identity);
  if (held.size === 0) return undefined;
  const folders = deployments
    .filter(({ deployment }) => deployment.kind !== "ApplicationSet")
    .flatMap(({ deployment }) => deployment.paths.flatMap(fixedFolder));
  const renaming = new Set(gone.folders.map((folder) => renamingOf(graphs.base.nodes.get(folder)?.value)));
  const listed = folders.flatMap((folder) => {
    const node = graphs.head.nodes.get(folder);
    const isTaker = node !== undefined && trees.changed.has(node.file) && renaming.has(renamingOf(node.value));
    return isTaker ? [...(closureOf(graphs.head, folder)?.files ?? [])] : [];
  });
  const brought = [...trees.changed].filter((path) => folders.some((folder) => isBelow(path, folder)));
  const paths = [...new Set([...brought, ...listed])].filter(
    (path) => mayBeManifest(path) && trees.head.entries.has(path),
  );
  for (const [path, bytes] of await readFollowed(trees.head, paths))
    if (judgedIn(bytes, kinds).some((identity) => held.has(identity))) return path;
  return undefined;
}

/** What a kustomization does to the identities of its objects: overlays of one base tell them apart by that. */
const renamingOf = (value: JsonObject = {}): string =>
  canonicalText(["namespace", "namePrefix", "nameSuffix"].map((key) => value[key] ?? null));
