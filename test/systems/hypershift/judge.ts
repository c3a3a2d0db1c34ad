import { analyze, type AnalyzeOptions } from "../../../src/index.ts";
import type { Json, JsonObject } from "../../../src/manifests/manifest.ts";
import type { Report } from "../../../src/report/report.ts";

type Pool = Report["pools"][number];

/** Objects of one side, as plain values; they are written as JSON, which is YAML too. */
type Objects = readonly JsonObject[];

const side = (label: string, objects: Objects) => ({
  label,
  files: [{ path: `${label}.yaml`, bytes: new TextEncoder().encode(objects.map(document).join("---\n")) }],
});
const document = (object: JsonObject): string => `${JSON.stringify(object)}\n`;

/** The pools of a report by `namespace/name`. */
export function judge(base: Objects, head: Objects, options: AnalyzeOptions = {}): Map<string, Pool> {
  const report = analyze(side("base", base), side("head", head), options);
  return new Map(report.pools.map((pool) => [`${pool.namespace}/${pool.pool}`, pool]));
}

/** A copy with one place set; `undefined` takes the place away. */
export function put(object: JsonObject, path: string, value: Json | undefined): JsonObject {
  const [key = "", ...rest] = path.split("/");
  const name = key.replaceAll("~1", "/");
  const copy: Record<string, Json> = { ...object };
  if (rest.length > 0) copy[name] = put((copy[name] ?? {}) as JsonObject, rest.join("/"), value);
  else if (value === undefined) Reflect.deleteProperty(copy, name);
  else copy[name] = value;
  return copy;
}

/** Several places at once. */
export const change = (object: JsonObject, changes: Readonly<Record<string, Json | undefined>>): JsonObject =>
  Object.entries(changes).reduce((changed, [path, value]) => put(changed, path, value), object);
