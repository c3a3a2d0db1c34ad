import { listOf } from "../../../manifests/json-list.ts";
import type { Scope } from "../../../rules/functions.ts";
import { read, textOf } from "./json.ts";
import { newProblems, type Problem } from "./problems.ts";

/** ValidateWorkers of provider-ironcore-metal: an ignition from a Secret is one of the Shoot's resources. */
function workerProblems(scope: Scope): readonly Problem[] {
  const name = textOf(read(scope.get("$pool/providerConfig"), "extraIgnition", "secretRef"));
  const resources = listOf(scope.get("$cluster/spec/resources"));
  if (name === "" || resources.some((resource) => read(resource, "name") === name)) return [];
  return [
    {
      path: "$pool/providerConfig/extraIgnition/secretRef",
      message: `"${name}" is not one of the resources of the Shoot`,
    },
  ];
}

/** What provider-ironcore-metal refuses in the WorkerConfig of a pool. */
export const ironcoreMetalWorker = newProblems(workerProblems);
