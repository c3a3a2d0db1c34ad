import { isObject } from "../../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { byCodeUnits } from "../../../manifests/text-order.ts";
import { YamlError } from "../../../manifests/yaml/yaml-error.ts";
import { parseYaml } from "../../../manifests/yaml/yaml.ts";
import type { Scope } from "../../../rules/functions.ts";
import { readSegments } from "../../../rules/path.ts";
import { jsonText } from "../go/json-text.ts";
import { GoTypeError, throughGo } from "../go/struct.ts";
import { operatorBefore } from "../operator.ts";
import { type ConfigKind, configKinds, type Path } from "./kinds.ts";

/** One document of a ConfigMap of `spec.config`, as the NodePool controller takes it into the hash. */
export interface ConfigDocument {
  /** What is hashed: the re-encoded object, or the text itself for kinds that the controller does not re-encode. */
  readonly hashed: string;
  readonly text: string;
  readonly kind: ConfigKind | undefined;
  /** The object as its Go type holds it. */
  readonly value: JsonObject | undefined;
  /** Why the controller refuses the document. */
  readonly problem: string | undefined;
}

/** Another character than those that Go's unicode.IsSpace accepts: a byte order mark is one. */
const printed = /[^\t\n\v\f\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]/;

/**
 * The documents of a payload as apimachinery's YAMLReader cuts them: line by line, each with a line break of its own; a
 * separator ends the text before it, and stays when nothing is before it. Texts of white space alone are left out.
 */
function cutPayload(payload: string): string[] {
  const documents: string[] = [];
  let text = "";
  const lines = payload.split("\n");
  if (lines.at(-1) === "") lines.pop();
  for (const line of lines) {
    const bare = line.endsWith("\r") ? line.slice(0, -1) : line;
    if (/^---\s*(?:#.*)?$/.test(bare) && text !== "") {
      documents.push(text);
      text = "";
    } else text += `${bare}\n`;
  }
  documents.push(text);
  return documents.filter((document) => printed.test(document));
}

/**
 * Every document of a payload (hypershift-operator/controllers/nodepool/config.go parse, defaultAndValidateConfigManifest).
 * Operators before 4.16 decode a payload as one: its first document counts, also where that is empty, and the whole text
 * where that is hashed (branch release-4.15 nodepool_controller.go getConfig).
 */
export const configDocuments = (payload: string, older: OlderThan): readonly ConfigDocument[] =>
  older.has("4.16") ? [readDocument(payload, older)] : cutPayload(payload).map((text) => readCut(text, older));

/** The releases from which the operator reads documents otherwise, as far as the one that runs there is older. */
export type OlderThan = ReadonlySet<"4.16" | "4.21" | "4.23">;

export const olderThan = (scope: Scope): OlderThan =>
  new Set((["4.16", "4.21", "4.23"] as const).filter((release) => operatorBefore(scope, release)));

/** Upstream's reader of several documents takes nothing behind a separator but a comment. */
function readCut(text: string, older: OlderThan): ConfigDocument {
  const separator = /^---[ \t]*[^\s#].*$/m.exec(text)?.[0];
  return separator === undefined
    ? readDocument(text, older)
    : refusal(text, `a separator must stand alone on its line: ${separator.slice(0, 80)}`);
}

const refusal = (text: string, problem: string): ConfigDocument => ({
  hashed: text,
  text,
  kind: undefined,
  value: undefined,
  problem,
});

function readDocument(text: string, older: OlderThan): ConfigDocument {
  const refused = (problem: string): ConfigDocument => refusal(text, problem);
  let parsed: Json;
  try {
    parsed = parseYaml(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    return refused(`it is not valid YAML (${error.message})`);
  }
  if (!isObject(parsed)) return refused("it holds no object (a document of comments alone counts as one)");
  const [apiVersion, kindName] = [typeField(parsed, "apiVersion"), typeField(parsed, "kind")];
  // The type moved from v1alpha1 to v1; support/backwardcompat rewrites the first mention in the text.
  const isPolicy = kindName === "ClusterImagePolicy" && nameOf(apiVersion).startsWith("config.openshift.io/");
  const moved = isPolicy && apiVersion === "config.openshift.io/v1alpha1";
  const isOlder = isPolicy && older.has("4.23");
  if (isOlder && (!moved || older.has("4.16"))) {
    const first = moved ? "4.16" : "4.23";
    return refused(`operators before ${first} do not support ${nameOf(apiVersion)} ClusterImagePolicy in spec.config`);
  }
  const version = moved ? "config.openshift.io/v1" : apiVersion;
  const hashed = moved && !isOlder ? text.replace("config.openshift.io/v1alpha1", "config.openshift.io/v1") : text;
  if (hashed !== text && versionIn(hashed) === apiVersion)
    return refused(`${nameOf(apiVersion)} is mentioned before its apiVersion, and only the first mention becomes v1`);
  const kind = configKinds.find((one) => one.apiVersion === version && one.kind === kindName);
  if (kind === undefined)
    return refused(`its kind is not supported in spec.config: ${nameOf(apiVersion)} ${nameOf(kindName)}`);
  try {
    const known = older.has("4.23") ? withoutNewer(parsed, kind.newer ?? []) : parsed;
    const read = throughGo(kind.shape, kind.prepared?.(known) ?? known);
    const value = isObject(read) ? read : {};
    return {
      hashed:
        kind.prepared === undefined
          ? hashed
          : `${nameOf(parsed["apiVersion"])} ${nameOf(parsed["kind"])} ${jsonText(value)}${epoch(parsed, older)}`,
      text,
      kind,
      value,
      problem: undefined,
    };
  } catch (error) {
    if (!(error instanceof GoTypeError)) throw error;
    return refused(error.message);
  }
}

/**
 * The beginning of Unix time as a creation timestamp, which operators write as null since 4.21 (support/api/scheme.go
 * CompatibleYAMLEncode; branch release-4.20 config.go encode).
 */
function epoch(object: JsonObject, older: OlderThan): string {
  const created = readSegments(object, ["metadata", "creationTimestamp"]);
  const isEpoch = typeof created === "string" && Math.floor(Date.parse(created.replace(",", ".")) / 1000) === 0;
  return isEpoch && older.has("4.21") ? " from 1970" : "";
}

/** Without the fields at some paths, which older operators do not know and drop. */
const withoutNewer = (object: JsonObject, paths: readonly Path[]): JsonObject =>
  paths.reduce((rest, path) => without(rest, path), object);

function without(object: JsonObject, [name, ...inner]: Path): JsonObject {
  const { [name]: value, ...rest } = object;
  const [next, ...others] = inner;
  if (next === undefined || !isObject(value)) return next === undefined ? rest : object;
  return { ...rest, [name]: without(value, [next, ...others]) };
}

/**
 * The type that the decoder looks for, in whatever case its key is written (encoding/json, in apimachinery's
 * SimpleMetaFactory); of several, the last in order. The object itself is decoded by the exact keys.
 */
const typeField = (object: JsonObject, name: string): Json | undefined =>
  Object.entries(object)
    .toSorted(([a], [b]) => byCodeUnits(a, b))
    .findLast(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];

function versionIn(text: string): Json | undefined {
  const object = parseYaml(text);
  return isObject(object) ? typeField(object, "apiVersion") : undefined;
}

const nameOf = (value: Json | undefined): string => (typeof value === "string" ? value.slice(0, 80) : "(none)");
