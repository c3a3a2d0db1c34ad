import { deployerOf } from "../../manifests/deployers.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { Diagnostic, Json, JsonObject } from "../../manifests/manifest.ts";
import { valueUnder } from "../../manifests/read-value.ts";
import { unrendered } from "../../manifests/unrendered.ts";
import { canonicalText } from "../../rules/canonical.ts";
import { mostFiles } from "../deployers/bounds.ts";
import { deploymentOf, partOf, titleOf } from "../deployers/deployment.ts";
import { holdsOurs } from "../deployers/judged-files.ts";
import { mayBeSameName, nameOf, type ObjectName, objectsIn } from "../objects-in.ts";
import type { JudgedKind } from "../relevant.ts";
import type { RenderOptions } from "../render-options.ts";
import { isYaml, readFollowed, type TreeChange } from "../trees/file-tree.ts";

const sources = /source\.toolkit\.fluxcd\.io/;
const users = /(?:kustomize|helm)\.toolkit\.fluxcd\.io/;
/** What of a source decides what Flux fetches; the rest says when, and with whose credentials. */
const fetched = [
  "bucketName",
  "chart",
  "endpoint",
  "ignore",
  "include",
  "layerSelector",
  "prefix",
  "ref",
  "sourceRef",
  "sparseCheckout",
  "url",
  "valuesFiles",
  "version",
] as const;

/** How objects of Flux name a source. */
interface SourceName extends ObjectName {
  readonly kind: string;
}

interface Source extends SourceName {
  readonly file: string;
  readonly title: string;
  readonly inputs: string;
}

/**
 * Reports Flux sources that are now fetched from elsewhere or in another version: unchanged Kustomizations and HelmReleases that
 * reach pools then deploy something else.
 */
export async function changedSources(
  trees: TreeChange,
  { kinds, accepts, shown }: Pick<RenderOptions, "kinds" | "accepts" | "shown">,
): Promise<Diagnostic[]> {
  const changed = await differing(
    trees,
    [...trees.changed].filter((path) => isYaml(path) && accepts(path)),
  );
  if (changed.length === 0) return [];
  const found: Diagnostic[] = [];
  const say = ({ title, file }: Source, made: string): void => {
    const message = `${title} changed, and ${made}: render both sides, for example with flux build, and pass the two directories`;
    found.push(unrendered(message, { file: shown("head", file) }));
  };
  const paths = [...trees.head.entries.keys()].filter(isYaml);
  if (paths.length > mostFiles) {
    for (const source of changed) say(source, `what uses it is not searched for among more than ${mostFiles} files`);
    return found;
  }
  for (const user of await usersIn(trees, paths))
    for (const source of changed)
      if (namedBy(user).some((name) => isSame(name, source)) && (await reachesOurs(trees, user, source, kinds)))
        say(source, `what ${titleOf(user)} makes of it is not among the files`);
  return found;
}

/** The sources of both sides that differ in what is fetched. */
async function differing({ base, head }: TreeChange, paths: readonly string[]): Promise<Source[]> {
  const before = new Map(sourcesIn(await readFollowed(base, paths)).map((source) => [source.title, source]));
  return sourcesIn(await readFollowed(head, paths)).filter(({ title, inputs }) => {
    const old = before.get(title);
    return old !== undefined && old.inputs !== inputs;
  });
}

function sourcesIn(files: ReadonlyMap<string, Buffer>): Source[] {
  return [...files].flatMap(([file, bytes]) =>
    objectsIn(bytes, sources).flatMap((object) => {
      const { apiVersion, kind, spec } = object;
      if (typeof apiVersion !== "string" || !apiVersion.startsWith("source.toolkit.fluxcd.io/")) return [];
      if (typeof kind !== "string" || !isObject(spec)) return [];
      return [{ ...nameOf(object), kind, file, title: titleOf(object), inputs: canonicalText(partOf(spec, fetched)) }];
    }),
  );
}

/** The Kustomizations and HelmReleases of the head. */
async function usersIn({ head }: TreeChange, paths: readonly string[]): Promise<JsonObject[]> {
  return [...(await readFollowed(head, paths)).values()].flatMap((bytes) => objectsIn(bytes, users));
}

function namedBy(user: JsonObject): SourceName[] {
  const { namespace: own } = nameOf(user);
  const { spec } = user;
  return [
    valueUnder(spec, "sourceRef"),
    valueUnder(spec, "chartRef"),
    valueUnder(spec, "chart", "spec", "sourceRef"),
  ].flatMap((reference: Json | undefined) => {
    const [kind, name, namespace] = ["kind", "name", "namespace"].map((key) => valueUnder(reference, key));
    return typeof kind === "string" && typeof name === "string"
      ? [{ kind, name, namespace: typeof namespace === "string" ? namespace : own }]
      : [];
  });
}

const isSame = (one: SourceName, other: SourceName): boolean => one.kind === other.kind && mayBeSameName(one, other);

/** Whether it reaches pools: by its names, or by the folder in this repository, which usually is the one that is fetched. */
const reachesOurs = async (
  trees: TreeChange,
  user: JsonObject,
  { kind }: SourceName,
  kinds: readonly JudgedKind[],
): Promise<boolean> =>
  deployerOf(user) !== undefined ||
  (kind === "GitRepository" && (await holdsOurs(trees, deploymentOf(user)?.paths ?? [], kinds)));
