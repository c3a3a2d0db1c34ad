import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import type { Derived, Predicate, Scope } from "../../../rules/functions.ts";
import { readSegments } from "../../../rules/path.ts";
import type { CatalogRow } from "../../../rules/rows.ts";
import { isWithin } from "../../../rules/version.ts";
import { jsonText } from "../go/json-text.ts";
import { releaseImageOf } from "../release.ts";
import { listOf, objectOf, textAt, textOf } from "../values.ts";
import { userConfig } from "./config-maps.ts";
import { mergedBeside, mergedConfig, type NamedConfig } from "./merged-config.ts";
import { beyondDefaults } from "./node-defaults.ts";
import { mirrorLists } from "./rendered-mirrors.ts";

/**
 * What the machine-config daemon finds on an InPlace node: texts of documents are not rendered, so a hash that differs by them
 * alone changes no file (openshift/machine-config-operator pkg/daemon/update.go newMachineConfigDiff, drain.go).
 */
const specOf = (value: JsonObject | undefined): JsonObject => objectOf(value?.["spec"]) ?? {};

/**
 * Everything but SSH keys, registry mirrors, image policies and files that need no drain: other files, units, kernel,
 * extensions, kubelet, CRI-O.
 */
export const renderedConfig: Derived = (scope) => {
  const texts = userConfig(scope).documents.flatMap(({ kind, value, hashed, problem }) => {
    if (problem !== undefined) return [hashed];
    if (kind === undefined || apart.has(kind.kind) || mirrorLists[kind.kind] !== undefined) return [];
    const said = beyondDefaults(specOf(value), scope);
    return Object.keys(said).length === 0 ? [] : [`${kind.kind} ${jsonText(said)}`];
  });
  const machine = drainedPart(scope);
  const shown = Object.keys(machine).length === 0 ? [] : [`MachineConfig ${jsonText(machine)}`];
  // A configuration that says the same twice is rendered once.
  return [...new Set([...texts, ...shown])].toSorted();
};

/** What of the merged MachineConfig is compared, but users, links and files that need no drain. */
function drainedPart(scope: Scope): JsonObject {
  const { ignition, fips, ...machine } = mergedConfig(scope);
  const { luks: _luks, links: _links, files, ...storage } = objectOf(ignition["storage"]) ?? {};
  const drained = listOf(files).flatMap((file) => {
    const { path, contents } = objectOf(file) ?? {};
    // Of registries.conf only what it says asks for a drain (pkg/daemon/drain.go isDrainRequired).
    if (path === registries) return [{ path, contents: contents ?? null }];
    return needsDrain(file, scope) ? [file] : [];
  });
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

/** What of these is rendered is elsewhere. */
const apart: ReadonlySet<string> = new Set(["MachineConfig", "ClusterImagePolicy"]);

/** Links that Ignition makes when a node is born; the daemon neither adds nor removes any. */
export const renderedLinks: Derived = (scope) => readSegments(mergedConfig(scope).ignition, ["storage", "links"]);

const registries = "/etc/containers/registries.conf";

/** Files that the daemon writes without a drain. */
export const renderedFiles: Derived = (scope) =>
  listOf(readSegments(mergedConfig(scope).ignition, ["storage", "files"]))
    .filter((file) => objectOf(file)?.["path"] === registries || !needsDrain(file, scope))
    .map(jsonText)
    .toSorted();

/** A catalog names files, and folders with a slash after them. */
const needsDrain = (file: Json, scope: Scope): boolean => rowOf(file, scope) === undefined;

function rowOf(file: Json, scope: Scope): CatalogRow | undefined {
  const path = textOf(objectOf(file)?.["path"]) ?? "";
  const listed = scope.catalog("files-without-drain");
  const place = [path, path.slice(0, path.lastIndexOf("/") + 1)].find((name) => Object.hasOwn(listed, name));
  return place === undefined ? undefined : listed[place];
}

/** Files differ for which the daemon that the in-place upgrader runs, that of the HostedCluster's release, drains still. */
export const filesDrainYet: Predicate = ({ base, head }) => {
  const image = textOf(head?.get("$cluster/spec/release/image"));
  const version = image === undefined ? undefined : releaseImageOf(image).version;
  if (base === undefined || head === undefined || version === undefined) return false;
  const [before, after] = [base, head].map((scope) =>
    jsonText(
      listOf(readSegments(mergedConfig(scope).ignition, ["storage", "files"]))
        .filter((file) => isWithin(version, undefined, rowOf(file, scope)?.from ?? "0"))
        .toSorted((a, b) => (jsonText(a) < jsonText(b) ? -1 : 1)),
    ),
  );
  return before !== after;
};

/** Users' SSH keys, which the daemon writes without a drain. */
export const renderedUsers: Derived = (scope) => mergedBeside(scope, ofKeys(scope)).ignition["passwd"];

/** The MachineConfig that the control plane makes of its SSH key: the keys of a user stand in the order of names too. */
const ofKeys = (scope: Scope): readonly NamedConfig[] =>
  textAt(scope, "$cluster/spec/sshKey/name") === undefined
    ? []
    : [
        {
          name: "99-worker-ssh",
          spec: { config: { passwd: { users: [{ name: "core", sshAuthorizedKeys: ["of the cluster"] }] } } },
        },
      ];
