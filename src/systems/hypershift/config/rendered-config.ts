import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import type { Derived, Predicate, Scope } from "../../../rules/functions.ts";
import { readSegments } from "../../../rules/path.ts";
import { userConfig } from "./config-maps.ts";
import { mergedConfig } from "./merged-config.ts";
import { jsonText } from "../go/json-text.ts";
import { listOf, objectOf, textOf } from "../values.ts";

/**
 * What the machine-config daemon finds on an InPlace node: texts of documents are not rendered, so a hash that differs by them
 * alone changes no file (openshift/machine-config-operator pkg/daemon/update.go newMachineConfigDiff, drain.go).
 */
const specOf = (value: JsonObject | undefined): JsonObject => objectOf(value?.["spec"]) ?? {};

/** Everything but SSH keys, registry mirrors, image policies and files that need no drain: other files, units, kernel, extensions, kubelet, CRI-O. */
export const renderedConfig: Derived = (scope) => {
  const texts = userConfig(scope).documents.flatMap(({ kind, value, hashed, problem }) => {
    if (problem !== undefined) return [hashed];
    if (kind === undefined || apart.has(kind.kind) || mirrorLists[kind.kind] !== undefined) return [];
    return [`${kind.kind} ${jsonText(specOf(value))}`];
  });
  const machine = drainedPart(scope);
  const shown = Object.keys(machine).length === 0 ? [] : [`MachineConfig ${jsonText(machine)}`];
  // A configuration that says the same twice is rendered once.
  return [...new Set([...texts, ...shown])].toSorted();
};

/** What of the merged MachineConfig is compared, but users and files that need no drain. */
function drainedPart(scope: Scope): JsonObject {
  const { ignition, fips, ...machine } = mergedConfig(scope);
  const { luks: _luks, files, ...storage } = objectOf(ignition["storage"]) ?? {};
  const drained = listOf(files).filter((file) => needsDrain(file, scope));
  const parts: readonly (readonly [string, Json])[] = [
    ...Object.entries(machine),
    ["fips", fips ? true : ""],
    ["ignitionKernelArguments", ignition["kernelArguments"] ?? ""],
    ["units", readSegments(ignition, ["systemd", "units"]) ?? ""],
    ...Object.entries(storage),
    // Files are compared by their paths (pkg/controller/common/helpers.go CalculateConfigFileDiffs).
    ["files", drained.toSorted((a, b) => (jsonText(a) < jsonText(b) ? -1 : 1))],
  ];
  return Object.fromEntries(parts.filter(([, value]) => value !== "" && !(Array.isArray(value) && value.length === 0)));
}

const imagePolicy = "ClusterImagePolicy";
/** What of these is rendered stands elsewhere. */
const apart: ReadonlySet<string> = new Set(["MachineConfig", imagePolicy]);

/** They become policy.json and a file of registries.d, which the daemon writes without a drain. */
export const renderedPolicies: Derived = (scope) => {
  const policies = userConfig(scope).documents.filter(({ kind }) => kind?.kind === imagePolicy);
  return [...new Set(policies.map(({ value }) => jsonText(specOf(value))))].toSorted();
};

/** Files that the daemon writes without a drain. */
export const renderedFiles: Derived = (scope) =>
  listOf(readSegments(mergedConfig(scope).ignition, ["storage", "files"]))
    .filter((file) => !needsDrain(file, scope))
    .map(jsonText)
    .toSorted();

/** A catalog names files, and folders with a slash behind them. */
function needsDrain(file: Json, scope: Scope): boolean {
  const path = textOf(objectOf(file)?.["path"]) ?? "";
  const listed = scope.catalog("files-without-drain");
  return !Object.hasOwn(listed, path) && !Object.hasOwn(listed, path.replace(/[^/]*$/, ""));
}

/** Users' SSH keys, which the daemon writes without a drain. */
export const renderedUsers: Derived = (scope) => mergedConfig(scope).ignition["passwd"];

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
