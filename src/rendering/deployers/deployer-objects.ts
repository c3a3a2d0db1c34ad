import { deployerOf } from "../../manifests/deployers.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { Json, JsonObject, SideName } from "../../manifests/manifest.ts";
import { valueUnder } from "../../manifests/read-value.ts";
import { canonicalText } from "../../rules/canonical.ts";
import { deployers } from "./deployment.ts";
import { type FileTree, isYaml, readMatching, type TreeChange } from "../trees/file-tree.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { documentsIn, nameOf, objectsIn } from "../objects-in.ts";
import type { DocumentPlace } from "./followed-documents.ts";
import type { BuiltRoot, KustomizedDeployers } from "./kustomized-deployers.ts";
import { mostFiles } from "./bounds.ts";

/** The `data` of the ConfigMap that an object names; undefined where none is found, or more than one may be meant. */
export type FindConfigMap = (namespace: string, name: string) => JsonObject | undefined;

/** The keys of the Secret that an object names; undefined where none is found. */
export type FindSecretKeys = (namespace: string, name: string) => readonly string[] | undefined;

/** An object of a GitOps tool, as it stands in a file or as a kustomization builds it. */
export interface DeployerObject {
  readonly object: JsonObject;
  /** Where it stands, or that of the kustomization. */
  readonly file: string;
  /** The documents that it is made of. */
  readonly documents: readonly DocumentPlace[];
  readonly configMap: FindConfigMap;
  /** The keys of the Secret that an object names, whose values nobody reads. */
  readonly secretKeys: FindSecretKeys;
  /** The files in which Secrets of a name stand, on either side. */
  readonly secretFiles: (namespace: string, name: string) => readonly string[];
  /** Files whose change is said only here. */
  readonly sources: ReadonlySet<string>;
  /** Why it is not known what it is applied as. */
  readonly problem?: string;
}

interface DeployerObjects {
  readonly sides: Readonly<Record<SideName, readonly DeployerObject[]>>;
  /** Texts that may hold such objects and cannot be read, as templates cannot. */
  readonly unread: readonly { readonly file: string; readonly text: string }[];
}

const known = new WeakMap<TreeChange, Promise<DeployerObjects | undefined>>();

/**
 * The objects of GitOps tools of both sides; undefined where too many files speak of such objects. Folders and charts both ask for
 * them: they are read once.
 */
export async function deployerObjects(trees: TreeChange): Promise<DeployerObjects | undefined> {
  let objects = known.get(trees);
  if (objects === undefined) known.set(trees, (objects = readObjects(trees)));
  return await objects;
}

/** Those that stand in changed files. */
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

/** The files of the base differ from those of the head in what changed. */
async function readObjects({ base, head, changed }: TreeChange): Promise<DeployerObjects | undefined> {
  const paths = [...head.entries.keys()].filter(isYaml);
  const after = await readMatching(head, paths, speaking);
  if (after.size > mostFiles && count(after, deployers) > mostFiles) return undefined;
  // A link may be the same and lead to what changed.
  const same = paths.filter((path) => !changed.has(path) && head.entries.get(path)?.isLink !== true);
  const before = new Map(same.flatMap((path) => [[path, after.get(path)] as const]));
  const isSame = new Set(same);
  const others = [...new Set([...paths, ...changed])].filter((path) => isYaml(path) && !isSame.has(path));
  for (const [path, bytes] of await readMatching(base, others, speaking)) before.set(path, bytes);
  const taken = new Map<Buffer, ReturnType<typeof documentsIn>>();
  const unread: DeployerObjects["unread"][number][] = [];
  const read = (contents: ReadonlyMap<string, Buffer | undefined>): DeployerObject[] => {
    const configMap = configMapsIn(contents);
    const secretKeys = secretKeysIn(contents);
    const secrets = secretsIn(contents);
    const secretFiles = (namespace: string, name: string) => secrets(namespace, name).map((one) => one.file);
    return [...contents].flatMap(([file, bytes]) => {
      const found =
        bytes === undefined
          ? []
          : (taken.get(bytes) ?? documentsIn(bytes, deployers, (text) => unread.push({ file, text })));
      if (bytes !== undefined) taken.set(bytes, found);
      return found.map(({ value, index }) => ({
        object: value,
        file,
        documents: [{ file, index }],
        sources: new Set(isSaid(value) ? [] : [file]),
        configMap: (namespace: string, name: string) => configMap(file, namespace, name),
        secretKeys,
        secretFiles,
      }));
    });
  };
  return { sides: { base: read(before), head: read(after) }, unread };
}

const count = (contents: ReadonlyMap<string, Buffer>, pattern: RegExp): number =>
  [...contents.values()].filter((bytes) => pattern.test(bytes.toString("utf8"))).length;

/** Whether it is said where it is read that such an object changed. */
const isSaid = (object: JsonObject): boolean => object["kind"] !== "HelmRelease" || deployerOf(object) !== undefined;

