import { deployerOf, makingOf } from "../../manifests/deployers.ts";
import type { JsonObject, PerSide, SideName } from "../../manifests/manifest.ts";
import { memoized } from "../../manifests/memoized.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { documentsIn, itemsOf, nameOf } from "../objects-in.ts";
import { type FileTree, mayBeManifest, readMatching, type TreeChange } from "../trees/file-tree.ts";
import { mostFiles } from "./bounds.ts";
import { deployers } from "./deployment.ts";
import type { DocumentPlace } from "./followed-documents.ts";
import type { BuiltRoot, KustomizedDeployers } from "./kustomized-deployers.ts";
import {
  configMapsIn,
  type FindConfigMap,
  type FindSecretKeys,
  type FindSettings,
  secretKeysIn,
  settingsIn,
} from "./named-settings.ts";

/** An object of a GitOps tool, as it is in a file or as a kustomization builds it. */
export interface DeployerObject {
  readonly object: JsonObject;
  /** The file that holds it, or that of the kustomization that builds it. */
  readonly file: string;
  /** The documents that it is made of. */
  readonly documents: readonly DocumentPlace[];
  readonly configMap: FindConfigMap;
  /** The keys of the Secret that an object names; its values are never read. */
  readonly secretKeys: FindSecretKeys;
  /** What is in the ConfigMaps or Secrets of a name, in one text to compare. */
  readonly settings: FindSettings;
  /** What decides what it makes, in one text to compare; empty where it is said elsewhere that it changed. */
  readonly making: string;
  /** Why it is not known what it is applied as, and the files on which that depends. */
  readonly problem?: { readonly because: string; readonly files: ReadonlySet<string> };
}

interface DeployerObjects {
  readonly sides: PerSide<readonly DeployerObject[]>;
  /** Texts that may hold such objects and cannot be read, as templates cannot. */
  readonly unread: readonly { readonly file: string; readonly text: string }[];
}

/**
 * The objects of GitOps tools of both sides; undefined where too many files speak of such objects. Folders and charts both ask for
 * them: they are read once.
 */
export const deployerObjects = memoized(readObjects);

/** Those that are in changed files. */
export async function changedObjects({ base, head, changed }: TreeChange): Promise<DeployerObjects> {
  const among = ({ entries, read }: FileTree): FileTree => ({
    entries: new Map([...entries].filter(([path]) => changed.has(path))),
    read,
  });
  return (await readObjects({ base: among(base), head: among(head), changed })) ?? noObjects;
}

const noObjects: DeployerObjects = { sides: { base: [], head: [] }, unread: [] };

/** Files with objects of GitOps tools, or with what these may take values from. */
const speaking = new RegExp(`${deployers.source}|\\bkind["']?\\s*:\\s*["']?(?:ConfigMap|Secret|SealedSecret)\\b`);

/** Only changed files are read for the base; all others are shared with the head. */
async function readObjects({ base, head, changed }: TreeChange): Promise<DeployerObjects | undefined> {
  const paths = [...head.entries.keys()].filter(mayBeManifest);
  const after = await readMatching(head, paths, speaking);
  if (after.size > mostFiles && count(after, deployers) > mostFiles) return undefined;
  // A link may be the same and lead to what changed.
  const same = paths.filter((path) => !changed.has(path) && head.entries.get(path)?.isLink !== true);
  const before = new Map(same.flatMap((path) => [[path, after.get(path)] as const]));
  const isSame = new Set(same);
  const others = [...new Set([...paths, ...changed])].filter((path) => mayBeManifest(path) && !isSame.has(path));
  for (const [path, bytes] of await readMatching(base, others, speaking)) before.set(path, bytes);
  const taken = new Map<Buffer, ReturnType<typeof documentsIn>>();
  const unread: DeployerObjects["unread"][number][] = [];
  const read = (contents: ReadonlyMap<string, Buffer | undefined>): DeployerObject[] => {
    const configMap = configMapsIn(contents);
    const secretKeys = secretKeysIn(contents);
    const settings = settingsIn(contents);
    return [...contents].flatMap(([file, bytes]) => {
      const found =
        bytes === undefined
          ? []
          : (taken.get(bytes) ?? documentsIn(bytes, deployers, (text) => unread.push({ file, text })));
      if (bytes !== undefined) taken.set(bytes, found);
      return found.flatMap(({ value, index }) => {
        const items = itemsOf(value);
        return (items ?? [value]).map((object) => ({
          object,
          file,
          // What else is in a List is not judged through one of its items.
          documents: items === undefined ? [{ file, index }] : [],
          configMap: (namespace: string, name: string) => configMap(file, namespace, name),
          secretKeys,
          settings,
          making: isSaid(object) ? "" : makingOf(object),
        }));
      });
    });
  };
  return { sides: { base: read(before), head: read(after) }, unread };
}

