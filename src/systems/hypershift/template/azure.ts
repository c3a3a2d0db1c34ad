import { type Derived, Unknown } from "../../../rules/functions.ts";
import { textAt } from "../values.ts";

const image = "$pool/spec/platform/azure/image";
const parts = ["publisher", "offer", "sku", "version"] as const;

/**
 * The image as the template names it. Without details the controller takes them from the release's metadata (4.20 and
 * later) and keeps them in the pool, where later releases leave them.
 */
export const azureImage: Derived = (scope) => {
  const imageId = textAt(scope, `${image}/imageID`);
  if (imageId !== undefined) return textAt(scope, `${image}/type`) === "AzureMarketplace" ? undefined : imageId;
  const named = Object.fromEntries(
    parts.map((part) => [part, textAt(scope, `${image}/azureMarketplace/${part}`) ?? ""]),
  );
  if (parts.every((part) => named[part] !== "")) return named;
  const generation = textAt(scope, `${image}/azureMarketplace/imageGeneration`) ?? "Gen2";
  return new Unknown(
    "the manifest names no image on one side: where the controller knows the marketplace image of the release it fills that in and keeps it, else it makes no machines; no manifest shows it",
    generation,
  );
};
