import type { JsonObject } from "../../../manifests/manifest.ts";
import { listOf, objectOf, textOf } from "../values.ts";

/**
 * The kernel arguments that TuneD profiles ask for: `cmdline*` of `[bootloader]`, of every recommended profile in the order
 * of its priority, with what it includes (openshift/cluster-node-tuning-operator pkg/operator/controller.go
 * syncMachineConfigHyperShift takes them from the profile that a node runs). Only these reach a MachineConfig.
 */
export function kernelArguments(tuned: readonly JsonObject[]): string[] {
  const specs = tuned.map(({ spec }) => objectOf(spec ?? null));
  const profiles = new Map<string, Profile>();
  for (const spec of specs)
    for (const entry of listOf(spec?.["profile"])) {
      const name = textOf(objectOf(entry)?.["name"]);
      if (name !== undefined) profiles.set(name, readProfile(textOf(objectOf(entry)?.["data"]) ?? ""));
    }
  const recommended = specs.flatMap((spec) =>
    listOf(spec?.["recommend"]).flatMap((entry) => {
      const item = objectOf(entry);
      const name = textOf(item?.["profile"]);
      return name === undefined ? [] : [{ name, priority: Number(item?.["priority"] ?? 0) }];
    }),
  );
  return recommended
    .toSorted((a, b) => a.priority - b.priority || (a.name < b.name ? -1 : 1))
    .map(({ name }) => argumentsOf(profiles, name, new Set()))
    .filter((text) => text !== "");
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
