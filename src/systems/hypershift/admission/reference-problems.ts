import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { canonicalText } from "../../../rules/canonical.ts";
import type { Check, Finding, Reference } from "../../../rules/functions.ts";
import { escapeSegment } from "../../../rules/path.ts";
import { bytesOfBase64 } from "../go/base64.ts";
import { objectOf, textOf } from "../values.ts";

/** kubernetes/kubernetes pkg/apis/core/validation: what all values together may have, in bytes. */
const largest = 1024 * 1024;

interface Problem {
  readonly field: string;
  readonly message: string;
}

/**
 * What the API server refuses of the ConfigMaps and Secrets that a pool or its cluster names: all of the object stays as it was.
 */
const refusedOf =
  (kind: "ConfigMap" | "Secret", ids: readonly string[]): Check =>
  ({ base, head }) =>
    ids.flatMap((id) =>
      (head?.references(id) ?? []).flatMap((reference): Finding[] => {
        if (reference.kind !== kind || reference.value === undefined) return [];
        const old = base?.references(id).find(({ name }) => name === reference.name)?.value;
        if (old === reference.value) return [];
        const [problem] = problemsOf(kind, reference.value, old);
        if (problem === undefined) return [];
        return [{ path: `$${id}/${problem.field}`, because: saying(reference, problem) }];
      }),
    );

const saying = ({ kind, name }: Reference, { field, message }: Problem): string =>
  `The API server refuses the ${kind} ${name}, which keeps what it holds: ${field}: ${message}`;

export const refusedConfigMaps = refusedOf("ConfigMap", ["config", "tuning-config", "trust-bundle"]);
export const refusedSecrets = refusedOf("Secret", ["ssh-key", "pull-secret"]);

/** A value that the old object has as well was taken once, so the manifest does not show all of it. */
function problemsOf(kind: string, value: JsonObject, old: JsonObject | undefined): Problem[] {
  const known = new Set(old === undefined ? [] : valueProblems(kind, old).map((problem) => JSON.stringify(problem)));
  const problems = valueProblems(kind, value).filter((problem) => !known.has(JSON.stringify(problem)));
  return old === undefined || problems.length > 0 ? problems : updateProblems(kind, value, old);
}

/** `data` of a Secret is base64, as is `binaryData`; all other values are texts. Null is the empty text. */
const encodedIn: Readonly<Record<string, readonly string[]>> = { ConfigMap: ["binaryData"], Secret: ["data"] };
const fieldsOf: Readonly<Record<string, readonly string[]>> = {
  ConfigMap: ["data", "binaryData"],
  Secret: ["data", "stringData"],
};

const found = new WeakMap<JsonObject, readonly Problem[]>();

/** Asked once for all pools that name the object. */
function valueProblems(kind: string, value: JsonObject): readonly Problem[] {
  let problems = found.get(value);
  if (problems === undefined) found.set(value, (problems = problemsWithin(kind, value)));
  return problems;
}

function problemsWithin(kind: string, value: JsonObject): Problem[] {
  const problems: Problem[] = [];
  let size = 0;
  for (const field of fieldsOf[kind] ?? []) {
    const entries = value[field];
    if (entries === undefined || entries === null) continue;
    if (objectOf(entries) === undefined) {
      problems.push({ field, message: "must be an object" });
      continue;
    }
    for (const [key, entry] of Object.entries(entries)) {
      const place = `${field}/${escapeSegment(key)}`;
      if (!/^[-._a-zA-Z0-9]{1,253}$/.test(key) || key === "." || key === "..")
        problems.push({ field: place, message: "a key has letters, digits, -, _ and . only" });
      if (entry === null) continue;
      if (typeof entry !== "string") {
        problems.push({ field: place, message: "must be a string; a block of YAML needs a | after its key" });
        continue;
      }
      const bytes = encodedIn[kind]?.includes(field) === true ? bytesOfBase64(entry) : new TextEncoder().encode(entry);
      if (bytes === undefined) problems.push({ field: place, message: "must be base64" });
      size += bytes?.length ?? 0;
    }
  }
  if (size > largest) problems.push({ field: "data", message: `must have at most ${largest} bytes` });
  if (kind === "ConfigMap")
    for (const key of Object.keys(objectOf(value["binaryData"]) ?? {}))
      if (Object.hasOwn(objectOf(value["data"]) ?? {}, key))
        problems.push({ field: `binaryData/${escapeSegment(key)}`, message: "data has a value of that key too" });
  return kind === "Secret" && problems.length === 0 ? [...typeProblems(value)] : problems;
}

/** The keys that Secrets of a type must have; those that hold JSON must hold an object of it. */
const keysOfTypes: ReadonlyMap<string, { readonly keys: readonly string[]; readonly isJson?: true }> = new Map([
  ["kubernetes.io/dockercfg", { keys: [".dockercfg"], isJson: true }],
  ["kubernetes.io/dockerconfigjson", { keys: [".dockerconfigjson"], isJson: true }],
  ["kubernetes.io/ssh-auth", { keys: ["ssh-privatekey"] }],
  ["kubernetes.io/tls", { keys: ["tls.crt", "tls.key"] }],
]);

/** kubernetes/kubernetes pkg/apis/core/validation ValidateSecret, of the types that want a content. */
function* typeProblems(secret: JsonObject): Generator<Problem> {
  const { keys, isJson } = keysOfTypes.get(typeOf(secret)) ?? { keys: [] };
  const content = bytesIn("Secret", secret);
  for (const key of keys) {
    const field = `data/${escapeSegment(key)}`;
    const bytes = content.get(key);
    if (bytes === undefined) yield { field, message: `is required in a Secret of type ${typeOf(secret)}` };
    else if (isJson === true && !isJsonObject(bytes)) yield { field, message: "must be a JSON object" };
  }
}

function isJsonObject(bytes: Uint8Array): boolean {
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes)) as Json;
    return value === null || objectOf(value) !== undefined;
  } catch {
    return false;
  }
}

/** kubernetes/kubernetes pkg/apis/core/validation ValidateConfigMapUpdate, ValidateSecretUpdate. */
function updateProblems(kind: string, value: JsonObject, old: JsonObject): Problem[] {
  if (kind === "Secret" && typeOf(value) !== typeOf(old)) return [{ field: "type", message: "field is immutable" }];
  if (old["immutable"] !== true) return [];
  const message = "field is immutable when `immutable` is set";
  if (value["immutable"] !== true) return [{ field: "immutable", message }];
  return contentOf(kind, value) === contentOf(kind, old) ? [] : [{ field: "data", message }];
}

const typeOf = (secret: JsonObject): string => textOf(secret["type"]) ?? "Opaque";

/** What an object holds in the end: `stringData` lies over `data`. */
function bytesIn(kind: string, value: JsonObject): ReadonlyMap<string, Uint8Array> {
  const content = new Map<string, Uint8Array>();
  for (const field of fieldsOf[kind] ?? [])
    for (const [key, entry] of Object.entries(objectOf(value[field]) ?? {})) {
      const encoded = encodedIn[kind]?.includes(field) === true;
      const text = typeof entry === "string" ? entry : "";
      const bytes = encoded ? (bytesOfBase64(text) ?? new Uint8Array()) : new TextEncoder().encode(text);
      content.set(kind === "Secret" ? key : `${field}/${key}`, bytes);
    }
  return content;
}

const contentOf = (kind: string, value: JsonObject): string =>
  canonicalText(Object.fromEntries([...bytesIn(kind, value)].map(([key, bytes]): [string, Json] => [key, [...bytes]])));
