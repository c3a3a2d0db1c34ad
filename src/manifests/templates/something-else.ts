import { isDeployer } from "../deployers.ts";
import type { Document } from "../document.ts";
import { groupOf } from "../identity.ts";
import type { Interest, InterestRow } from "../interest.ts";
import { isObject } from "../json-object.ts";
import type { JsonObject } from "../manifest.ts";
import { isCalledWrapper } from "../wrappers.ts";
import { sketchOf } from "./sketch.ts";
import { templateMark } from "./template.ts";

/**
 * Whether a template surely makes no object of interest, however it is filled in: something without a kind, or of another one, or
 * an object that others may name without anything in it that is read.
 */
export function isSomethingElse(document: Document, interest: Interest): boolean {
  const { text } = document;
  for (const kind of interest.judged) if (text.includes(kind)) return false;
  const places = new Set(interest.rows.flatMap(({ reads = [] }) => reads.flatMap(([place]) => place ?? [])));
  const counts = (key: string): boolean =>
    key === "kind" || key === "apiVersion" || places.has(key) || templateMark(key) !== undefined;
  const sketch = sketchOf(document, counts);
  if (sketch === undefined) return false;
  const { value } = sketch;
  if (!isObject(value)) return value === null;
  if (isOpen(value)) return false;
  const { kind, apiVersion = "" } = value;
  if (kind === undefined) return true;
  if (typeof kind !== "string" || typeof apiVersion !== "string" || !/^[A-Z][a-z][A-Za-z0-9]*$/.test(kind))
    return false;
  if (kind.endsWith("List") || isCalledWrapper(kind)) return false;
  if (templateMark(apiVersion) !== undefined) return !interest.kinds.has(kind);
  const group = groupOf(apiVersion);
  const row = interest.find(group, kind);
  return row === undefined ? !isDeployer(group, kind) : row.role === "reference" && isEmptyOf(row, value);
}

/** Whether it has nothing of what is read of such an object, and gets nothing of it by being filled in. */
const isEmptyOf = ({ reads }: InterestRow, value: JsonObject): boolean =>
  reads?.every(([place = "", key]) => {
    const inside = value[place];
    if (inside === undefined) return true;
    return key !== undefined && isObject(inside) && !Object.hasOwn(inside, key) && !isOpen(inside);
  }) === true;

/** Whether any key is still to be filled in, or to come from elsewhere. */
const isOpen = (value: JsonObject): boolean =>
  Object.keys(value).some((key) => key === "<<" || templateMark(key) !== undefined);
