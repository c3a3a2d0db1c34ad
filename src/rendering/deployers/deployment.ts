import { sourcesOf } from "../../manifests/deployers.ts";
import { isList } from "../../manifests/json-list.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../manifests/manifest.ts";
import { quote } from "../../manifests/quote.ts";
import { valueUnder } from "../../manifests/read-value.ts";
import { stringsIn } from "../../manifests/strings-in.ts";
import { canonicalText } from "../../rules/canonical.ts";
import { fullName, nameOf } from "../objects-in.ts";
import { within } from "../trees/file-tree.ts";

/** What a GitOps tool deploys: from which folders, and what is done to their content on the way. */
export interface Deployment {
  readonly tool: "Flux" | "Argo CD";
  readonly kind: string;
  /** As written, with the stars of generators and the placeholders of templates. */
  readonly paths: readonly string[];
  /** The part that says how and when it is applied. */
  readonly spec: JsonObject;
  /** Everything that decides what is deployed from the folders, as one text to compare. */
  readonly inputs: string;
  /** Whether the folders are deployed as they are. */
  readonly isPlain: boolean;
}

export const deployers = /argoproj\.io|toolkit\.fluxcd\.io/;
/** Variables that Flux fills into a text, where the Kustomization that applies it says so. */
export const variables = /(?<!\$)\$\{[A-Za-z_]/;
/** Flux builds these into what is in the folder; the rest of a Kustomization says when and how it is applied. */
const fluxKeys = [
  "commonMetadata",
  "components",
  "images",
  "kubeConfig",
  "namePrefix",
  "nameSuffix",
  "patches",
  "patchesJson6902",
  "patchesStrategicMerge",
  "path",
  "postBuild",
  "sourceRef",
  "targetNamespace",
] as const;
const argoKeys = [
  "chart",
  "directory",
  "helm",
  "kustomize",
  "path",
  "plugin",
  "ref",
  "repoURL",
  "targetRevision",
] as const;

/** What an object of Flux or Argo CD deploys; undefined for every other object. */
export function deploymentOf({ apiVersion, kind, spec }: JsonObject): Deployment | undefined {
  if (typeof apiVersion !== "string" || !isObject(spec)) return undefined;
  if (apiVersion.startsWith("kustomize.toolkit.fluxcd.io/") && kind === "Kustomization") {
    const paths = typeof spec["path"] === "string" ? [spec["path"]] : [];
    // What waited while it was suspended comes with its end.
    const inputs = { ...partOf(spec, fluxKeys), ...(spec["suspend"] === true ? { suspend: true } : {}) };
    return { tool: "Flux", kind, paths, spec, inputs: canonicalText(inputs), isPlain: isPlain(inputs) };
  }
  if (!apiVersion.startsWith("argoproj.io/") || (kind !== "Application" && kind !== "ApplicationSet")) return undefined;
  const isSet = kind === "ApplicationSet";
  const inner = isSet ? valueUnder(spec, "template", "spec") : spec;
  const generators = isSet ? (spec["generators"] ?? null) : null;
  const all = sourcesOf(inner);
  const inputs = all.map((one) => withoutEmpty(partOf(one, argoKeys)));
  return {
    tool: "Argo CD",
    kind,
    paths: writtenPaths(all.flatMap(pathsUnder), pathsUnder(generators)),
    spec: isObject(inner) ? inner : {},
    inputs: canonicalText([...inputs, generators, destinationOf(inner)]),
    isPlain: inputs.every(isPlain),
  };
}

/** Part of the inputs: in another cluster or namespace everything is created again. */
const destinationOf = (spec: Json | undefined): Json => {
  const destination = valueUnder(spec, "destination");
  return isObject(destination) ? partOf(destination, ["name", "namespace", "server"]) : null;
};

/** These say where a folder is; everything else does something to its content. */
const places: ReadonlySet<string> = new Set([
  "kubeConfig",
  "path",
  "repoURL",
  "sourceRef",
  "suspend",
  "targetRevision",
]);
const isPlain = (inputs: JsonObject): boolean =>
  Object.entries(inputs).every(([key, value]) => places.has(key) || (key === "directory" && isWhole(value)));

/** Whether a source of Argo CD takes every manifest of its folder. */
const isWhole = (directory: Json): boolean =>
  isObject(directory) && Object.entries(directory).every(([key, value]) => key === "recurse" || isEmpty(value));

/** Argo CD takes an empty block for none (argo-cd `pkg/apis/application/v1alpha1` IsZero). */
const withoutEmpty = (source: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(source).filter(([, value]) => !isEmpty(value)));

/** The `path` of a Kustomization: from the root of the repository, with or without a slash in front. */
export const folderOfFluxPath = (path: Json | undefined): string | undefined =>
  path === undefined || path === null
    ? ""
    : typeof path === "string"
      ? within("", path.replace(/^\/+/, ""))
      : undefined;

/** Whether the tools treat a value as if it were not set. */
export const isEmpty = (value: Json | undefined): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0);

/** Some keys of an object. */
export const partOf = (source: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(keys.flatMap((key) => (source[key] === undefined ? [] : [[key, source[key]]])));

/** A template path that is only the path parameter of a generator. */
const handedOn = /^\{\{-?\s*\.?path(?:\.path)?\s*-?\}\}/;

/** The paths of a template and those of its generators, which stand for what the template takes from them. */
const writtenPaths = (ofTemplate: readonly string[], ofGenerators: readonly string[]): string[] => [
  ...ofTemplate.filter((path) => ofGenerators.length === 0 || !handedOn.test(path)),
  ...ofGenerators,
];

/** The strings below keys called `path`, wherever they stand. */
function pathsUnder(value: Json): string[] {
  if (isList(value)) return value.flatMap(pathsUnder);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === "path" ? stringsIn(inner) : pathsUnder(inner)));
}

/** How messages name an object of a GitOps tool. */
export function titleOf(object: JsonObject): string {
  const { kind } = object;
  return `the ${typeof kind === "string" ? kind : ""} ${quote(fullName(nameOf(object)))}`;
}
