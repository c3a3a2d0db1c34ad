import { listOf } from "../../../manifests/json-list.ts";
import type { Scope } from "../../../rules/functions.ts";
import { readSegments, toPointer } from "../../../rules/path.ts";
import type { Shape } from "../../../rules/rows.ts";
import { fieldsOf, isListShape, wordsOf } from "../../api-shape.ts";
import { apiProblems } from "../api/problems.ts";
import { read, textOf } from "./json.ts";
import { newProblems, type Problem } from "./problems.ts";

/** What the tables say of every worker of the provider: its volumes and zones, beyond its providerConfig. */
function workerProblems(scope: Scope): readonly Problem[] {
  const shape = scope.shape(`${textOf(scope.get("$cluster/spec/provider/type"))}-worker`);
  if (shape === undefined || typeof shape === "string" || isListShape(shape)) return [];
  const context = {
    kubernetesVersion: undefined,
    catalog: (list: string) => scope.catalog(list),
    strict: true,
    partial: true,
  };
  const found = apiProblems(shape, scope.get("$pool"), [], context).map(({ path, message }) => ({
    path: `$pool${toPointer(path)}`,
    message,
  }));
  const zones = fieldsOf(shape).find(([name]) => name === "zones");
  return zones === undefined ? found : [...found, ...zoneProblems(scope, zones[1])];
}

/**
 * What the words of the zones ask of the infrastructure: `as-zoned` that there are some where it is zoned and none where it
 * is not, `listed` that it names them, `listed-where-given` so where it names any. A manifest without infrastructureConfig
 * is a part of a Shoot: nothing is known about its zones.
 */
function zoneProblems(scope: Scope, shape: Shape): readonly Problem[] {
  const words = wordsOf(shape);
  const zones = listOf(scope.get("$pool/zones"));
  const infrastructure = scope.get("$cluster/spec/provider/infrastructureConfig");
  if (infrastructure === undefined) return [];
  const isZoned = !words.includes("as-zoned") || readSegments(infrastructure, ["zoned"]) === true;
  if (words.includes("as-zoned") && isZoned !== zones.length > 0)
    return [{ path: "$pool/zones", message: isZoned ? "at least one zone must be set" : "must not be set here" }];
  const listed = listOf(readSegments(infrastructure, ["networks", "zones"]));
  if (!words.includes("listed") && !(words.includes("listed-where-given") && listed.length > 0)) return [];
  const names = new Set(listed.map((zone) => textOf(read(zone, "name"))));
  return zones.flatMap((zone, index) =>
    names.has(textOf(zone))
      ? []
      : [
          {
            path: `$pool/zones/${index}`,
            message: `zone "${textOf(zone)}" is not listed in infrastructureConfig.networks.zones`,
          },
        ],
  );
}

/** What the provider's admission refuses in a worker: missing volume types, zones that the infrastructure does not have. */
export const workerLimits = newProblems(workerProblems);
