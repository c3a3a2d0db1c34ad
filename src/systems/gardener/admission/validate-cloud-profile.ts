import { isObject } from "../../../manifests/json-object.ts";
import type { Json } from "../../../manifests/manifest.ts";
import type { Problem } from "../api/problems.ts";
import { at, runsSince, text } from "../shoot.ts";
import { pathOf } from "./paths.ts";
import { newIn } from "./shoot-problems.ts";

const nameOf = (shoot: Json): string => text(at(shoot, "/spec/cloudProfileName")) ?? "";

/**
 * ValidateCloudProfileReference: from Kubernetes 1.34 on, spec.cloudProfile alone names the profile. ShootMutator.Admit wants one of
 * the two for a new Shoot, also where both name the same: PrepareForCreate writes the other one only afterwards.
 */
export const cloudProfileName = newIn(function* (shoot, _scope, known): Generator<Problem> {
  if (known === undefined && nameOf(shoot) !== "" && isObject(at(shoot, "/spec/cloudProfile")))
    yield {
      path: pathOf("/spec/cloudProfileName"),
      message: "a new Shoot names its profile by either cloudProfileName or cloudProfile, not by both",
    };
  if (nameOf(shoot) !== "" && runsSince(shoot, "1.34") && !(known !== undefined && isDropped(shoot, known)))
    yield {
      path: pathOf("/spec/cloudProfileName"),
      message: "is no longer supported for Kubernetes versions >= 1.34: write cloudProfile.name instead",
    };
});

/**
 * SyncCloudProfileFields drops a name that stays, and is that of spec.cloudProfile as well. Below 1.34 it wrote spec.cloudProfile
 * from the name, so that an apply finds it where no manifest speaks of it.
 */
function isDropped(shoot: Json, known: Json): boolean {
  if (runsSince(known, "1.34") || nameOf(known) !== nameOf(shoot)) return false;
  const profile = at(shoot, "/spec/cloudProfile");
  if (profile === undefined) return at(known, "/spec/cloudProfile") === undefined;
  const kind = text(at(profile, "/kind")) ?? "";
  return (kind === "" || kind === "CloudProfile") && at(profile, "/name") === nameOf(shoot);
}
