import { isList, listOf } from "../../manifests/json-list.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../manifests/manifest.ts";
import { readValue, textUnder, valueUnder } from "../../manifests/read-value.ts";
import { splitFile } from "../../manifests/read.ts";
import { within } from "../trees/file-tree.ts";
import type { Kustomization } from "./kustomization.ts";

/** A kind, or undefined for one that is not said. */
type Kind = string | undefined;

/** The contents of files by their paths. */
export type Contents = ReadonlyMap<string, Buffer>;

/** The files in which a kustomization says what objects get from others. */
export const combiningFiles = ({ folder, value, plugins }: Kustomization): string[] => [
  ...plugins,
  ...[...listOf(value["configurations"]), ...replacementsOf(value).map((one) => valueUnder(one, "path"))].flatMap(
    (path) => (typeof path === "string" ? (within(folder, path) ?? []) : []),
  ),
];

/** The kinds of the objects of which others get something when they are built together: a value, or a new name. */
export function takenKinds({ folder, value, plugins }: Kustomization, contents: Contents): Kind[] {
  const objectsAt = (path: Json | undefined): JsonObject[] => {
    const at = typeof path === "string" ? within(folder, path) : undefined;
    return at === undefined ? [] : mappingsIn(contents, at);
  };
  const replaced = (owner: JsonObject): Kind[] =>
    replacementsOf(owner)
      .flatMap((one) => (valueUnder(one, "path") === undefined ? [one] : objectsAt(valueUnder(one, "path"))))
      .map((one) => textUnder(one, "source", "kind"));
  return [
    ...replaced(value),
    ...plugins.flatMap((path) => mappingsIn(contents, path)).flatMap(replaced),
    ...listOf(value["vars"]).map((one) => textUnder(one, "objref", "kind")),
    ...listOf(value["configurations"])
      .flatMap(objectsAt)
      .flatMap((one) => listOf(one["nameReference"]))
      .map((one) => textUnder(one, "kind")),
  ];
}

const replacementsOf = (owner: JsonObject): JsonObject[] => listOf(owner["replacements"]).filter(isObject);

/** The mappings of a file, also those that are items of a list; none where there is no such file. */
export const mappingsIn = (contents: Contents, path: string): JsonObject[] =>
  splitFile({ path, bytes: contents.get(path) ?? Buffer.alloc(0) }).flatMap((document) => {
    const value = readValue(document) ?? null;
    return (isList(value) ? value : [value]).filter(isObject);
  });
