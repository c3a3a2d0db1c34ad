import { sourcesOf } from "../../manifests/deployers.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../manifests/manifest.ts";
import { valueUnder } from "../../manifests/read-value.ts";
import { canonicalText } from "../../rules/canonical.ts";
import { applicationsOf } from "../deployers/application-sets/application-set.ts";
import { clusterOf, deletesWithIt, namespaceOf, overridesOf } from "../deployers/argo-application.ts";
import { changersAmong } from "../deployers/changers.ts";
import type { DeployerObject } from "../deployers/deployer-objects.ts";
import { type Deployment, deploymentOf, folderOfFluxPath, partOf, titleOf } from "../deployers/deployment.ts";
import { sourceLeft, type SourceLeft } from "../deployers/followed-documents.ts";
import type { KnownRelease, Release, ReleaseSource, UnknownRelease } from "../deployers/release.ts";
import type { Treatment } from "../kustomize/treatment.ts";
import { isNamed, nameOf } from "../objects-in.ts";
import { type FileTree, pathsBelow, within } from "../trees/file-tree.ts";
import type { Repository } from "../trees/repository.ts";
import { argoEdit, fluxEdit } from "./applied-kustomization.ts";
import { variablesOf } from "./flux-variables.ts";
import { type FilesOfSource, filesOfSources } from "./source-files.ts";

/** A folder that an object of one side deploys. */
export interface FolderRelease extends Release {
  readonly folder: string;
  /** Whether the folders in it are deployed too, where there is no kustomization. */
  readonly isDeep: boolean;
  /** What decides what the object makes of the folder. When this changed, the change of the object is reported instead. */
  readonly inputs: string;
  /** Set for one of the sources of an Application. */
  readonly source?: SourceLeft;
  /** Set for a Kustomization of Flux: whether it forces changes that the API server refuses. */
  readonly forces?: boolean;
  readonly resolved:
    | (KnownRelease & { readonly treatment: Treatment })
    /** With what others do to the object, in one text to compare. */
    | (UnknownRelease & { readonly making?: string });
}

/** An object that deploys folders. */
export interface FolderSource extends ReleaseSource<FolderRelease> {
  /** Folders that its template names, whatever it makes of it. */
  readonly named: readonly string[];
  /** Set where it is not known what the object makes, and why: what it made before may stay. */
  readonly unknown?: { readonly owner: string; readonly because: string };
}

const plain: Treatment = { text: "" };

/** The folders of the repository that the objects of one side deploy, and how. */
export async function folderSources(
  objects: readonly DeployerObject[],
  tree: FileTree,
  repository: Repository,
): Promise<FolderSource[]> {
  const changed = changersAmong(objects);
  const filesOf = await filesOfSources(tree, objects);
  const found: FolderSource[] = [];
  for (const one of objects) {
    const source = await sourceOf(one, tree, repository, filesOf);
    if (source === undefined) continue;
    const by = one.problem ?? changed(one);
    found.push(by === undefined ? source : { ...source, releases: source.releases.map(refusedBy(by)) });
  }
  return found;
}

const refusedBy =
  ({ because, making = "" }: { readonly because: string; readonly making?: string }) =>
  (release: FolderRelease): FolderRelease => ({ ...release, resolved: { ok: false, because, making } });

async function sourceOf(
  from: DeployerObject,
  tree: FileTree,
  repository: Repository,
  filesOf: FilesOfSource,
): Promise<FolderSource | undefined> {
  const { object, file, documents } = from;
  const deployment = deploymentOf(object);
  if (deployment === undefined) return undefined;
  const title = `${titleOf(object)} (${file})`;
  if (deployment.tool === "Flux") {
    const release = fluxFolder(from, deployment, title, { tree, filesOf });
    return release === undefined ? undefined : { documents, named: [], left: [], files: [], releases: [release] };
  }
  if (deployment.kind === "Application") {
    const { releases, left } = argoFolders(
      object,
      { file, by: title, title: titleOf(object), owner: title },
      repository,
    );
    return releases.length === 0 ? undefined : { documents, named: [], left, files: [], releases };
  }
  const templates = sourcesOf(deployment.spec);
  const made = await applicationsOf(object, tree);
  // Without kustomize options the folders are deployed as they are: that counts beside what others do to them.
  const isPlain = !templates.some(({ kustomize }) => isObject(kustomize));
  if (isPlain && !made.ok) return undefined;
  const named = templates.flatMap(({ path, kustomize }) => {
    const folder =
      typeof path === "string" && isObject(kustomize) && !path.includes("{{") ? within("", path) : undefined;
    return folder === undefined ? [] : [folder];
  });
  if (!made.ok) {
    const releases = named.map((folder): FolderRelease => {
      const resolved = { ok: false, because: `it ${made.because}` } as const;
      return {
        folder,
        isDeep: false,
        ...nameOf(object),
        file,
        by: title,
        title,
        owner: title,
        inputs: deployment.inputs,
        resolved,
      };
    });
    const unknown = { owner: title, because: `it ${made.because}` };
    return { documents, named: [], left: [], files: [], releases, unknown };
  }
  const all = made.applications.map((each) =>
    argoFolders(
      each,
      {
        file,
        by: `${titleOf(each)} of ${title}`,
        title: `${titleOf(each)} of ${titleOf(object)}`,
        owner: title,
        inputs: deployment.inputs,
        parameterFiles: made.parameterFiles.get(each) ?? [],
      },
      repository,
    ),
  );
  const releases = all.flatMap((each) => each.releases);
  if (isPlain) return { documents: [], named: [], left: [], files: [], releases };
  return { documents, named, left: all.flatMap((each) => each.left), files: made.files, releases };
}

