import { isList } from "../../../manifests/json-list.ts";
import { isObject } from "../../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { type Encoding, Unknown } from "../../../rules/functions.ts";

/**
 * The text of a providerConfig as Go clients send it: keys sorted, no spaces, numbers as encoding/json writes them.
 * List order and the difference between `2` and `"2"` stay.
 */
export function sentJson(value: Json): string {
  if (typeof value === "bigint") return value.toString();
  if (isList(value)) return `[${value.map(sentJson).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${sentJson(value[key] ?? null)}`);
  return `{${members.join(",")}}`;
}

/** Members that are null left out, as a merge patch leaves them out; inside lists only where it is asked for. */
function withoutNulls(value: Json, insideLists: boolean): Json {
  if (isList(value)) return insideLists ? value.map((item) => withoutNulls(item, true)) : value;
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(members.map(([key, item]) => [key, withoutNulls(item, insideLists)]));
}

/**
 * `nodeTemplate.virtualCapacity` is cut out of the text before it is hashed, together with a `nodeTemplate` that holds
 * nothing else; an empty `nodeTemplate` without it stays.
 */
function withoutVirtualCapacity(config: JsonObject): JsonObject {
  const template = config["nodeTemplate"];
  if (!isObject(template) || !isObject(template["virtualCapacity"])) return config;
  const { virtualCapacity: _, ...kept } = template;
  const { nodeTemplate: __, ...others } = config;
  return Object.keys(kept).length === 0 ? others : { ...others, nodeTemplate: kept };
}

/** What a provider hashes where it takes the whole providerConfig: the JSON as it is stored. */
export const rawProviderConfig: Encoding = (value) => hashedText(value);

/** As `rawProviderConfig`, after stripVirtualCapacity (`pkg/controller/worker/helper.go` of AWS, GCP and Azure). */
export const rawProviderConfigStripped: Encoding = (value) =>
  hashedText(isObject(value) ? withoutVirtualCapacity(value) : value);

/**
 * What provider-aws 1.66 hashed: the JSON, or once virtualCapacity is there, the decoded configuration without it, written
 * in another form.
 */
export const typedProviderConfig: Encoding = (value) => {
  const stripped = isObject(value) ? withoutVirtualCapacity(value) : value;
  return stripped === value ? hashedText(value) : `decoded ${sentJson(withoutNulls(stripped, true))}`;
};

function hashedText(value: Json): string | Unknown {
  const forms = [value, withoutNulls(value, false), withoutNulls(value, true)].map(sentJson);
  const [text = "", ...others] = forms;
  if (others.every((other) => other === text)) return text;
  return new Unknown(
    "the providerConfig holds an explicit null: whether it is stored, and so hashed, depends on how the manifest is applied",
    text,
    forms,
  );
}
