import { isObject } from "../../../manifests/json-object.ts";
import type { Json } from "../../../manifests/manifest.ts";
import { at, runsSince, text } from "../shoot.ts";

/** Which profile a Shoot uses. */
export interface ProfileReference {
  readonly kind: string;
  readonly name: string;
}

interface Named {
  readonly profile: ProfileReference | undefined;
  /** spec.cloudProfileName, an older way to name a CloudProfile. */
  readonly older: string | undefined;
}

/**
 * Which profile a Shoot uses after admission: SyncCloudProfileFields. Below Kubernetes 1.34 it writes spec.cloudProfile from the
 * older name, which is what counts from then on, and below 1.33 the older name from spec.cloudProfile. An apply leaves both where
 * neither manifest speaks of them.
 */
export function admittedProfile(shoot: Json, known?: Json): ProfileReference | undefined {
  const { profile, older } = admitted(shoot, known);
  return profile ?? (older === undefined || older === "" ? undefined : { kind: "CloudProfile", name: older });
}

function admitted(shoot: Json, known: Json | undefined): Named {
  const live = known === undefined ? undefined : admitted(known, undefined);
  const isLeft = (pointer: string): boolean =>
    at(shoot, pointer) === undefined && known !== undefined && at(known, pointer) === undefined;
  const older = isLeft("/spec/cloudProfileName") ? live?.older : text(at(shoot, "/spec/cloudProfileName"));
  const written = isLeft("/spec/cloudProfile") ? live?.profile : writtenIn(shoot);
  if (runsSince(shoot, "1.34")) return { profile: written, older };
  const profile = written ?? (older === undefined ? undefined : { kind: "CloudProfile", name: older });
  if (profile === undefined) return { profile, older };
  if (profile.kind !== "CloudProfile") return { profile, older: undefined };
  return { profile, older: runsSince(shoot, "1.33") && older === undefined ? older : profile.name };
}

function writtenIn(shoot: Json): ProfileReference | undefined {
  const profile = at(shoot, "/spec/cloudProfile");
  if (!isObject(profile)) return undefined;
  return { kind: text(at(profile, "/kind")) || "CloudProfile", name: text(at(profile, "/name")) ?? "" };
}
