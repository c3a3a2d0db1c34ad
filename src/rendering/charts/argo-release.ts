import { sourcesOf } from "../../manifests/deployers.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../manifests/manifest.ts";
import { quote } from "../../manifests/quote.ts";
import { valueUnder } from "../../manifests/read-value.ts";
import { canonicalText } from "../../rules/canonical.ts";
import { clusterOf, deletesWithIt, namespaceOf, oneOrMore, overridesOf } from "../deployers/argo-application.ts";
import { partOf } from "../deployers/deployment.ts";
import { nameOf } from "../objects-in.ts";
import { valuesText } from "../tools/values-text.ts";
import { within } from "../trees/file-tree.ts";
import type { Repository } from "../trees/repository.ts";
import { type Parameter, type Refused, releaseWord, type ReleaseValues, type Resolved } from "./chart-release.ts";

/** The keys of an Application's `helm` block that are supported. */
const understood: ReadonlySet<string> = new Set([
  "apiVersions",
  "fileParameters",
  "ignoreMissingValueFiles",
  "kubeVersion",
  "namespace",
  "parameters",
  "passCredentials",
  "releaseName",
  "skipCrds",
  "skipSchemaValidation",
  "skipTests",
  "valueFiles",
  "values",
  "valuesObject",
  "version",
]);
const version = /^v?\d+(?:\.\d+){0,2}$/;
const apiVersion = /^[A-Za-z0-9][\w./-]*$/;
/** One path in the values: with a comma or an equals sign helm would read further paths, and files of this machine. */
const parameterName = /^[^,={}\\\s]+(?:\\\.[^,={}\\\s]+)*$/;
/** How Argo CD renders a chart that is the source of an Application (argo-cd `reposerver/repository` helmTemplate). */
export function argoRelease(object: JsonObject, source: JsonObject, chart: string, repository: Repository): Resolved {
  const refused = (because: string): Resolved => ({ ok: false, chart, because });
  const { helm = {} } = source;
  if (!isObject(helm)) return refused("its helm block cannot be read");
  const unknown = [
    ...Object.keys(helm).filter((key) => !understood.has(key)),
    ...["directory", "kustomize", "plugin"].filter((key) => source[key] !== undefined),
  ];
  if (unknown.length > 0) return refused(`it sets ${unknown.map(quote).join(", ")}, which is not supported`);
  const { name } = nameOf(object);
  const overrides = overridesOf(chart, name);
  if (overrides.some(repository.knows)) return refused(`${overrides.join(" or ")} overrides it`);
  const release = helm["releaseName"] ?? name;
  const namespace = helm["namespace"] ?? valueUnder(object, "spec", "destination", "namespace") ?? undefined;
  const deploysTo = namespaceOf(object);
  const { kubeVersion } = helm;
  const apiVersions = oneOrMore(helm["apiVersions"]);
  if (!isText(release, releaseWord)) return refused(`${shown(release)} is not a valid release name`);
  if (namespace !== undefined && !isText(namespace, releaseWord))
    return refused(`${shown(namespace)} is not a valid namespace`);
  if (kubeVersion !== undefined && !isText(kubeVersion, version))
    return refused(`${shown(kubeVersion)} is not a Kubernetes version`);
  const asked = apiVersions.filter((one) => isText(one, apiVersion));
  if (asked.length < apiVersions.length) return refused("one of its API versions is not valid");
  const files = valueFiles(object, source, chart, repository);
  if ("because" in files) return refused(files.because);
  const parameters = parametersOf(object, source, chart, repository);
  if ("because" in parameters) return refused(parameters.because);
  return {
    ok: true,
    release: {
      chart,
      values: [...files.values, ...inlineValues(helm)],
      ...(parameters.list.length === 0 ? {} : { parameters: parameters.list }),
      release,
      ...(namespace === undefined ? {} : { namespace }),
      ...(deploysTo === undefined ? {} : { deploysTo }),
      ...(kubeVersion === undefined ? {} : { kubeVersion }),
      apiVersions: asked,
    },
    place: canonicalText([partOf(source, ["repoURL", "targetRevision"]), clusterOf(object)]),
    prunes: deletesWithIt(object),
  };
}

