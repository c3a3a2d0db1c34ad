import type { Interest } from "../../manifests/interest.ts";
import { listOf } from "../../manifests/json-list.ts";
import type { Json, JsonObject } from "../../manifests/manifest.ts";
import { mayMatter } from "../../manifests/may-matter.ts";
import { valueUnder } from "../../manifests/read-value.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { stringsIn } from "../../manifests/strings-in.ts";
import { splitDocuments } from "../../manifests/text/split.ts";
import { readFollowed, type TreeChange, within } from "../trees/file-tree.ts";
import { filesNamedBy, isKustomization, type Kustomization } from "./kustomization.ts";
import type { Closure } from "./kustomize-graph.ts";
import { combiningFiles, objectsIn, takenKinds } from "./taken-kinds.ts";

/**
 * Whether all that changes in a build are resources that are passed through, of which none is, or holds, what is looked for, and
 * of which no other object gets anything. Then the rest of what is built is the same, whether or not it can be built here.
 */
export async function changesOthersAlone(
  trees: TreeChange,
  closures: readonly Closure[],
  interest: Interest,
): Promise<boolean> {
  const changed = [...new Set(closures.flatMap(({ files }) => [...files]))].filter((path) => trees.changed.has(path));
  if (changed.some(isKustomization)) return false;
  const kustomizations = closures.flatMap((closure) => closure.kustomizations);
  for (const side of sideNames) {
    const kinds = new Set<string>(wrapping);
    for (const bytes of (await readFollowed(trees[side], changed)).values())
      for (const { text } of splitDocuments(bytes.toString("utf8"))) {
        if (mayMatter(text, interest)) return false;
        for (const [, kind = ""] of text.matchAll(/^["']?kind["']?[ \t]*:[ \t]*["']?([\w.-]+)/gm)) kinds.add(kind);
      }
    const contents = await readFollowed(trees[side], [...new Set(kustomizations.flatMap(combiningFiles))]);
    for (const one of kustomizations) {
      if (one.plugins.some((path) => !keepsApart(path, contents.get(path)))) return false;
      const named = new Set(otherwiseNamed(one, contents));
      if (changed.some((path) => named.has(path))) return false;
      if (takenKinds(one, contents).some((kind) => kind === undefined || kinds.has(kind))) return false;
    }
  }
  return true;
}

/** Whether a generator makes each object of files of its own, and a transformer is one of kustomize. */
const keepsApart = (path: string, bytes: Buffer = Buffer.alloc(0)): boolean =>
  objectsIn(path, bytes).every((one) => one["apiVersion"] === "builtin" || isPolicyGenerator(one));

/** The generator of Open Cluster Management: it wraps each of the manifests that it names. */
const isPolicyGenerator = ({ apiVersion, kind }: JsonObject): boolean =>
  kind === "PolicyGenerator" && apiVersion === "policy.open-cluster-management.io/v1";
/** In which objects it wraps them. */
const wrapping = ["Policy", "ConfigurationPolicy"] as const;

/** The files that a kustomization and its plugins name for anything but passing them through. */
function otherwiseNamed({ folder, value, plugins }: Kustomization, contents: ReadonlyMap<string, Buffer>): string[] {
  const { resources: _resources, bases: _bases, ...rest } = value;
  const ofPlugins = plugins.flatMap((path) =>
    objectsIn(path, contents.get(path) ?? Buffer.alloc(0)).map(withoutManifests),
  );
  return [rest, ...ofPlugins]
    .flatMap(stringsIn)
    .flatMap((text) => filesNamedBy(text).flatMap((name) => within(folder, name) ?? []));
}

/** A generator without the manifests that it wraps as they are. */
function withoutManifests(plugin: JsonObject): Json {
  if (!isPolicyGenerator(plugin)) return plugin;
  const { policies, ...rest } = plugin;
  const manifests = listOf(policies).flatMap((policy) => listOf(valueUnder(policy, "manifests")));
  return [rest, manifests.map((one) => [valueUnder(one, "patches") ?? null, valueUnder(one, "openapi") ?? null])];
}
