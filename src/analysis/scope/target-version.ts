import { compareVersions, minorOf } from "../../rules/version.ts";
import type { Circumstances } from "../circumstances.ts";

/** The version of a target: the one that was given, else the newest that can be the one that runs. */
export function targetVersion({ table, settings, assumed, targets }: Circumstances, name: string): string {
  const row = table.targets.find((target) => target.name === name);
  if (row === undefined) throw new Error(`no target is called "${name}"`);
  targets.add(name);
  return settings.targets[name] ?? assumed.get(name)?.version ?? row.newest;
}

/**
 * Whether a target's version was given, and the table knows all that it knows. This does not count as reading the target:
 * a field that older versions lack is no reason to ask for the version.
 */
export function isKnownRelease({ table, settings }: Circumstances, name: string): boolean {
  const row = table.targets.find((target) => target.name === name);
  const given = settings.targets[name];
  if (row === undefined || given === undefined) return false;
  const [release, newest] = [minorOf(given), minorOf(row.newest)];
  return release !== undefined && newest !== undefined && (compareVersions(release, newest) ?? 1) <= 0;
}
