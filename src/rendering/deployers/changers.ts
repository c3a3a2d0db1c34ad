import { sourcesOf } from "../../manifests/deployers.ts";
import { listOf } from "../../manifests/json-list.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../manifests/manifest.ts";
import { valueUnder } from "../../manifests/read-value.ts";
import { canonicalText } from "../../rules/canonical.ts";
import { nameOf } from "../objects-in.ts";
import { isBelow, within } from "../trees/file-tree.ts";
import type { DeployerObject } from "./deployer-objects.ts";
import { deploymentOf, folderOfFluxPath, isEmpty, partOf, titleOf, variables } from "./deployment.ts";
import { settingsNamedIn } from "./named-settings.ts";

/** What a Flux Kustomization or the kustomize options of an Application do to the objects that they apply. */
interface Edits {
  readonly folder: string;
  readonly options: JsonObject;
  readonly namespace: Json | undefined;
  readonly fillsIn: boolean;
}

/** Who may change an object on its way to the cluster. */
export interface Changed {
  readonly because: string;
  /** What they do to it, in one text to compare. */
  readonly making: string;
}

/** Says of an object of a GitOps tool which others may change it on its way to the cluster. */
export function changersAmong(objects: readonly DeployerObject[]): (one: DeployerObject) => Changed | undefined {
  const changers = objects.flatMap((from) => editsOf(from.object).map((edits) => ({ from, edits })));
  return (one) => {
    const found = changers.filter(
      ({ from, edits }) =>
        from.object !== one.object && isBelow(one.file, edits.folder) && mayChange(edits, one.object),
    );
    const [first] = found;
    if (first === undefined) return undefined;
    const making = found.map(({ from, edits }) => [titleOf(from.object), makingOf(edits), settingsFor(from)].join(" "));
    return { because: `${titleOf(first.from.object)} changes it`, making: making.join("\n") };
  };
}

const editing = [
  "components",
  "namePrefix",
  "nameSuffix",
  "patches",
  "patchesJson6902",
  "patchesStrategicMerge",
  "postBuild",
] as const;

const makingOf = ({ folder, options, namespace }: Edits): string =>
  canonicalText([folder, namespace ?? null, partOf(options, editing)]);

/** What it fills in from elsewhere. */
function settingsFor({ object, settings }: DeployerObject): string {
  const { namespace } = nameOf(object);
  const named = settingsNamedIn(valueUnder(object, "spec", "postBuild", "substituteFrom"));
  return named.map(({ kind, name }) => settings(kind, namespace, name)).join(" ");
}

function editsOf(object: JsonObject): Edits[] {
  const deployment = deploymentOf(object);
  if (deployment?.tool === "Flux") {
    const { spec } = deployment;
    const folder = folderOfFluxPath(spec["path"]);
    const fillsIn = !isEmpty(spec["postBuild"]);
    return folder === undefined ? [] : [{ folder, options: spec, namespace: spec["targetNamespace"], fillsIn }];
  }
  return sourcesOf(deployment?.spec).flatMap(({ path, kustomize }) => {
    const folder = typeof path === "string" ? within("", path) : undefined;
    return folder === undefined || !isObject(kustomize)
      ? []
      : [{ folder, options: kustomize, namespace: kustomize["namespace"], fillsIn: false }];
  });
}

/** Images, replicas and labels do not change what such an object deploys; the other edits may. */
function mayChange({ options, namespace, fillsIn }: Edits, object: JsonObject): boolean {
  const moves = !isEmpty(namespace) && namespace !== nameOf(object).namespace;
  const patches = ["patches", "patchesJson6902", "patchesStrategicMerge"].flatMap((key) => listOf(options[key]));
  return (
    moves ||
    ["components", "namePrefix", "nameSuffix"].some((key) => !isEmpty(options[key])) ||
    (fillsIn && variables.test(canonicalText(object))) ||
    patches.some((patch) => mayBeOf(patch, object))
  );
}

/** A patch without a target names its kind itself; one that names none may match anything. */
function mayBeOf(patch: Json, object: JsonObject): boolean {
  const target = valueUnder(patch, "target");
  const { kind } = object;
  if (isObject(target)) return mayMatch(target["kind"], kind) && mayMatch(target["name"], nameOf(object).name);
  const text = canonicalText(patch);
  return typeof kind !== "string" || !text.includes("kind") || text.includes(kind);
}

/**
 * kustomize `api/types` SelectorRegex: anchored regular expressions, of which only plain words are compared; any other may
 * match.
 */
const mayMatch = (pattern: Json | undefined, word: Json | undefined): boolean =>
  typeof pattern !== "string" || !/^[\w-]+$/.test(pattern) || pattern === word;
