import { type Derived, type Scope, Unknown } from "../../../rules/functions.ts";
import { compareVersions } from "../../../rules/version.ts";
import { operatorBefore } from "../operator.ts";
import { poolRelease } from "../release.ts";
import { textAt } from "../values.ts";

const image = "$pool/spec/platform/azure/image";
const parts = ["publisher", "offer", "sku", "version"] as const;

/**
 * The image as the template names it. Without details the controller takes them from the release's metadata (4.20 and
 * later) and keeps them in the pool, where later releases leave them.
 */
export const azureImage: Derived = (scope) => {
  const imageId = scope.get(`${image}/imageID`);
  // An empty ID is one too: the template names it.
  if (typeof imageId === "string") return textAt(scope, `${image}/type`) === "AzureMarketplace" ? undefined : imageId;
  const named = Object.fromEntries(
    parts.map((part) => [part, textAt(scope, `${image}/azureMarketplace/${part}`) ?? ""]),
  );
  if (parts.every((part) => named[part] !== "")) return named;
  if (!fillsIn(scope)) return scope.get(`${image}/azureMarketplace`) === undefined ? undefined : named;
  const generation = textAt(scope, `${image}/azureMarketplace/imageGeneration`) ?? "Gen2";
  return new Unknown(
    "the manifest names no image on one side: where the controller knows the marketplace image of the release it fills that in and keeps it, else it makes no machines; no manifest shows it",
    generation,
  );
};

/** np/azure.go defaultAzureNodePoolImage: the operator does it since 4.21, for releases from 4.20.0, which its pre-releases are not. */
function fillsIn(scope: Scope): boolean {
  if (operatorBefore(scope, "4.21")) return false;
  const version = poolRelease(scope)?.version;
  return version === undefined || ((compareVersions(version, "4.20") ?? 0) >= 0 && !version.startsWith("4.20.0-"));
}
