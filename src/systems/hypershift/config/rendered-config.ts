import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import type { Derived, Predicate, Scope } from "../../../rules/functions.ts";
import { isObject, readSegments } from "../../../rules/path.ts";
import { userConfig } from "./config-maps.ts";
import { jsonText } from "../go/json-text.ts";
import { listOf, objectOf, textOf } from "../values.ts";

/**
 * What the machine-config daemon finds on an InPlace node: names, labels and texts of documents are not rendered, so a hash
 * that differs by them alone changes no file (openshift/machine-config-operator pkg/daemon/update.go reconcilable, drain.go).
 */
const specOf = (value: JsonObject | undefined): JsonObject => objectOf(value?.["spec"]) ?? {};

/** Everything but SSH keys and registry mirrors: files, units, kernel, extensions, kubelet, CRI-O. */
export const renderedConfig: Derived = (scope) => {
  const texts = userConfig(scope).documents.flatMap(({ kind, value, hashed, problem }) => {
    if (problem !== undefined) return [hashed];
    if (kind === undefined || mirrorLists[kind.kind] !== undefined) return [];
    return [`${kind.kind} ${jsonText(withoutEmpty(asRendered(specOf(value))))}`];
  });
  // A configuration that says the same twice is rendered once.
  return [...new Set(texts)].toSorted();
};

/** Users' SSH keys, which the daemon writes without a drain. */
export const renderedUsers: Derived = (scope) =>
  userConfig(scope)
    .documents.flatMap(({ value }) => readSegments(specOf(value), ["config", "passwd"]) ?? [])
    .map(jsonText)
    .toSorted();

/**
 * Users stand apart, and configurations are merged in the newest version of Ignition, whichever they are written in
 * (openshift/machine-config-operator pkg/controller/common/helpers.go MergeMachineConfigs, ParseAndConvertConfig).
 */
function asRendered({ config, ...spec }: JsonObject): JsonObject {
  if (!isObject(config)) return config === undefined ? spec : { ...spec, config };
  const { passwd: _users, ignition, ...rest } = config;
  const { version: _version, ...ignitionRest } = objectOf(ignition) ?? {};
  const kept = Object.keys(ignitionRest).length === 0 ? rest : { ...rest, ignition: ignitionRest };
  return Object.keys(kept).length === 0 ? spec : { ...spec, config: kept };
}

/** An empty list of kernel arguments or extensions renders as none. */
const withoutEmpty = (spec: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(spec).filter(([, value]) => !(Array.isArray(value) && value.length === 0)));

/** The lists of mirrors in each kind, by their key in `spec`. */
const mirrorLists: Readonly<Record<string, string>> = {
  ImageDigestMirrorSet: "imageDigestMirrors",
  ImageContentSourcePolicy: "repositoryDigestMirrors",
};

interface Registry {
  readonly mirrors: Set<string>;
  readonly policies: Set<string>;
}

/** Sources and their mirrors, of the HostedCluster's imageContentSources and the pool's own documents. */
function registriesOf(scope: Scope): Map<string, Registry> {
  const registries = new Map<string, Registry>();
  const add = (entry: Json): void => {
    const source = textOf(objectOf(entry)?.["source"]);
    if (source === undefined) return;
    const registry = registries.get(source) ?? { mirrors: new Set<string>(), policies: new Set<string>() };
    for (const mirror of listOf(objectOf(entry)?.["mirrors"]))
      if (typeof mirror === "string") registry.mirrors.add(mirror);
    registry.policies.add(textOf(objectOf(entry)?.["mirrorSourcePolicy"]) ?? "AllowContactingSource");
    registries.set(source, registry);
  };
  for (const entry of listOf(scope.get("$cluster/spec/imageContentSources"))) add(entry);
  for (const { kind, value } of userConfig(scope).documents)
    for (const entry of listOf(specOf(value)[mirrorLists[kind?.kind ?? ""] ?? ""])) add(entry);
  return registries;
}

/** The registries as registries.conf names them. */
export const renderedMirrors: Derived = (scope) =>
  [...registriesOf(scope)]
    .map(([source, { mirrors, policies }]) => jsonText([source, [...mirrors], [...policies].toSorted()]))
    .toSorted();

/** Nothing was taken away: additions of digest-only mirrors need no drain (drain.go isSafeContainerRegistryConfChanges). */
export const mirrorsOnlyAdded: Predicate = ({ base, head }) => {
  if (base === undefined || head === undefined) return false;
  const after = registriesOf(head);
  return [...registriesOf(base)].every(([source, { mirrors, policies }]) => {
    const now = after.get(source);
    return (
      now !== undefined &&
      [...mirrors].every((mirror) => now.mirrors.has(mirror)) &&
      [...policies].toSorted().join(",") === [...now.policies].toSorted().join(",")
    );
  });
};
