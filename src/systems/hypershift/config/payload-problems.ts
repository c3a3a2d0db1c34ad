import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { memoized } from "../../../manifests/memoized.ts";
import type { Check, Finding, Predicate, Scope } from "../../../rules/functions.ts";
import { readSegments } from "../../../rules/path.ts";
import { jsonText } from "../go/json-text.ts";
import { listOf, objectOf, textOf } from "../values.ts";
import { userConfig } from "./config-maps.ts";
import { kubeletMisfit } from "./kubelet-types.ts";
import { kubeletProblem, runtimeProblem } from "./node-config-problems.ts";

const kernelTypes: ReadonlySet<string> = new Set(["", "default", "realtime", "64k-pages"]);
const extensions: ReadonlySet<string> = new Set([
  "ipsec",
  "kerberos",
  "kernel-devel",
  "sandboxed-containers",
  "sysstat",
  "two-node-ha",
  "usbguard",
  "wasm",
]);
const unitKinds = /\.(?:service|socket|device|mount|automount|swap|target|path|timer|snapshot|slice|scope)$/;

/**
 * Why the machine-config controller makes no Ignition payload of a MachineConfig. The NodePool controller does not look into it:
 * the rollout begins, and what is new gets nothing (openshift/machine-config-operator pkg/controller/common/helpers.go
 * ValidateMachineConfig; coreos/ignition config/v3_5/types, config/validate).
 */
function problemOf(spec: JsonObject): string | undefined {
  const kernelType = textOf(spec["kernelType"]) ?? "";
  if (!kernelTypes.has(kernelType)) return `kernelType ${kernelType.slice(0, 40)} is none that it knows`;
  const { config } = spec;
  if (config === undefined || config === null) return undefined;
  const ignition = objectOf(config) ?? {};
  const version = readSegments(ignition, ["ignition", "version"]);
  if (typeof version !== "string" || !/^(?:2\.[0-2]|3\.[0-5])\.0$/.test(version))
    return typeof version === "string"
      ? `Ignition version ${version.slice(0, 40)} is none that it knows, such as 3.4.0`
      : "config.ignition.version is not there, or no text such as 3.4.0";
  const unknown = listOf(spec["extensions"]).find((one) => typeof one !== "string" || !extensions.has(one));
  if (unknown !== undefined) return `extension ${jsonText(unknown).slice(0, 40)} is none that it knows`;
  return (
    fileProblem(ignition) ?? (version.startsWith("2.") ? undefined : (nodeProblem(ignition) ?? unitProblem(ignition)))
  );
}

const itemsOf = (ignition: JsonObject, ...path: readonly string[]): readonly JsonObject[] =>
  listOf(readSegments(ignition, path)).map((item) => objectOf(item) ?? {});

function fileProblem(ignition: JsonObject): string | undefined {
  for (const { path, mode, contents } of itemsOf(ignition, "storage", "files")) {
    const file = `the file ${textOf(path)?.slice(0, 80) ?? "without a path"}`;
    if (mode !== undefined && mode !== null && (typeof mode !== "number" || !Number.isInteger(mode) || mode < 0))
      return `the mode of ${file} is not a number such as 0644`;
    if (typeof mode === "number" && mode > 0o777)
      return `the mode of ${file} is ${mode}, more than 0777: in JSON and without a leading 0 it is decimal, as 420 for 0644`;
    const source = objectOf(contents)?.["source"];
    if (source === undefined || source === null || source === "") continue;
    if (typeof source !== "string" || !/^(?:https?|tftp|gs|s3|arn|data):/i.test(source))
      return `the content of ${file} is not a URL such as data:,text`;
  }
  return undefined;
}

function nodeProblem(ignition: JsonObject): string | undefined {
  const seen = new Set<Json>();
  for (const { path, overwrite, contents } of itemsOf(ignition, "storage", "files"))
    if (overwrite === true && (objectOf(contents)?.["source"] ?? null) === null)
      return `the file ${textOf(path)?.slice(0, 80) ?? ""} overwrites and has no contents.source`;
  for (const list of ["files", "directories", "links"])
    for (const { path } of itemsOf(ignition, "storage", list)) {
      if (typeof path !== "string" || !path.startsWith("/")) return `one of its ${list} has no absolute path`;
      if (seen.has(path)) return `the path ${path.slice(0, 80)} is there twice`;
      seen.add(path);
    }
  return undefined;
}

function unitProblem(ignition: JsonObject): string | undefined {
  const seen = new Set<Json>();
  for (const { name, enabled } of itemsOf(ignition, "systemd", "units")) {
    if (typeof name !== "string" || !unitKinds.test(name)) return "one of its units has no name such as a.service";
    if (seen.has(name)) return `the unit ${name.slice(0, 80)} is there twice`;
    if (enabled !== undefined && enabled !== null && typeof enabled !== "boolean")
      return `enabled of the unit ${name.slice(0, 80)} is neither true nor false`;
    seen.add(name);
  }
  return undefined;
}

const problemsOfKinds: ReadonlyMap<string, (spec: JsonObject) => string | undefined> = new Map([
  ["MachineConfig", problemOf],
  ["KubeletConfig", kubeletProblem],
  ["ContainerRuntimeConfig", runtimeProblem],
]);

type ProblemOf = (kind: string, spec: JsonObject) => string | undefined;

/** What is wrong with the configuration of a pool; where the NodePool controller refuses a document, none comes this far. */
const found = (problem: ProblemOf) =>
  memoized((scope: Scope): readonly string[] => {
    const { documents } = userConfig(scope);
    const isRead = documents.every((document) => document.problem === undefined);
    return (isRead ? documents : []).flatMap(({ kind, value, configMap }) => {
      const said = problem(kind?.kind ?? "", objectOf(value?.["spec"]) ?? {});
      const name = textOf(readSegments(value, ["metadata", "name"])) ?? "";
      return said === undefined ? [] : [`${kind?.kind} ${name.slice(0, 80)} in ConfigMap ${configMap}: ${said}`];
    });
  });
const problemsOf = found((kind, spec) => problemsOfKinds.get(kind)?.(spec));
const quotedNumbers = found((kind, spec) =>
  kind === "KubeletConfig" && kubeletProblem(spec) === undefined ? kubeletMisfit(spec["kubeletConfig"]) : undefined,
);

/** What keeps the nodes of an InPlace pool as they are. */
export const payloadRefused: Check = ({ head }) =>
  (head === undefined ? [] : problemsOf(head)).slice(0, 1).map((problem): Finding => ({
    because: `No Ignition payload can be made, without which running nodes keep what they have: ${problem}`,
  }));
export const isPayloadRefused: Predicate = (sides) => payloadRefused(sides).length > 0;

/** A number in quotes is told beside what it does to the hash, not in its place. */
const warnings = (scope: Scope): readonly string[] => [...problemsOf(scope), ...quotedNumbers(scope)];

/** With this change it begins. */
export const payloadBecomesRefused: Check = ({ base, head }) => {
  const before = new Set(base === undefined ? [] : warnings(base));
  return (head === undefined ? [] : warnings(head))
    .filter((problem) => !before.has(problem))
    .slice(0, 1)
    .map((reason): Finding => ({ reason }));
};
