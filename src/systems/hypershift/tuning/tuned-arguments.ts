import type { JsonObject } from "../../../manifests/manifest.ts";
import { listOf, objectOf, textOf } from "../values.ts";
import { bootCommandLine, type Profile, readProfile } from "./tuned-profiles.ts";

/** A profile that a Tuned recommends for the nodes of a pool. */
interface Recommendation {
  readonly tuned: string;
  readonly profile: string;
  /** The lowest number wins; a recommendation without one comes last. */
  readonly priority: number;
  /** It is for nodes or pods with certain labels only. */
  readonly byLabel?: boolean;
}

/** What the operator itself recommends for every worker (assets/tuned/manifests/default-cr-tuned.yaml). */
const standard: Recommendation = { tuned: "default", profile: "openshift-node", priority: 40 };

/** What is made of a PerformanceProfile (pkg/performanceprofile/controller/performanceprofile/components/tuned/tuned.go). */
function ofPerformance({ metadata }: JsonObject): Recommendation {
  const name = `openshift-node-performance-${textOf(objectOf(metadata)?.["name"]) ?? ""}`;
  return { tuned: name, profile: name, priority: 20 };
}

/**
 * The kernel arguments that TuneD profiles ask for: `cmdline*` of `[bootloader]` of the profile that the pool's nodes run,
 * with what it includes. Only these reach a MachineConfig, and only those of the first recommendation that is for all nodes:
 * one that matches labels makes none (openshift/cluster-node-tuning-operator pkg/operator/profilecalculator.go
 * calculateProfileHyperShift, TunedRecommend; controller.go syncMachineConfigHyperShift).
 */
export function kernelArguments(tuned: readonly JsonObject[], performance: readonly JsonObject[]): string[] {
  const profiles = new Map<string, Profile>();
  for (const { spec } of tuned) {
    for (const entry of listOf(objectOf(spec)?.["profile"])) {
      const name = textOf(objectOf(entry)?.["name"]);
      if (name !== undefined) profiles.set(name, readProfile(textOf(objectOf(entry)?.["data"]) ?? ""));
    }
  }
  const recommended = [standard, ...performance.map(ofPerformance), ...recommendationsOf(tuned)];
  const first = recommended.filter(({ byLabel }) => byLabel !== true).toSorted(byPriority)[0];
  if (first === undefined || first.profile === standard.profile) return [];
  return [bootCommandLine(profiles, first.profile)].filter((text) => text !== "");
}

/** Whether a recommendation that matches labels comes before the first that is for all nodes and makes a MachineConfig. */
export function argumentsByLabel(tuned: readonly JsonObject[]): boolean {
  const [first, ...others] = [standard, ...recommendationsOf(tuned)].toSorted(byPriority);
  const forAll = others.find(({ byLabel }) => byLabel !== true);
  return first?.byLabel === true && forAll !== undefined && forAll.profile !== standard.profile;
}

function recommendationsOf(tuned: readonly JsonObject[]): Recommendation[] {
  return tuned.flatMap(({ metadata, spec }) =>
    listOf(objectOf(spec)?.["recommend"]).flatMap((entry): Recommendation[] => {
      const item = objectOf(entry);
      const profile = textOf(item?.["profile"]);
      if (profile === undefined) return [];
      const byLabel = listOf(item?.["match"]).length > 0;
      const priority = Number(item?.["priority"] ?? Infinity);
      return [{ tuned: textOf(objectOf(metadata)?.["name"]) ?? "", profile, priority, byLabel }];
    }),
  );
}

const byPriority = (a: Recommendation, b: Recommendation): number =>
  a.priority - b.priority || (a.tuned < b.tuned ? -1 : 1);
