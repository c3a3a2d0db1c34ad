import type { Json } from "../../../manifests/manifest.ts";
import type { Check, Finding } from "../../../rules/functions.ts";
import { losesProfile, profileMove, rootOf } from "../nodes/profile-move.ts";
import type { ProfileReference } from "../nodes/profile-reference.ts";
import { profileOf } from "../nodes/profile.ts";
import { at, nameOf, shootOf, text, workersOf } from "../shoot.ts";
import { offeredIn } from "./offers/lack.ts";

const words = ({ kind, name }: ProfileReference, root: string): string =>
  kind === "CloudProfile" ? `CloudProfile ${name}` : `${kind} ${name} of CloudProfile ${root}`;

/** ValidateCloudProfileChanges: a Shoot stays within one hierarchy, and goes to profiles that offer what its pools have. */
export const profileMoves: Check = (sides) => {
  if (losesProfile(sides))
    return [
      { path: "$cluster/spec/cloudProfile/name", because: "spec.cloudProfile.name: must specify a cloud profile" },
    ];
  const move = profileMove(sides);
  if (move === undefined) return [];
  const { base, head, before, after } = move;
  const [from, to] = [rootOf(base, before), rootOf(head, after)];
  if (from === undefined || to === undefined) return [];
  if (from !== to)
    return [
      refused(
        `cannot go from ${words(before, from)} to ${words(after, to)}: only a CloudProfile and its NamespacedCloudProfiles may replace each other`,
      ),
    ];
  const profile = profileOf(head);
  return profile?.isWhole === true ? lacking(profile.value, shootOf(head), after) : [];
};

function lacking(profile: Json | undefined, shoot: Json | undefined, { kind, name }: ProfileReference): Finding[] {
  const lacks = (list: string, wanted: string | undefined): boolean =>
    wanted !== undefined && offeredIn(at(profile, list), wanted) === undefined;
  return workersOf(shoot).flatMap((worker) => {
    const [machine, volume] = [text(at(worker, "/machine/type")), text(at(worker, "/volume/type"))];
    const missing = [
      ...(lacks("/spec/machineTypes", machine) ? [`machine type "${machine ?? ""}"`] : []),
      ...(lacks("/spec/volumeTypes", volume) ? [`volume type "${volume ?? ""}"`] : []),
    ];
    return missing.map((one) => refused(`${kind} ${name} lacks the ${one} of worker "${nameOf(worker)}"`));
  });
}

const refused = (because: string): Finding => ({
  path: "$cluster/spec/cloudProfile/name",
  because: `The profile ${because}`,
});
