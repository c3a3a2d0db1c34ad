import type { JsonObject } from "../../manifests/manifest.ts";
import { textUnder, valueUnder } from "../../manifests/read-value.ts";
import type { DeployerObject } from "../deployers/deployer-objects.ts";
import { settingsNamedIn } from "../deployers/named-settings.ts";
import { mayBeSameName, nameOf } from "../objects-in.ts";
import { within } from "../trees/file-tree.ts";

/** The chart of the repository that a HelmRelease takes by way of a HelmChart, and where that stands. */
export function chartReferredTo(
  { kind, metadata, spec }: JsonObject,
  objects: readonly DeployerObject[],
): { readonly chart: string; readonly by: JsonObject } | undefined {
  const [wanted, name, given] = ["kind", "name", "namespace"].map((key) => valueUnder(spec, "chartRef", key));
  const namespace = given ?? valueUnder(metadata, "namespace") ?? "";
  if (kind !== "HelmRelease" || wanted !== "HelmChart") return undefined;
  if (typeof name !== "string" || typeof namespace !== "string") return undefined;
  const found = objects.find(
    ({ object }) => object["kind"] === "HelmChart" && mayBeSameName(nameOf(object), { name, namespace }),
  );
  const path = textUnder(found?.object["spec"], "chart");
  const chart = path === undefined ? undefined : within("", path);
  return found === undefined || chart === undefined ? undefined : { chart, by: found.object };
}

/** The ConfigMaps and Secrets from which a HelmRelease takes values. */
export const settingsOf = ({ kind, spec }: JsonObject): { readonly kind: string; readonly name: string }[] =>
  kind === "HelmRelease" ? settingsNamedIn(valueUnder(spec, "valuesFrom")) : [];