/** Kinds of sources that are filled from a repository: from this one, most likely, where the folder is in it. */
const filledSources = new Set<Json | undefined>(["Bucket", "ExternalArtifact", "OCIRepository"]);

/** Whether a source may hold the folders of this repository. */
const mayHold = (tree: FileTree, kind: Json | undefined, folder: string): boolean =>
  kind === "GitRepository" || (filledSources.has(kind) && folder !== "" && pathsBelow(tree, folder).length > 0);

function fluxFolder(
  from: DeployerObject,
  { spec, inputs }: Deployment,
  by: string,
  { tree, filesOf }: { readonly tree: FileTree; readonly filesOf: FilesOfSource },
): FolderRelease | undefined {
  const { object, file } = from;
  const source = isObject(spec["sourceRef"]) ? spec["sourceRef"] : {};
  const folder = folderOfFluxPath(spec["path"]);
  if (folder === undefined || !mayHold(tree, source["kind"], folder)) return undefined;
  const one = {
    folder,
    isDeep: true,
    ...nameOf(object),
    file,
    by,
    title: titleOf(object),
    owner: by,
    inputs,
    forces: spec["force"] === true && spec["suspend"] !== true,
  };
  const refused = (because: string): FolderRelease => ({ ...one, resolved: { ok: false, because } });
  if (!isNamed(object)) return refused("its name is not valid");
  const edit = fluxEdit(spec);
  const variables = variablesOf(from);
  for (const part of [edit, variables]) if (part !== undefined && "because" in part) return refused(part.because);
  if (spec["suspend"] === true && (edit !== undefined || variables !== undefined)) return refused("it is suspended");
  const does = {
    ...(typeof edit === "function" ? { edit } : {}),
    ...(variables === undefined || "because" in variables ? {} : { variables }),
  };
  const generates = filesOf(source, one.namespace, folder);
  const text = canonicalText([
    typeof edit === "function" ? edit({}) : null,
    does.variables === undefined ? null : { ...does.variables },
    "because" in generates ? null : generates.text,
  ]);
  const isPlain = does.edit === undefined && does.variables === undefined;
  return {
    ...one,
    resolved: {
      ok: true,
      treatment: { ...does, generates, text: isPlain ? "" : text },
      place: canonicalText(partOf(spec, ["kubeConfig", "sourceRef"])),
      prunes: isDeleting(spec),
    },
  };
}

/** Whether what a Kustomization deployed is deleted together with it (kustomize-controller `api/v1` GetDeletionPolicy). */
export const isDeleting = ({ prune, deletionPolicy: policy = "" }: JsonObject): boolean =>
  policy === "" || policy === "MirrorPrune" ? prune === true : policy !== "Orphan";

function argoFolders(
  application: JsonObject,
  /** Without `inputs` those of each source count for it. */
  from: Pick<FolderRelease, "by" | "title" | "file" | "owner" | "parameterFiles"> &
    Partial<Pick<FolderRelease, "inputs">>,
  repository: Repository,
): { readonly releases: readonly FolderRelease[]; readonly left: readonly SourceLeft[] } {
  const left: SourceLeft[] = [];
  const releases = sourcesOf(application["spec"]).flatMap((source): FolderRelease[] => {
    const folder = typeof source["path"] === "string" ? within("", source["path"]) : undefined;
    const all = sourceLeft(source, application);
    if (folder === undefined || source["chart"] !== undefined || source["helm"] !== undefined) {
      if (source["ref"] === undefined || folder !== undefined || source["chart"] !== undefined) left.push(all);
      return [];
    }
    const inputs = from.inputs ?? canonicalText([source, valueUnder(application, "spec", "destination") ?? null]);
    const isDeep = valueUnder(source, "directory", "recurse") === true;
    const one = { ...from, inputs, folder, isDeep, ...nameOf(application), source: all };
    const refused = (because: string): FolderRelease[] => [{ ...one, resolved: { ok: false, because } }];
    if (!isNamed(application)) return refused("its name is not valid");
    const edit = isObject(source["kustomize"]) ? argoEdit(source["kustomize"]) : undefined;
    if (edit !== undefined && "because" in edit) return refused(edit.because);
    const overrides = overridesOf(folder, one.name);
    if (edit !== undefined && overrides.some(repository.knows))
      return refused(`${overrides.join(" or ")} overrides it`);
    const deploysTo = namespaceOf(application);
    const treatment = {
      ...(edit === undefined ? plain : { edit, text: canonicalText(edit({})) }),
      ...(deploysTo === undefined ? {} : { deploysTo }),
    };
    const place = canonicalText([partOf(source, ["repoURL", "targetRevision"]), clusterOf(application)]);
    return [{ ...one, resolved: { ok: true, treatment, place, prunes: deletesWithIt(application) } }];
  });
  return { releases, left };
}
