import { listOf } from "../../../manifests/json-list.ts";
import type { Json } from "../../../manifests/manifest.ts";
import type { Scope } from "../../../rules/functions.ts";
import { read, textOf } from "./json.ts";
import { newProblems, type Problem } from "./problems.ts";

/** Hetzner Cloud takes no more servers into a placement group of type spread. */
const mostSpread = 10;

const amount = (value: Json | undefined): number => (typeof value === "number" ? value : 0);

/** ValidateWorkers of provider-hcloud. A surge in percent counts as none: it reads the number only. */
function workerProblems(scope: Scope): readonly Problem[] {
  const maximum = amount(scope.get("$pool/maximum"));
  const problems: Problem[] = [];
  if (maximum !== 0 && amount(scope.get("$pool/minimum")) === 0)
    problems.push({ path: "$pool/minimum", message: "must be at least 1 where maximum is not 0" });
  const zones = listOf(scope.get("$pool/zones")).map(textOf);
  if (new Set(zones).size < zones.length) problems.push({ path: "$pool/zones", message: "a zone is listed twice" });
  const surge = amount(scope.get("$pool/maxSurge"));
  const group = read(scope.get("$pool/providerConfig"), "placementGroupType");
  if (group === "spread" && maximum + surge > mostSpread)
    problems.push({
      path: "$pool/maximum",
      message: `a placement group of type spread takes ${mostSpread} nodes, those of maxSurge among them`,
    });
  return problems;
}

/** What provider-hcloud refuses in a worker. */
export const hcloudWorker = newProblems(workerProblems);
