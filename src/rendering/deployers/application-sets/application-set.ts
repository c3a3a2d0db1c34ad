import { sourcesOf } from "../../../manifests/deployers.ts";
import { exactText } from "../../../manifests/exact-text.ts";
import { isList, listOf } from "../../../manifests/json-list.ts";
import { isObject } from "../../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { quote } from "../../../manifests/quote.ts";
import { valueUnder } from "../../../manifests/read-value.ts";
import { nameOf } from "../../objects-in.ts";
import { Undecidable } from "../../templates/undecidable.ts";
import type { FileTree } from "../../trees/file-tree.ts";
import { mostReleases } from "../bounds.ts";
import { fillIn, fillInAll, type Parameters, type Templating } from "./fill-in.ts";
import { generated } from "./generators.ts";
import { filesIn } from "./git-generator.ts";
import { patchedTemplate } from "./template-patch.ts";

/** How many characters of Applications are made at most. */
export const mostText = 16 * 1024 * 1024;

/** What an ApplicationSet makes of the files of one side. */
type Made =
  | {
      readonly ok: true;
      readonly applications: readonly JsonObject[];
      /** From which each of them takes parameters. */
      readonly parameterFiles: ReadonlyMap<JsonObject, readonly string[]>;
      readonly files: readonly string[];
    }
  | { readonly ok: false; readonly because: string };

/** Policies by which existing Applications stay as they are, or are not deleted with what they deployed. */
const keeping = new Set<Json | undefined>(["create-only", "create-delete"]);
const finalizer = "resources-finalizer.argocd.argoproj.io";

/** What stands for the branch that is deployed, whatever else a template calls it. */
const defaultRevisions: readonly (Json | undefined)[] = [undefined, null, "", "HEAD", "main", "master"];

/** The Applications that an ApplicationSet makes, or why that cannot be told from the repository. */
export async function applicationsOf(set: JsonObject, tree: FileTree): Promise<Made> {
  const files = new Set<string>();
  try {
    const made = await applications(set, tree, files);
    const parameterFiles = new Map(
      Array.from(made, ([one, parameters]) => [one, filesIn(parameters).filter((file) => files.has(file))]),
    );
    return { ok: true, applications: [...made.keys()], parameterFiles, files: [...files] };
  } catch (error) {
    if (error instanceof Undecidable) return { ok: false, because: error.message };
    throw error;
  }
}

async function applications(
  { spec }: JsonObject,
  tree: FileTree,
  files: Set<string>,
): Promise<Map<JsonObject, Parameters>> {
  if (!isObject(spec)) throw new Undecidable("has no spec");
  const policy = valueUnder(spec, "syncPolicy", "applicationsSync");
  if (keeping.has(policy)) throw new Undecidable("leaves existing Applications as they are by its applicationsSync");
  const { template, generators, templatePatch: patch } = spec;
  const sources = sourcesOf(valueUnder(template, "spec"));
  const urls = new Set(sources.map(({ repoURL }) => repositoryOf(repoURL)));
  const revisions = new Set([...defaultRevisions, ...sources.map(({ targetRevision }) => targetRevision)]);
  const source = {
    tree,
    templating: templatingOf(spec),
    isHere: (url: Json | undefined) => urls.has(repositoryOf(url)),
    isCurrent: (revision: Json | undefined) => revisions.has(revision),
    onFile: (path: string) => files.add(path),
    budget: { left: 2 * mostReleases },
  };
  const found = new Map<JsonObject, Parameters>();
  let length = 0;
  for (const generator of listOf(generators))
    for (const parameters of await generated(generator, source)) {
      const made = application(template ?? null, parameters, source.templating, prunes(spec));
      const one =
        typeof patch === "string" ? patchedTemplate(made, fillIn(patch, parameters, source.templating)) : made;
      length += exactText(one).length;
      if (length > mostText) throw new Undecidable("makes more text than is supported");
      found.set(one, parameters);
    }
  if (found.size > mostReleases) throw new Undecidable(`makes more than ${mostReleases} Applications`);
  const names = Array.from(found.keys(), (one) => nameOf(one).name);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) throw new Undecidable(`makes two Applications called ${quote(twice)}`);
  return found;
}

const templatingOf = (spec: JsonObject): Templating => {
  const { goTemplate, goTemplateOptions: options } = spec;
  const listed = listOf(options);
  return goTemplate === true ? { goOptions: listed.filter((one) => typeof one === "string") } : "plain";
};

/** The parts of an Application that say what it deploys. */
function application(template: Json, parameters: Parameters, templating: Templating, isPruned: boolean): JsonObject {
  const filled = (...keys: readonly string[]): Json =>
    fillInAll(valueUnder(template, ...keys) ?? null, parameters, templating);
  const own = valueUnder(template, "metadata", "finalizers");
  const finalizers = isList(own) && own.length > 0 ? own : isPruned ? [finalizer] : [];
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name: filled("metadata", "name"), namespace: filled("metadata", "namespace"), finalizers },
    spec: {
      source: filled("spec", "source"),
      sources: filled("spec", "sources"),
      sourceHydrator: filled("spec", "sourceHydrator"),
      destination: {
        namespace: filled("spec", "destination", "namespace"),
        name: asFarAsKnown(valueUnder(template, "spec", "destination", "name"), parameters, templating),
        server: asFarAsKnown(valueUnder(template, "spec", "destination", "server"), parameters, templating),
      },
    },
  };
}

/** For the cluster only equality with the other side matters, so an unknown value is kept together with its parameters. */
function asFarAsKnown(value: Json | undefined, parameters: Parameters, templating: Templating): Json {
  try {
    return fillInAll(value ?? null, parameters, templating);
  } catch (error) {
    if (error instanceof Undecidable) return [value ?? null, parameters];
    throw error;
  }
}

/** argo-cd `applicationset/utils` RenderTemplateParams */
const prunes = (spec: JsonObject): boolean =>
  valueUnder(spec, "syncPolicy", "preserveResourcesOnDeletion") !== true &&
  valueUnder(spec, "syncPolicy", "applicationsSync") !== "create-update";

const repositoryOf = (url: Json | undefined): string =>
  typeof url === "string"
    ? url
        .toLowerCase()
        .replace(/\/+$/, "")
        .replace(/\.git$/, "")
    : "";