const isText = (value: Json | undefined, pattern: RegExp): value is string =>
  typeof value === "string" && pattern.test(value);
const shown = (value: Json | undefined): string => quote(typeof value === "string" ? value : canonicalText(value));

/** After all files, and before the parameters; `valuesObject` in the place of `values`. */
function inlineValues(helm: JsonObject): ReleaseValues[] {
  const { values, valuesObject } = helm;
  if (isObject(valuesObject)) return [{ text: valuesText(valuesObject) }];
  return typeof values === "string" && values !== "" ? [{ text: values }] : [];
}

/** The files of its values from the root of the repository, each once; refused where one is elsewhere, or nowhere. */
function valueFiles(
  { spec }: JsonObject,
  source: JsonObject,
  chart: string,
  repository: Repository,
): { readonly values: readonly ReleaseValues[] } | Refused {
  const { helm } = source;
  const found = new Set<string>();
  for (const name of oneOrMore(valueUnder(helm, "valueFiles"))) {
    const path = typeof name === "string" ? pathOf(name, sourcesOf(spec), source, chart) : undefined;
    if (path === undefined) return { because: `its values file ${shown(name)} is not taken from this repository` };
    const mayMiss = valueUnder(helm, "ignoreMissingValueFiles") === true;
    if (mayMiss ? repository.has(path) : repository.knows(path)) found.add(path);
    else if (!mayMiss) return { because: `its values file ${quote(path)} does not exist` };
  }
  return { values: [...found].map((file) => ({ file })) };
}

function parametersOf(
  { spec }: JsonObject,
  source: JsonObject,
  chart: string,
  repository: Repository,
): { readonly list: readonly Parameter[] } | Refused {
  const list: Parameter[] = [];
  for (const one of oneOrMore(valueUnder(source["helm"], "parameters"))) {
    const [name, value = "", isForced] = ["name", "value", "forceString"].map((key) => valueUnder(one, key));
    if (!isText(name, parameterName) || typeof value !== "string" || value.includes("$"))
      return { because: `its parameter ${shown(name)} is not a plain value` };
    list.push({ flag: isForced === true ? "--set-string" : "--set", name, value: withCommas(value) });
  }
  for (const one of oneOrMore(valueUnder(source["helm"], "fileParameters"))) {
    const [name, file] = ["name", "path"].map((key) => valueUnder(one, key));
    const path = typeof file === "string" ? pathOf(file, sourcesOf(spec), source, chart) : undefined;
    if (!isText(name, parameterName) || path === undefined || /[,{}\\]/.test(path) || !repository.knows(path))
      return { because: `its parameter ${shown(name)} is not a file of this repository` };
    list.push({ flag: "--set-file", name, value: path });
  }
  return { list };
}

/** Commas belong to the value, as Argo CD has it (`cleanSetParameters`), unless the whole is a list in braces. */
const withCommas = (value: string): string =>
  value.startsWith("{") && value.endsWith("}") ? value : value.replaceAll(/(?<!\\),/g, String.raw`\,`);

/** Resolves a values file: relative to the chart, from the root with a leading `/`, or from another source with `$ref/`. */
function pathOf(name: string, sources: readonly JsonObject[], source: JsonObject, chart: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(name) || /[*?[\]{}]/.test(name)) return undefined;
  const [first = "", ...rest] = name.split("/");
  // `$ARGOCD_APP_NAME` and the like are filled in by Argo CD.
  if (rest.some((part) => part.includes("$")) || first.indexOf("$") > 0) return undefined;
  if (name.startsWith("/")) return within("", name.slice(1));
  if (!name.startsWith("$")) return within(chart, name);
  const other = sources.find(({ ref }) => ref === first.slice(1));
  return other?.["repoURL"] === source["repoURL"] ? within("", rest.join("/")) : undefined;
}
