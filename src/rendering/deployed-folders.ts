import { deployerRemark, unrendered } from "../manifests/deployers.ts";
import { isObject } from "../manifests/identity.ts";
import type { Diagnostic, Json, JsonObject } from "../manifests/manifest.ts";
import { quote } from "../manifests/quote.ts";
import { canonicalText } from "../rules/canonical.ts";
import { isBelow, readFollowed, type TreeChange, within } from "./file-tree.ts";
import { nameOf, objectsIn } from "./findings.ts";
import { mostFiles } from "./pruning.ts";
import { relevant } from "./relevant.ts";
import type { RenderOptions } from "./render.ts";

/** What a GitOps tool makes of a folder: where it stands, and what is done to it on the way. */
interface Deployment {
  readonly title: string;
  readonly folder: string;
  readonly changes: string;
}

const deployers = /argoproj\.io|toolkit\.fluxcd\.io/;
/** Flux builds these into what stands in the folder; the rest of a Kustomization says when and how it is applied. */
const fluxKeys = [
  "commonMetadata",
  "components",
  "images",
  "namePrefix",
  "nameSuffix",
  "patches",
  "patchesJson6902",
  "patchesStrategicMerge",
  "path",
  "postBuild",
  "targetNamespace",
] as const;
const argoKeys = ["directory", "helm", "kustomize", "path", "plugin"] as const;

/**
 * Says of changed Flux Kustomizations and Argo CD Applications that they change what is made of a folder with objects that are
 * judged, where neither they nor their names say that it holds any.
 */
export async function changedDeployments(
  trees: TreeChange,
  { kinds, accepts = () => true, shown = (_, path) => path }: Pick<RenderOptions, "kinds" | "accepts" | "shown">,
): Promise<Diagnostic[]> {
  const paths = [...trees.changed].filter((path) => /\.ya?ml$/.test(path) && accepts(path));
  const before = new Map<string, Deployment>();
  for (const bytes of (await readFollowed(trees.base, paths)).values())
    for (const object of deployersIn(bytes)) {
      const deployment = deploymentOf(object);
      if (deployment !== undefined) before.set(deployment.title, deployment);
    }
  const found: Diagnostic[] = [];
  for (const [file, bytes] of await readFollowed(trees.head, paths))
    for (const object of deployersIn(bytes)) {
      const deployment = deploymentOf(object);
      const old = deployment === undefined ? undefined : before.get(deployment.title);
      if (deployment === undefined || old === undefined || old.changes === deployment.changes) continue;
      if (deployerRemark(object) !== undefined || !(await holdsOurs(trees, [old, deployment], kinds))) continue;
      found.push({
        severity: "warning",
        code: unrendered,
        message: `${deployment.title} changed, and what it makes of ${quote(deployment.folder)} is not rendered here: render both sides and give the two directories`,
        file: shown("head", file),
        incomplete: true,
        hidesPools: true,
      });
    }
  return found;
}

const deployersIn = (bytes: Buffer): JsonObject[] =>
  deployers.test(bytes.toString("utf8")) ? objectsIn(bytes, deployers) : [];

function deploymentOf(object: JsonObject): Deployment | undefined {
  const { apiVersion, kind, spec } = object;
  if (typeof apiVersion !== "string" || typeof kind !== "string" || !isObject(spec)) return undefined;
  const isFlux = apiVersion.startsWith("kustomize.toolkit.fluxcd.io/") && kind === "Kustomization";
  const isArgo = apiVersion.startsWith("argoproj.io/") && kind === "Application";
  const source = isFlux ? spec : isArgo && isObject(spec["source"]) ? spec["source"] : undefined;
  const path = source?.["path"];
  if (source === undefined || typeof path !== "string") return undefined;
  const { namespace, name } = nameOf(object);
  return {
    title: `the ${kind} ${quote(namespace === "" ? name : `${namespace}/${name}`)}`,
    folder: within("", path) ?? path,
    changes: canonicalText(partOf(source, isFlux ? fluxKeys : argoKeys)),
  };
}

const partOf = (source: JsonObject, keys: readonly string[]): Json =>
  Object.fromEntries(keys.flatMap((key) => (source[key] === undefined ? [] : [[key, source[key]]])));

async function holdsOurs(
  trees: TreeChange,
  deployments: readonly Deployment[],
  kinds: readonly string[],
): Promise<boolean> {
  const isInside = (path: string): boolean => deployments.some(({ folder }) => isBelow(path, folder));
  const files = [...trees.base.entries.keys(), ...trees.head.entries.keys()].filter(isInside).slice(0, mostFiles);
  return (await relevant(trees, [new Set(files)], kinds, (one) => one)).length > 0;
}
