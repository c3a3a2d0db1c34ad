import { isList } from "../../../manifests/json-list.ts";
import { isObject } from "../../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { listOf, objectOf, textOf } from "../values.ts";

const nameOf = ({ metadata }: JsonObject): string => textOf(objectOf(metadata)?.["name"]) ?? "";

/**
 * The Tuned objects of a pool that reach its nodes: the NodePool controller joins their texts in the order of the texts, and of
 * two with one name the operator takes the first (openshift/cluster-node-tuning-operator pkg/operator/hypershift.go
 * getObjFromTunedConfigMap).
 */
export function mirroredTuned(tuned: readonly JsonObject[]): readonly JsonObject[] {
  const names = new Set(tuned.map(nameOf));
  if (names.size === tuned.length) return tuned;
  const texts = new Map(tuned.map((object) => [object, linesOf(object).join("\n")]));
  const textOfOne = (object: JsonObject): string => texts.get(object) ?? "";
  const first = new Map<string, JsonObject>();
  for (const object of tuned.toSorted((a, b) => (textOfOne(a) < textOfOne(b) ? -1 : 1)))
    if (!first.has(nameOf(object))) first.set(nameOf(object), object);
  return [...first.values()];
}

/** Keys sorted, and texts of several lines after a mark, as YAML has them: enough to tell which of two texts is first. */
function linesOf(value: Json): string[] {
  if (isList(value))
    return value.flatMap((item) => linesOf(item).map((line, index) => (index === 0 ? `- ${line}` : line)));
  if (isObject(value))
    return Object.keys(value)
      .toSorted()
      .flatMap((key) => {
        const [one = "", ...rest] = linesOf(value[key] ?? null);
        return rest.length === 0 && !isObject(value[key]) ? [`${key}: ${one}`] : [`${key}:`, one, ...rest];
      });
  const text = typeof value === "string" ? value : String(value);
  return text.includes("\n") ? ["|", ...text.split("\n")] : [text];
}

/** Of an object's spec what the operator takes over: it compares and copies the profiles and which of them is recommended. */
export const takenOver = (object: JsonObject): JsonObject => {
  const spec = objectOf(object["spec"]);
  return {
    name: nameOf(object),
    profile: spec?.["profile"] ?? null,
    // Labels of MachineConfigs choose nothing here.
    recommend: listOf(spec?.["recommend"]).map((entry) => ({ ...objectOf(entry), machineConfigLabels: null })),
  };
};