interface Named {
  readonly file: string;
  readonly object: JsonObject;
}

/** Finds objects of some kinds by name; the files are gone through when the first is asked for. */
function objectsNamed(
  contents: ReadonlyMap<string, Buffer | undefined>,
  pattern: RegExp,
  isMeant: (object: JsonObject) => boolean,
): (namespace: string, name: string) => Named[] {
  let all: Named[] | undefined;
  return (namespace, name) => {
    all ??= [...contents].flatMap(([file, bytes]) =>
      bytes === undefined
        ? []
        : objectsIn(bytes, pattern)
            .filter(isMeant)
            .map((object) => ({ file, object })),
    );
    return all.filter(({ object }) => {
      const own = nameOf(object);
      return own.name === name && (own.namespace === namespace || own.namespace === "" || namespace === "");
    });
  };
}

/** The ConfigMaps of some files; of several that are called alike that which stands nearest to a file. */
function configMapsIn(
  contents: ReadonlyMap<string, Buffer | undefined>,
): (file: string, namespace: string, name: string) => JsonObject | undefined {
  const isMeant = ({ apiVersion, kind }: JsonObject): boolean => apiVersion === "v1" && kind === "ConfigMap";
  const find = objectsNamed(contents, /ConfigMap/, isMeant);
  return (file, namespace, name) => {
    const named = find(namespace, name);
    const folder = file.slice(0, file.lastIndexOf("/") + 1);
    const beside = named.filter((one) => one.file.startsWith(folder) && !one.file.slice(folder.length).includes("/"));
    const meant = beside.length > 0 ? beside : named;
    const texts = new Set(meant.map(({ object }) => canonicalText(object["data"])));
    const data = meant[0]?.object["data"];
    return texts.size === 1 && isObject(data) ? data : undefined;
  };
}

const secretKinds = new Set<Json | undefined>(["Secret", "SealedSecret"]);
/** As it stands there, encrypted by sops, or sealed. */
const secretPlaces = [["data"], ["stringData"], ["spec", "encryptedData"]] as const;

const secretsIn = (contents: ReadonlyMap<string, Buffer | undefined>): ((namespace: string, name: string) => Named[]) =>
  objectsNamed(contents, /Secret/, ({ kind }) => secretKinds.has(kind));

function secretKeysIn(contents: ReadonlyMap<string, Buffer | undefined>): FindSecretKeys {
  const find = secretsIn(contents);
  return (namespace, name) => {
    const named = find(namespace, name);
    const keys = named.flatMap(({ object }) =>
      secretPlaces.flatMap((place) => {
        const held = valueUnder(object, ...place);
        return isObject(held) ? Object.keys(held) : [];
      }),
    );
    return named.length === 0 ? undefined : [...new Set(keys)];
  };
}

/**
 * The same objects with those in place of what kustomizations change that they make of it. Objects are told by kind and name, to
 * which a kustomization may add.
 */
export async function asBuilt(
  objects: Readonly<Record<SideName, readonly DeployerObject[]>>,
  isMeant: (object: DeployerObject) => boolean,
  { rootsOf, build }: KustomizedDeployers,
): Promise<Readonly<Record<SideName, readonly DeployerObject[]>>> {
  const rootsOn = (side: SideName): string[] =>
    objects[side].filter(isMeant).flatMap(({ file }) => [...rootsOf(side, file)]);
  const builds = await build(new Set(sideNames.flatMap(rootsOn)));
  const on = (side: SideName): DeployerObject[] => {
    const plain = objects[side].filter(({ file }) => !rootsOf(side, file).some((root) => builds.has(root)));
    const built = [...builds].flatMap(([root, one]) =>
      builtObjects(
        one,
        side,
        objects[side].filter(({ file }) => rootsOf(side, file).includes(root)),
      ),
    );
    return [...plain, ...built];
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
  if (failed?.ok === false)
    return parts.map((part) => ({ ...part, sources: files, problem: `${file} does not build: ${failed.because}` }));
  const rendering = sides[side];
  if (rendering?.ok !== true) return [];
  const built = new Map([[file, rendering.output]]);
  const configMap = configMapsIn(built);
  const secretKeys = secretKeysIn(built);
  return documentsIn(rendering.output, deployers).map(({ value }) => {
    const { name } = nameOf(value);
    const made = parts.filter(({ object }) => object["kind"] === value["kind"] && name.includes(nameOf(object).name));
    const [first] = made;
    return {
      object: value,
      file,
      documents: made.flatMap(({ documents }) => documents),
      sources: files,
      configMap: (namespace: string, wanted: string) =>
        configMap(file, namespace, wanted) ?? first?.configMap(namespace, wanted),
      secretKeys: (namespace: string, wanted: string) =>
        secretKeys(namespace, wanted) ?? first?.secretKeys(namespace, wanted),
      secretFiles: (namespace: string, wanted: string) => first?.secretFiles(namespace, wanted) ?? [],
    };
  });
}
