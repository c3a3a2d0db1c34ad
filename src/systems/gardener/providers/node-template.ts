import { isObject } from "../../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { isWhole, quantityOf, wholeValue } from "../../../rules/encodings/quantity.ts";
import type { Derived, Encoding } from "../../../rules/functions.ts";
import { readSegments } from "../../../rules/path.ts";
import type { Path } from "../../../rules/words.ts";
import { textOf } from "./json.ts";
import type { Problem } from "./problems.ts";

/** `key=Quantity.Value()` over sorted keys. */
const amounts = (quantities: JsonObject): readonly string[] =>
  Object.keys(quantities)
    .toSorted()
    .map((key) => {
      const amount = quantityOf(quantities[key]);
      return `${key}=${amount === undefined ? textOf(quantities[key]) : wholeValue(amount)}`;
    });

/** `nodeTemplate.capacity` as AWS, GCP and Azure hash it. */
export const nodeTemplateCapacity: Derived = (scope) => {
  const capacity = scope.get("$pool/providerConfig/nodeTemplate/capacity");
  return isObject(capacity) ? amounts(capacity) : undefined;
};

/** An object of quantities by their amounts, whatever their spelling; nothing where it is empty. */
export const quantityValues: Encoding = (value) =>
  isObject(value) && Object.keys(value).length > 0 ? amounts(value).join(" ") : undefined;

/** No negative amounts of cpu, gpu and memory; extended resources are whole numbers. */
export function nodeTemplateProblems(config: Path, value: Json): readonly Problem[] {
  const capacity = readSegments(value, ["nodeTemplate", "capacity"]);
  const extended = readSegments(value, ["nodeTemplate", "virtualCapacity"]);
  const isNegative = (value: Json | undefined): boolean => (quantityOf(value)?.nano ?? 0n) < 0n;
  const negative = ["cpu", "gpu", "memory"].flatMap((key) =>
    isNegative(readSegments(capacity, [key]))
      ? [{ path: `${config}/nodeTemplate/capacity/${key}`, message: "must not be negative" }]
      : [],
  );
  if (!isObject(extended)) return negative;
  const broken = Object.entries(extended).filter(([, value]) => {
    const amount = quantityOf(value);
    return amount !== undefined && (isNegative(value) || !isWhole(amount));
  });
  return [
    ...negative,
    ...broken.map(([key]) => ({
      path: `${config}/nodeTemplate/virtualCapacity/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`,
      message: "must be a whole number that is not negative",
    })),
  ];
}
