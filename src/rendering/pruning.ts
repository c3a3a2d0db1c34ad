import type { Pruner } from "../analysis/deployment.ts";
import { globMatcher } from "../configuration/glob.ts";
import { isObject } from "../manifests/identity.ts";
import type { Json, JsonObject } from "../manifests/manifest.ts";
import { stringsIn } from "../manifests/strings-in.ts";
import type { RenderedApplication } from "./application.ts";
import { readFollowed, type TreeChange, within } from "./file-tree.ts";
import { nameOf, objectsIn } from "./findings.ts";

export const mostFiles = 5000;

/** The Argo CD and Flux objects of the repository that deploy the applications from which something is removed. */
export async function prunersFor(
  { base, head }: TreeChange,
  applications: readonly RenderedApplication[],
): Promise<Pruner[]> {
  const shrinking = applications.filter(mayShrink);
  if (shrinking.length === 0) return [];
  const paths = [...base.entries.keys()].filter((path) => /\.ya?ml$/.test(path)).slice(0, mostFiles);
  const contents = new Map([...(await readFollowed(base, paths)), ...(await readFollowed(head, paths))]);
  const found: Pruner[] = [];
  for (const [file, bytes] of contents) {
    if (!bytes.includes("argoproj.io") && !bytes.includes("toolkit.fluxcd.io")) continue;
    for (const object of objectsIn(bytes, /argoproj\.io|toolkit\.fluxcd\.io/)) {
      const deployer = deployerOf(object, file);
      if (deployer === undefined) continue;
      for (const { name } of shrinking)
        if (deployer.paths.some((path) => matches(path, name)) && !found.some((one) => one.application === name))
          found.push({ application: name, prunes: deployer.prunes, by: deployer.by });
    }
  }
  return found;
}

function mayShrink({ sides: { base, head } }: RenderedApplication): boolean {
  if (base?.ok !== true || head?.ok === false) return false;
  const names = (output: Buffer): string[] =>
    objectsIn(output, /NodePool|HostedCluster|Shoot/).map((object) => JSON.stringify([object["kind"], nameOf(object)]));
  const left = new Set(head === undefined ? [] : names(head.output));
  return names(base.output).some((name) => !left.has(name));
}

function deployerOf(
  object: JsonObject,
  file: string,
): { readonly paths: readonly string[]; readonly prunes: boolean; readonly by: string } | undefined {
  const { kind, apiVersion, spec } = object;
  if (typeof apiVersion !== "string" || !isObject(spec)) return undefined;
  const by = (tool: string): string =>
    `${tool} ${typeof kind === "string" ? kind : ""} ${nameOf(object).name} (${file})`;
  if (apiVersion.startsWith("kustomize.toolkit.fluxcd.io/") && kind === "Kustomization")
    return { paths: pathsIn(spec["path"]), prunes: spec["prune"] === true, by: by("Flux") };
  if (!apiVersion.startsWith("argoproj.io/") || (kind !== "Application" && kind !== "ApplicationSet")) return undefined;
  const template = kind === "ApplicationSet" ? spec["template"] : object;
  const inner = isObject(template) && isObject(template["spec"]) ? template["spec"] : {};
  const policy = isObject(inner["syncPolicy"]) ? inner["syncPolicy"] : {};
  const automated = isObject(policy["automated"]) ? policy["automated"] : {};
  const sources = [inner["source"], inner["sources"], kind === "ApplicationSet" ? spec["generators"] : undefined];
  const paths = sources.flatMap((source) => pathsUnder(source));
  return { paths, prunes: automated["prune"] === true, by: by("Argo CD") };
}

const pathsIn = (value: Json | undefined): string[] => (typeof value === "string" ? [value] : []);

/** The strings below keys called `path`, wherever they stand. */
function pathsUnder(value: Json | undefined): string[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(pathsUnder);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === "path" ? stringsIn(inner) : pathsUnder(inner)));
}

/** `clusters/*` of a generator, `{{path}}` of its template, or the folder itself. */
function matches(path: string, application: string): boolean {
  if (path.includes("{{")) return false;
  const folder = (within("", path) ?? path) || ".";
  // Of the letters that mean something in globs Argo CD's generators know the star alone.
  const pattern = folder.replaceAll(/[!?[\]{}()\\]/g, String.raw`\$&`).replaceAll(/\*+/g, "*");
  try {
    return globMatcher(pattern, { of: "paths" })(application) === true;
  } catch {
    // Stars beyond the bounds: who deploys the folder stays open.
    return false;
  }
}
