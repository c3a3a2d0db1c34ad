import type { Json } from "../../manifests/manifest.ts";
import type { Derived, Encoding } from "../../rules/functions.ts";
import { isObject, readSegments } from "../../rules/path.ts";
import type { Path } from "../../rules/table.ts";
import { textOf } from "./provider-json.ts";
import type { Problem } from "./provider-problems.ts";
import { isWhole, parseQuantity, quantityValue } from "./provider-quantity.ts";

/** `nodeTemplate.capacity` as AWS, GCP and Azure hash it: `key=Quantity.Value()` over sorted keys. */
export const nodeTemplateCapacity: Derived = (scope) => {
  const capacity = scope.get("$pool/providerConfig/nodeTemplate/capacity");
  if (!isObject(capacity)) return undefined;
  return Object.keys(capacity)
    .toSorted()
    .map((key) => `${key}=${quantityValue(textOf(capacity[key])) ?? textOf(capacity[key])}`);
};

/** An object of quantities by their amounts, whatever their spelling; nothing where it is empty. */
export const quantityValues: Encoding = (value) => {
  if (!isObject(value) || Object.keys(value).length === 0) return undefined;
  return Object.keys(value)
    .toSorted()
    .map((key) => `${key}=${quantityValue(textOf(value[key])) ?? textOf(value[key])}`)
    .join(" ");
};

/** No negative amounts of cpu, gpu and memory; extended resources are whole numbers. */
export function nodeTemplateProblems(config: Path, value: Json): readonly Problem[] {
  const capacity = readSegments(value, ["nodeTemplate", "capacity"]);
  const extended = readSegments(value, ["nodeTemplate", "virtualCapacity"]);
  const isNegative = (text: string): boolean => (parseQuantity(text)?.numerator ?? 0n) < 0n;
  const negative = ["cpu", "gpu", "memory"].flatMap((key) =>
    isNegative(textOf(readSegments(capacity, [key])))
      ? [{ path: `${config}/nodeTemplate/capacity/${key}`, message: "must not be negative" }]
      : [],
  );
  if (!isObject(extended)) return negative;
  const broken = Object.entries(extended).filter(([, amount]) => {
    const text = textOf(amount);
    return parseQuantity(text) !== undefined && (isNegative(text) || !isWhole(text));
  });
  return [
    ...negative,
    ...broken.map(([key]) => ({
      path: `${config}/nodeTemplate/virtualCapacity/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`,
      message: "must be a whole number that is not negative",
    })),
  ];
}
