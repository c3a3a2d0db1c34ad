import { listOf } from "../manifests/json-list.ts";
import { isObject } from "../manifests/json-object.ts";
import type { JsonObject } from "../manifests/manifest.ts";
import { isDefinition } from "../manifests/may-matter.ts";
import { readValue, textUnder } from "../manifests/read-value.ts";
import { splitFile } from "../manifests/read.ts";

/** The objects of a file or a rendering whose text matches. Most files hold none, and are not parsed. */
export const objectsIn = (output: Buffer, pattern: RegExp): JsonObject[] =>
  documentsIn(output, pattern).flatMap(({ value }) => itemsOf(value) ?? [value]);

/** The objects in a List; undefined for every other object. */
export const itemsOf = ({ apiVersion, kind, items }: JsonObject): JsonObject[] | undefined =>
  apiVersion === "v1" && kind === "List" ? listOf(items).filter(isObject) : undefined;

/** The same, and which documents they are; told of those that cannot be read. */
export function documentsIn(
  output: Buffer,
  pattern: RegExp,
  onUnread: (text: string) => void = () => {},
): { readonly index: number; readonly value: JsonObject }[] {
  if (!pattern.test(output.toString("utf8"))) return [];
  return splitFile({ path: "", bytes: output }).flatMap((document, index) => {
    if (!pattern.test(document.text) || isDefinition(document.text)) return [];
    const value = readValue(document);
    if (value === undefined) onUnread(document.text);
    return isObject(value) ? [{ index, value }] : [];
  });
}

/** Name and namespace as an object says them; empty where it says none. */
export interface ObjectName {
  readonly name: string;
  readonly namespace: string;
}

export const nameOf = (object: JsonObject): ObjectName => ({
  name: textUnder(object, "metadata", "name") ?? "",
  namespace: textUnder(object, "metadata", "namespace") ?? "",
});

/** For people. */
export const fullName = ({ name, namespace }: ObjectName): string => (namespace === "" ? name : `${namespace}/${name}`);

/** Whether two names may mean one object: where one says no namespace, whoever applies it decides. */
export const mayBeSameName = (one: ObjectName, other: ObjectName): boolean =>
  one.name === other.name && (one.namespace === other.namespace || one.namespace === "" || other.namespace === "");

const objectName = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

/** Whether the API server would accept its name and its namespace, which messages show. */
export function isNamed(object: JsonObject): boolean {
  const { name, namespace } = nameOf(object);
  return objectName.test(name) && (namespace === "" || objectName.test(namespace));
}

/** The objects of a file that are judged. */
export const judgedObjectsIn = (bytes: Buffer, kinds: readonly { readonly kind: string }[]): JsonObject[] => {
  const named = new Set<unknown>(kinds.map(({ kind }) => kind));
  return objectsIn(bytes, new RegExp([...named].join("|"))).filter((object) => named.has(object["kind"]));
};

/** Their identities. */
export const judgedIn = (bytes: Buffer, kinds: readonly { readonly kind: string }[]): string[] =>
  judgedObjectsIn(bytes, kinds).map((object) => JSON.stringify([object["kind"], nameOf(object)]));
