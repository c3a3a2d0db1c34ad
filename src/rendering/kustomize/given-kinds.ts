import type { InterestRow } from "../../manifests/interest.ts";
import { isList, listOf } from "../../manifests/json-list.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../manifests/manifest.ts";
import { readValue } from "../../manifests/read-value.ts";
import { splitFile } from "../../manifests/read.ts";

type Row = Pick<InterestRow, "group" | "kind">;

/** A field that decides of which kind an object is, however deep the object stands; as kustomize writes paths, or RFC 6901. */
const decidesKind = /(?:^|[./])(?:kind|apiVersion)$/;
/** What stands in every text that gives an object another kind. */
const hints = ["/kind", "/apiVersion", "fieldPaths", "allowKindChange"] as const;

/**
 * Whether a file of a kustomization makes objects of one of these kinds out of others, whose own files do not name it: operations
 * of RFC 6902 and replacements may (kubernetes-sigs/kustomize@12f9e6391 `api/internal/builtins/PatchTransformer.go`
 * transformJson6902, `api/filters/replacement`).
 */
export const givesKind = (bytes: Buffer, rows: readonly Row[]): boolean =>
  findsIn(bytes, (one) => replacesKind(one) || writesKind(one, rows));

/** The same, or merges a patch that names the kind into objects of others (`ResMap.ApplySmPatch`). */
export const mayGiveKind = (bytes: Buffer, rows: readonly Row[]): boolean =>
  findsIn(bytes, (one) => Object.hasOwn(one, "allowKindChange") || replacesKind(one) || writesKind(one, rows));

const findsIn = (bytes: Buffer, isFound: (one: JsonObject) => boolean): boolean =>
  hints.some((hint) => bytes.includes(hint)) && valuesIn(bytes).some((value) => holds(value, isFound));

const valuesIn = (bytes: Buffer): Json[] =>
  splitFile({ path: "", bytes }).map((document) => readValue(document) ?? null);

/** Patches also stand as texts in kustomizations. */
function holds(value: Json, isFound: (one: JsonObject) => boolean): boolean {
  if (typeof value === "string") return value.length > 8 && /[\n{]/.test(value) && findsIn(Buffer.from(value), isFound);
  if (isList(value)) return value.some((item) => holds(item, isFound));
  return isObject(value) && (isFound(value) || Object.values(value).some((item) => holds(item, isFound)));
}

/** An operation of a JSON patch on a kind or version; what it copies may be any. */
function writesKind({ path, value, from }: JsonObject, rows: readonly Row[]): boolean {
  if (typeof path !== "string" || !path.startsWith("/") || !decidesKind.test(path)) return false;
  if (from !== undefined) return true;
  return rows.some(
    ({ group, kind }) => value === kind || (group !== "" && typeof value === "string" && value.startsWith(`${group}/`)),
  );
}

/** A replacement of a kind or version: by whatever stands somewhere else. */
const replacesKind = ({ fieldPaths }: JsonObject): boolean =>
  listOf(fieldPaths).some((path) => typeof path === "string" && decidesKind.test(path));