const count = (contents: ReadonlyMap<string, Buffer>, pattern: RegExp): number =>
  [...contents.values()].filter((bytes) => pattern.test(bytes.toString("utf8"))).length;

/** Whether the reader of manifests already reports that such an object changed. */
const isSaid = (object: JsonObject): boolean => object["kind"] !== "HelmRelease" || deployerOf(object) !== undefined;

/**
 * Replaces objects that kustomizations change by what they build of them. An object and its source are matched by kind and name,
 * to which a kustomization may add a prefix or suffix.
 */
export async function asBuilt(
  objects: PerSide<readonly DeployerObject[]>,
  isMeant: (object: DeployerObject) => boolean,
  { rootsOf, build }: KustomizedDeployers,
): Promise<PerSide<readonly DeployerObject[]>> {
  const rootsOn = (side: SideName): string[] =>
    objects[side].filter(isMeant).flatMap(({ file }) => [...rootsOf(side, file)]);
  const builds = [...(await build(new Set(sideNames.flatMap(rootsOn)))).values()];
  const on = (side: SideName): DeployerObject[] => {
    // A root that changes nothing on the other side is built there too: only then are both sides alike.
    const files = new Set(builds.flatMap(({ filesOn }) => [...filesOn[side]]));
    const built = builds.flatMap((one) =>
      builtObjects(
        one,
        side,
        objects[side].filter(({ file }) => one.filesOn[side].has(file)),
      ),
    );
    return [...objects[side].filter(({ file }) => !files.has(file)), ...built];
  };
  return { base: on("base"), head: on("head") };
}

function builtObjects(
  { file, files, sides }: BuiltRoot,
  side: SideName,
  parts: readonly DeployerObject[],
): DeployerObject[] {
  // Where one side is not known the other has nothing to be compared with.
  const failed = [sides.head, sides.base].find((one) => one?.ok === false);
  if (failed?.ok === false) {
    const problem = { because: `${file} does not build: ${failed.because}`, files };
    return parts.map((part) => ({ ...part, problem }));
  }
  const rendering = sides[side];
  if (rendering?.ok !== true) return [];
  const built = new Map([[file, rendering.output]]);
  const configMap = configMapsIn(built);
  const secretKeys = secretKeysIn(built);
  const settings = settingsIn(built);
  return documentsIn(rendering.output, deployers).map(({ value }) => {
    const { name } = nameOf(value);
    const made = parts.filter(({ object }) => object["kind"] === value["kind"] && name.includes(nameOf(object).name));
    const [first] = made;
    return {
      object: value,
      file,
      documents: made.flatMap(({ documents }) => documents),
      making: makingOf(value),
      configMap: (namespace: string, wanted: string) =>
        configMap(file, namespace, wanted) ?? first?.configMap(namespace, wanted),
      secretKeys: (namespace: string, wanted: string) =>
        secretKeys(namespace, wanted) ?? first?.secretKeys(namespace, wanted),
      settings: (kind: string, namespace: string, wanted: string) =>
        `${settings(kind, namespace, wanted)} ${first?.settings(kind, namespace, wanted) ?? ""}`,
    };
  });
}
