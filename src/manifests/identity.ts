import type { Interest, InterestRow } from "./interest.ts";
import { isList } from "./json-list.ts";
import { isObject } from "./json-object.ts";
import type { Json, JsonObject } from "./manifest.ts";
import { quote } from "./quote.ts";
import { placeholderIn, templateMark } from "./templates/template.ts";

/** The identity of an object. */
export interface Identity {
  readonly row: InterestRow;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** Why an object has no identity; `path` is where to look. */
interface IdentityProblem {
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
  /** True when a pool may be missing in the report for it. */
  readonly incomplete: boolean;
}

/** `undefined`: nothing of interest. */
export function identify(value: JsonObject, interest: Interest): Identity | IdentityProblem | undefined {
  const { apiVersion, kind } = value;
  if (typeof kind !== "string")
    return kind === undefined || !isOurs(apiVersion, interest) ? undefined : notText(["kind"], kind);
  if (templateMark(kind) !== undefined)
    return apiVersion === undefined || isOurs(apiVersion, interest) ? templated(["kind"], kind) : undefined;
  if (!interest.kinds.has(kind))
    return isPlaceholderKind(kind, apiVersion, interest) ? templated(["kind"], kind) : undefined;
  if (typeof apiVersion !== "string" || apiVersion === "")
    return apiVersion === undefined || apiVersion === ""
      ? problem("no-api-version", ["kind"], `the ${kind} has no apiVersion, so it cannot be applied; add one`)
      : notText(["apiVersion"], apiVersion);
  if (templateMark(apiVersion) !== undefined) return templated(["apiVersion"], apiVersion);
  const group = groupOf(apiVersion);
  const row = interest.find(group, kind);
  if (row === undefined || row.role === "ignored") return undefined;
  if (row.role === "unsupported")
    return {
      severity: "warning",
      code: "unsupported-api",
      message: `${kind} of ${group === "" ? "the core group" : group} is not judged: unsupported API${row.message === undefined ? "" : `; ${row.message}`}`,
      path: ["apiVersion"],
      incomplete: true,
    };
  return named(value, { row, group, kind });
}

function named(value: JsonObject, known: Pick<Identity, "row" | "group" | "kind">): Identity | IdentityProblem {
  const { kind } = known;
  const metadata = value["metadata"];
  if (metadata !== undefined && metadata !== null && !isObject(metadata))
    return problem(
      "bad-metadata",
      ["metadata"],
      `metadata of the ${kind} is not a mapping, so the object has no name; correct it`,
    );
  const name = metadata?.["name"];
  const namespace = metadata?.["namespace"];
  if (name === undefined || name === null || name === "")
    return problem("no-name", ["metadata"], `the ${kind} has no metadata.name, so it cannot be compared; give it one`);
  if (typeof name !== "string") return notText(["metadata", "name"], name);
  if (namespace !== undefined && namespace !== null && typeof namespace !== "string")
    return notText(["metadata", "namespace"], namespace);
  if (placeholderIn(name) !== undefined) return templated(["metadata", "name"], name);
  if (typeof namespace === "string" && placeholderIn(namespace) !== undefined)
    return templated(["metadata", "namespace"], namespace);
  // kubernetes apiserver/pkg/registry/rest/meta.go EnsureObjectNamespaceMatchesRequestNamespace clears it.
  const isNowhere = known.row.isClusterScoped === true || namespace === null || namespace === "";
  return { ...known, namespace: isNowhere ? undefined : namespace, name };
}

/** The group of an apiVersion: `apps` of `apps/v1`; `v1` is of the core group, which is `""`. */
export const groupOf = (apiVersion: string): string => apiVersion.slice(0, Math.max(0, apiVersion.lastIndexOf("/")));

function isOurs(apiVersion: Json | undefined, interest: Interest): boolean {
  if (typeof apiVersion !== "string") return false;
  if (templateMark(apiVersion) !== undefined) return true;
  const group = groupOf(apiVersion);
  return interest.rows.some((row) => row.group === group && row.role === "judged");
}

function isPlaceholderKind(kind: string, apiVersion: Json | undefined, interest: Interest): boolean {
  return placeholderIn(kind) !== undefined && isOurs(apiVersion, interest);
}

function problem(code: string, path: readonly string[], message: string): IdentityProblem {
  return { severity: "error", code, message, path, incomplete: true };
}

function notText(path: readonly string[], value: Json): IdentityProblem {
  const shown =
    value === null
      ? "null"
      : typeof value === "object"
        ? isList(value)
          ? "a list"
          : "a mapping"
        : `the ${typeof value === "boolean" ? "boolean" : "number"} ${String(value)}`;
  return problem(
    "not-text",
    path,
    `${path.join(".")} is ${shown}, but must be text; kubectl refuses it. Put it in quotes or correct it`,
  );
}

function templated(path: readonly string[], text: string): IdentityProblem {
  return problem(
    "template",
    path,
    `${path.join(".")} is ${quote(text)}: this is a template, not a manifest. Render it first and give the result`,
  );
}
