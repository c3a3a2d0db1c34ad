import type { Json } from "../../../manifests/manifest.ts";
import type { Problem } from "../api/problems.ts";
import { at, items, text, workersOf } from "../shoot.ts";
import { pathOf, workerPath } from "./paths.ts";
import { newIn } from "./shoot-problems.ts";

const ofShoot = [
  "/spec/provider/infrastructureConfig",
  "/spec/provider/controlPlaneConfig",
  "/spec/networking/providerConfig",
];
const ofWorker = ["/providerConfig", "/machine/image/providerConfig"];

/** ParseGroupVersion finds no version where there is more than one slash. */
const isInternal = (holder: Json, place: string): boolean => {
  const parts = (text(at(holder, `${place}/apiVersion`)) ?? "").split("/");
  return parts.length <= 2 && parts.at(-1) === "__internal";
};

const problem = (path: readonly string[]): Problem => ({ path, message: "must not use an internal apiVersion" });

/** ShootValidator looks at the version of each configuration that it cannot decode itself, and at nothing else there. */
export const internalVersions = newIn(function* (shoot): Generator<Problem> {
  for (const place of ofShoot) if (isInternal(shoot, place)) yield problem(pathOf(`${place}/apiVersion`));
  for (const worker of workersOf(shoot)) {
    for (const place of ofWorker)
      if (isInternal(worker, place)) yield problem(workerPath(worker, `${place}/apiVersion`));
    for (const runtime of items(at(worker, "/cri/containerRuntimes")))
      if (isInternal(runtime, "/providerConfig")) yield problem(workerPath(worker, "/cri/containerRuntimes"));
  }
});
