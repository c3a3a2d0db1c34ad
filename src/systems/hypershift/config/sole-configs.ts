import type { Predicate, Scope } from "../../../rules/functions.ts";
import { operatorBefore } from "../operator.ts";
import { tuningConfig, tuningDisabled } from "../tuning/tuning.ts";
import { userConfig } from "./config-maps.ts";

const countOf = (scope: Scope, name: string): number =>
  userConfig(scope).documents.filter(({ kind }) => kind?.kind === name).length;

const madeOfProfiles = (scope: Scope): number => Math.min(1, tuningConfig(scope).performance.length);

const clashes = (scope: Scope): boolean => countOf(scope, "KubeletConfig") + madeOfProfiles(scope) > 1;

/**
 * np/nto.go reconcileMirroredConfigs, validateMirroredConfigs: the operator mirrors KubeletConfigs for the node tuning operator,
 * and takes one at most, with the one that is made of a PerformanceProfile. That one counts while it is there: the profile is
 * looked at afterwards, so that one that goes away in the same change still counts, and one that is new counts only once its
 * kernel arguments are on their way. A pool that had two already runs where this was not asked.
 */
export function secondKubeletConfig(scope: Scope, before: Scope | undefined): string[] {
  if (operatorBefore(scope, "4.18") || tuningDisabled(scope)) return [];
  const made = before === undefined ? 0 : madeOfProfiles(before);
  const given = countOf(scope, "KubeletConfig");
  if (given + made < 2 || (before !== undefined && clashes(before))) return [];
  if (given > 1) return ["spec.config has more than one KubeletConfig, of which the controller takes one"];
  return madeOfProfiles(scope) > 0
    ? [
        "spec.config has a KubeletConfig beside the one that is made of a PerformanceProfile, and the controller takes one",
      ]
    : [
        "spec.config gets a KubeletConfig before the one that was made of a PerformanceProfile is gone: remove the profile first",
      ];
}

/** Two KubeletConfigs that do not keep the change from its beginning. */
export const kubeletConfigsClash: Predicate = ({ base, head }) =>
  head !== undefined && !tuningDisabled(head) && clashes(head) && secondKubeletConfig(head, base).length === 0;

/** Two of a kind, of which the machine-config operator renders nothing while it makes an Ignition payload. */
export const notRendered: Predicate = ({ head }) =>
  head !== undefined &&
  (countOf(head, "ContainerRuntimeConfig") > 1 || (tuningDisabled(head) && countOf(head, "KubeletConfig") > 1));
