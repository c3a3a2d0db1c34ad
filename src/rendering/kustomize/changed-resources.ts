import type { Interest } from "../../manifests/interest.ts";
import { listOf } from "../../manifests/json-list.ts";
import type { Json, JsonObject } from "../../manifests/manifest.ts";
import { mayMatter } from "../../manifests/may-matter.ts";
import { valueUnder } from "../../manifests/read-value.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { splitDocuments } from "../../manifests/text/split.ts";
import { type FileTree, readFollowed, type TreeChange, within } from "../trees/file-tree.ts";
import { mayGiveKind } from "./given-kinds.ts";
import { filesMentioned, isKustomization, type Kustomization } from "./kustomization.ts";
import type { Closure } from "./kustomize-graph.ts";
import { combiningFiles, type Contents, mappingsIn, takenKinds } from "./taken-kinds.ts";

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
  if (changed.some(isKustomization) || closures.some((closure) => followsLinks(trees, closure))) return false;
  const kustomizations = closures.flatMap((closure) => closure.kustomizations);
  for (const side of sideNames) {
    const kinds = new Set<string>(wrapping);
    for (const bytes of (await readFollowed(trees[side], changed)).values())
      for (const { text } of splitDocuments(bytes.toString("utf8"))) {
        if (mayMatter(text, interest)) return false;
        for (const [, kind = ""] of text.matchAll(/^["']?kind["']?[ \t]*:[ \t]*["']?([\w.-]+)/gm)) kinds.add(kind);
      }
    const contents = await readFollowed(trees[side], [...new Set(kustomizations.flatMap(combiningFiles))]);
    if (await mayGiveKinds(trees[side], kustomizations, contents, interest)) return false;
    const passedThrough = new Set(kustomizations.flatMap((one) => resourcesOf(one, contents)));
    if (!changed.every((path) => passedThrough.has(path))) return false;
    for (const one of kustomizations) {
      if (!pluginsIn(one.plugins, contents).every(keepsApart)) return false;
      const named = new Set(otherwiseNamed(one, contents));
      if (changed.some((path) => named.has(path))) return false;
      if (takenKinds(one, contents).some((kind) => kind === undefined || kinds.has(kind))) return false;
    }
  }
  return true;
}

/** Whether the kustomizations, or what they name to change resources, may make objects of interest of resources of other kinds. */
async function mayGiveKinds(
  tree: FileTree,
  kustomizations: readonly Kustomization[],
  contents: Contents,
  { rows }: Interest,
): Promise<boolean> {
  const paths = kustomizations.flatMap((one) => [one.file, ...one.plugins, ...otherwiseNamed(one, contents)]);
  const there = [...new Set(paths)].filter((path) => tree.entries.has(path));
  return [...(await readFollowed(tree, there)).values()].some((bytes) => mayGiveKind(bytes, rows));
}

/** Whether anything in a build is named by another path than its own. */
const followsLinks = ({ base, head }: TreeChange, { files, throughLinks }: Closure): boolean =>
  throughLinks.folders.size + throughLinks.files.size > 0 ||
  [...files].some((path) => [base, head].some(({ entries }) => entries.get(path)?.isLink === true));

/** Whether a generator makes each object of files of its own, or a transformer is one of kustomize. */
const keepsApart = (plugin: JsonObject): boolean => plugin["apiVersion"] === "builtin" || isPolicyGenerator(plugin);

/** The generator of Open Cluster Management: it wraps each of the manifests that it names. */
const isPolicyGenerator = ({ apiVersion, kind }: JsonObject): boolean =>
  kind === "PolicyGenerator" && apiVersion === "policy.open-cluster-management.io/v1";
/** In which objects it wraps them. */
const wrapping = ["Policy", "ConfigurationPolicy"] as const;

/** The files that a kustomization and its plugins name to pass them through. */
const resourcesOf = ({ folder, value, plugins }: Kustomization, contents: Contents): string[] =>
  [
    ...listOf(value["resources"]),
    ...listOf(value["bases"]),
    ...pluginsIn(plugins, contents).flatMap((one) => manifestsOf(one).map((entry) => valueUnder(entry, "path"))),
  ].flatMap((path) => (typeof path === "string" ? (within(folder, path) ?? []) : []));

/** The files that they name for anything else. */
function otherwiseNamed({ folder, value, plugins }: Kustomization, contents: Contents): string[] {
  const { resources: _resources, bases: _bases, ...rest } = value;
  return filesMentioned([rest, ...pluginsIn(plugins, contents).map(withoutManifests)], folder);
}

const pluginsIn = (paths: readonly string[], contents: Contents): JsonObject[] =>
  paths.flatMap((path) => mappingsIn(contents, path));

/** The entries by which a generator wraps manifests as they are, or patched. */
const manifestsOf = (plugin: JsonObject): Json[] =>
  isPolicyGenerator(plugin)
    ? listOf(plugin["policies"]).flatMap((policy) => listOf(valueUnder(policy, "manifests")))
    : [];

function withoutManifests(plugin: JsonObject): Json {
  if (!isPolicyGenerator(plugin)) return plugin;
  const { policies: _policies, ...rest } = plugin;
  const parts = manifestsOf(plugin).map((one) => [
    valueUnder(one, "patches") ?? null,
    valueUnder(one, "openapi") ?? null,
  ]);
  return [rest, parts];
}
