import type { JsonObject } from "../../manifests/manifest.ts";
import { valueUnder } from "../../manifests/read-value.ts";
import type { DeployerObject } from "../deployers/deployer-objects.ts";
import { settingsNamedIn } from "../deployers/named-settings.ts";
import { nameOf } from "../objects-in.ts";
import { within } from "../trees/file-tree.ts";

/** The chart of the repository that a HelmRelease takes by way of a HelmChart, and where that stands. */
export function chartReferredTo(
  { kind, metadata, spec }: JsonObject,
  objects: readonly DeployerObject[],
): { readonly chart: string; readonly by: JsonObject } | undefined {
  const [wanted, name, namespace] = ["kind", "name", "namespace"].map((key) => valueUnder(spec, "chartRef", key));
  if (kind !== "HelmRelease" || wanted !== "HelmChart") return undefined;
  const own = namespace ?? valueUnder(metadata ?? null, "namespace") ?? "";
  const found = objects.find(({ object }) => {
    const at = nameOf(object);
    return (
      object["kind"] === "HelmChart" && at.name === name && (at.namespace === own || at.namespace === "" || own === "")
    );
  });
  const path = valueUnder(found?.object["spec"], "chart");
  const chart = typeof path === "string" ? within("", path) : undefined;
  return found === undefined || chart === undefined ? undefined : { chart, by: found.object };
}

/** The ConfigMaps and Secrets from which a HelmRelease takes values. */
export const settingsOf = ({ kind, spec }: JsonObject): { readonly kind: string; readonly name: string }[] =>
  kind === "HelmRelease" ? settingsNamedIn(valueUnder(spec, "valuesFrom")) : [];
