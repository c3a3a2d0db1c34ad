import { isObject } from "../../manifests/json-object.ts";
import { valueUnder } from "../../manifests/read-value.ts";
import { isDeleting } from "../applied/folder-releases.ts";
import { deletesWithIt } from "../deployers/argo-application.ts";
import { fixedFolder } from "../deployers/judged-files.ts";
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

/** A file that the change brings, which an object of the head deploys, with an object that some files of the base had. */
export async function takerOf(
  { base, head, changed }: TreeChange,
  gone: readonly string[],
  deployments: readonly Effective[],
  kinds: readonly JudgedKind[],
): Promise<string | undefined> {
  const held = new Set<string>();
  for (const bytes of (await readFollowed(base, gone)).values())
    for (const identity of judgedIn(bytes, kinds)) held.add(identity);
  if (held.size === 0) return undefined;
  const folders = deployments
    .filter(({ deployment }) => deployment.kind !== "ApplicationSet")
    .flatMap(({ deployment }) => deployment.paths.flatMap(fixedFolder));
  const paths = [...changed].filter(
    (path) => mayBeManifest(path) && head.entries.has(path) && folders.some((folder) => isBelow(path, folder)),
  );
  for (const [path, bytes] of await readFollowed(head, paths))
    if (judgedIn(bytes, kinds).some((identity) => held.has(identity))) return path;
  return undefined;
}
