import type { JsonObject } from "../../../manifests/manifest.ts";
import { listOf, objectOf, textOf } from "../values.ts";

/** A profile that a Tuned recommends for the nodes of a pool. */
interface Recommendation {
  readonly tuned: string;
  readonly profile: string;
  /** The lowest number wins; a recommendation without one comes last. */
  readonly priority: number;
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
  const recommended = [standard, ...performance.map(ofPerformance)];
  for (const { metadata, spec } of tuned) {
    for (const entry of listOf(objectOf(spec)?.["profile"])) {
      const name = textOf(objectOf(entry)?.["name"]);
      if (name !== undefined) profiles.set(name, readProfile(textOf(objectOf(entry)?.["data"]) ?? ""));
    }
    for (const entry of listOf(objectOf(spec)?.["recommend"])) {
      const item = objectOf(entry);
      const profile = textOf(item?.["profile"]);
      if (profile === undefined || listOf(item?.["match"]).length > 0) continue;
      const priority = Number(item?.["priority"] ?? Infinity);
      recommended.push({ tuned: textOf(objectOf(metadata)?.["name"]) ?? "", profile, priority });
    }
  }
  const [first] = recommended.toSorted((a, b) => a.priority - b.priority || (a.tuned < b.tuned ? -1 : 1));
  if (first === undefined || first.profile === standard.profile) return [];
  return [argumentsOf(profiles, first.profile, new Set())].filter((text) => text !== "");
}

interface Profile {
  readonly includes: readonly string[];
  readonly arguments: readonly string[];
  readonly variables: readonly string[];
}

/** The INI text of a profile: comments and blank lines mean nothing. */
function readProfile(data: string): Profile {
  const includes: string[] = [];
  const found: string[] = [];
  const variables: string[] = [];
  let section = "";
  for (const raw of data.split("\n")) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#") || line.startsWith(";")) continue;
    const header = /^\[(.*)\]$/.exec(line);
    if (header !== null) {
      section = header[1] ?? "";
      continue;
    }
    const at = line.indexOf("=");
    const key = (at === -1 ? line : line.slice(0, at)).trim();
    const value = at === -1 ? "" : line.slice(at + 1).trim();
    if (section === "main" && key === "include") includes.push(...value.split(",").map((name) => name.trim()));
    if (section === "bootloader" && key.startsWith("cmdline")) found.push(`${key}=${value}`);
    if (section === "variables") variables.push(`${key}=${value}`);
  }
  return { includes, arguments: found, variables };
}

/** Variables count where an argument uses one. */
function argumentsOf(profiles: ReadonlyMap<string, Profile>, name: string, seen: Set<string>): string {
  const profile = profiles.get(name);
  if (profile === undefined || seen.has(name)) return "";
  seen.add(name);
  const inherited = profile.includes.map((one) => argumentsOf(profiles, one, seen)).filter((text) => text !== "");
  const own = profile.arguments.join(" ");
  const variables = own.includes("${") ? profile.variables.join(" ") : "";
  return [...inherited, own, variables].filter((text) => text !== "").join(" ");
}
