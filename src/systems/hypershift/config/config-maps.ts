import type { JsonObject } from "../../../manifests/manifest.ts";
import { memoized } from "../../../manifests/memoized.ts";
import type { Derived, Reference, Scope } from "../../../rules/functions.ts";
import { readSegments } from "../../../rules/path.ts";
import { type ConfigDocument, configDocuments, type OlderThan, olderThan } from "./document.ts";

/** The ConfigMaps that a pool's `spec.config` names, read once for each scope. */
interface UserConfig {
  readonly documents: readonly (ConfigDocument & { readonly configMap: string })[];
  /** Named, but not among the manifests of this side. */
  readonly missing: readonly string[];
}

/** The documents of every ConfigMap of `spec.config`; a ConfigMap without the key `config` adds none. */
export const userConfig = memoized((scope: Scope): UserConfig => {
  const references = scope.references("config");
  const older = olderThan(scope);
  return {
    documents: references.flatMap((reference) => documentsOf(reference, older)),
    missing: references.filter(({ value }) => value === undefined).map(({ name }) => name),
  };
});

type NamedDocument = UserConfig["documents"][number];

/** By the ConfigMap and the releases that read it alike: many pools name the same few ConfigMaps. */
const byReleases = memoized<JsonObject, Map<string, readonly NamedDocument[]>>(() => new Map());

function documentsOf(reference: Reference, older: OlderThan): readonly NamedDocument[] {
  const { name, value } = reference;
  const readAll = () =>
    configDocuments(payloadOf(reference, "config") ?? "", older).map((document) => ({ ...document, configMap: name }));
  if (value === undefined) return readAll();
  const known = byReleases(value);
  const releases = [...older].join(" ");
  let documents = known.get(releases);
  if (documents === undefined) known.set(releases, (documents = readAll()));
  return documents;
}

/** The text at a key of a ConfigMap. */
export function payloadOf({ value }: Reference, key: string): string | undefined {
  const text = readSegments(value, ["data", key]);
  return typeof text === "string" ? text : undefined;
}

/**
 * What is hashed of `spec.config` (hypershift-operator/controllers/nodepool/config.go parse): sorted texts, so names, order
 * and splitting of ConfigMaps do nothing, and a document that occurs twice counts twice.
 */
export const hashedConfig: Derived = (scope) =>
  userConfig(scope)
    .documents.map(({ hashed }) => hashed)
    .toSorted();

/**
 * The texts that builds of operators 4.14 before 2024-04-02 and of 4.15 before 2024-03-25 hash as they stand
 * (openshift/hypershift@538e331d15^ and @744a279425^ nodepool_controller.go defaultAndValidateConfigManifest).
 */
export const textsHashedAtFirst: Derived = (scope) =>
  userConfig(scope)
    .documents.filter(({ kind }) => kind?.kind === "KubeletConfig" || kind?.kind === "ContainerRuntimeConfig")
    .map(({ text }) => text)
    .toSorted();
