import type { JsonObject, SideName } from "../manifests/manifest.ts";
import { canonicalText } from "../rules/canonical.ts";
import { deployers } from "./deployed-folders.ts";
import { isYaml, readFollowed, type TreeChange } from "./file-tree.ts";
import { documentsIn, nameOf, objectsIn } from "./findings.ts";

/** An object of a GitOps tool, and the document in which it stands. */
export interface DeployerObject {
  readonly object: JsonObject;
  readonly file: string;
  /** Which document of the file it is. */
  readonly index: number;
}

/** The manifests of one side, as far as releases of charts are made from them. */
export interface DeployerFiles {
  readonly objects: readonly DeployerObject[];
  /** The `data` of the ConfigMap that an object in `file` names: of several that which stands nearest. */
  readonly configMap: (file: string, namespace: string, name: string) => JsonObject | undefined;
}

/** Reads the objects of GitOps tools of both sides among these files of the head; those of the base differ in what changed. */
export async function deployerFiles(
  { base, head, changed }: TreeChange,
  paths: readonly string[],
): Promise<Readonly<Record<SideName, DeployerFiles>>> {
  const after = await readFollowed(head, paths);
  // A link may be the same and lead to what changed.
  const same = paths.filter((path) => !changed.has(path) && head.entries.get(path)?.isLink !== true);
  const before = new Map(same.flatMap((path) => [[path, after.get(path)] as const]));
  const isSame = new Set(same);
  const others = [...new Set([...paths, ...changed])].filter((path) => isYaml(path) && !isSame.has(path));
  for (const [path, bytes] of await readFollowed(base, others)) before.set(path, bytes);
  const known = new Map<Buffer, ReturnType<typeof documentsIn>>();
  const read = (contents: ReadonlyMap<string, Buffer | undefined>): DeployerFiles => ({
    objects: [...contents].flatMap(([file, bytes]) => (bytes === undefined ? [] : objectsOf(file, bytes, known))),
    configMap: configMapsIn(contents),
  });
  return { base: read(before), head: read(after) };
}

function objectsOf(file: string, bytes: Buffer, known: Map<Buffer, ReturnType<typeof documentsIn>>): DeployerObject[] {
  const found = known.get(bytes) ?? documentsIn(bytes, deployers);
  known.set(bytes, found);
  return found.map(({ value, index }) => ({ object: value, file, index }));
}

function configMapsIn(contents: ReadonlyMap<string, Buffer | undefined>): DeployerFiles["configMap"] {
  let all: { readonly file: string; readonly object: JsonObject }[] | undefined;
  return (file, namespace, name) => {
    all ??= [...contents].flatMap(([at, bytes]) =>
      bytes?.includes("ConfigMap") === true
        ? objectsIn(bytes, /ConfigMap/)
            .filter(({ apiVersion, kind }) => apiVersion === "v1" && kind === "ConfigMap")
            .map((object) => ({ file: at, object }))
        : [],
    );
    const named = all.filter(({ object }) => {
      const own = nameOf(object);
      return own.name === name && (own.namespace === namespace || own.namespace === "" || namespace === "");
    });
    const folder = file.slice(0, file.lastIndexOf("/") + 1);
    const beside = named.filter((one) => one.file.startsWith(folder) && !one.file.slice(folder.length).includes("/"));
    const meant = beside.length > 0 ? beside : named;
    const texts = new Set(meant.map(({ object }) => canonicalText(object["data"])));
    const data = meant[0]?.object["data"];
    return texts.size === 1 && data !== null && typeof data === "object" && !Array.isArray(data)
      ? (data as JsonObject)
      : undefined;
  };
}
