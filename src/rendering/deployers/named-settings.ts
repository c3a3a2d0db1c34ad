import { listOf } from "../../manifests/json-list.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../manifests/manifest.ts";
import { valueUnder } from "../../manifests/read-value.ts";
import { canonicalText } from "../../rules/canonical.ts";
import { mayBeSameName, nameOf, objectsIn } from "../objects-in.ts";
import { folderOf } from "../trees/file-tree.ts";

/** The `data` of the ConfigMap that an object names; undefined where none is found, or more than one may be meant. */
export type FindConfigMap = (namespace: string, name: string) => JsonObject | undefined;

/** What is in the ConfigMaps or Secrets of a name, in one text to compare. */
export type FindSettings = (kind: string, namespace: string, name: string) => string;

/** The keys of the Secret that an object names; undefined where none is found. */
export type FindSecretKeys = (namespace: string, name: string) => readonly string[] | undefined;

interface Named {
  readonly file: string;
  readonly object: JsonObject;
}

/** Finds objects of some kinds by name. The files are read when the first is asked for. */
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
    return all.filter(({ object }) => mayBeSameName(nameOf(object), { name, namespace }));
  };
}

/** Those of a list of references that name a ConfigMap or a Secret. */
export const settingsNamedIn = (references: Json | undefined): { readonly kind: string; readonly name: string }[] =>
  listOf(references).flatMap((one) => {
    const [kind, name] = ["kind", "name"].map((key) => valueUnder(one, key));
    return (kind === "ConfigMap" || kind === "Secret") && typeof name === "string" ? [{ kind, name }] : [];
  });

export function settingsIn(contents: ReadonlyMap<string, Buffer | undefined>): FindSettings {
  const configMaps = objectsNamed(contents, /ConfigMap/, isConfigMap);
  const secrets = secretsIn(contents);
  return (kind, namespace, name) => {
    const found = kind === "Secret" ? secrets(namespace, name) : configMaps(namespace, name);
    return canonicalText(found.map(({ object: { data, stringData, spec } }) => [data, stringData, spec].map(orNull)));
  };
}

const orNull = (value: Json | undefined): Json => value ?? null;
const isConfigMap = ({ apiVersion, kind }: JsonObject): boolean => apiVersion === "v1" && kind === "ConfigMap";

/** The ConfigMaps of some files; where several have the same name, the one nearest to the file. */
export function configMapsIn(
  contents: ReadonlyMap<string, Buffer | undefined>,
): (file: string, namespace: string, name: string) => JsonObject | undefined {
  const find = objectsNamed(contents, /ConfigMap/, isConfigMap);
  return (file, namespace, name) => {
    const named = find(namespace, name);
    const beside = named.filter((one) => folderOf(one.file) === folderOf(file));
    const meant = beside.length > 0 ? beside : named;
    const texts = new Set(meant.map(({ object }) => canonicalText(object["data"])));
    const data = meant[0]?.object["data"];
    return texts.size === 1 && isObject(data) ? data : undefined;
  };
}

const secretKinds = new Set<Json | undefined>(["Secret", "SealedSecret"]);
/** Where the values of a ConfigMap or Secret stand: as they are, encrypted by sops, or sealed. */
export const settingPlaces = [["data"], ["stringData"], ["spec", "encryptedData"]] as const;

const secretsIn = (contents: ReadonlyMap<string, Buffer | undefined>): ((namespace: string, name: string) => Named[]) =>
  objectsNamed(contents, /Secret/, ({ kind }) => secretKinds.has(kind));

export function secretKeysIn(contents: ReadonlyMap<string, Buffer | undefined>): FindSecretKeys {
  const find = secretsIn(contents);
  return (namespace, name) => {
    const named = find(namespace, name);
    const keys = named.flatMap(({ object }) =>
      settingPlaces.flatMap((place) => {
        const held = valueUnder(object, ...place);
        return isObject(held) ? Object.keys(held) : [];
      }),
    );
    return named.length === 0 ? undefined : [...new Set(keys)];
  };
}
