import { compareVersions, minorOf } from "../../rules/version.ts";
import type { Circumstances } from "../circumstances.ts";

/** The version of a target: the one that was given, else the table's newest. */
export function targetVersion({ table, settings, targets }: Circumstances, name: string): string {
  const row = table.targets.find((target) => target.name === name);
  if (row === undefined) throw new Error(`no target is called "${name}"`);
  targets.add(name);
  return settings.targets[name] ?? row.newest;
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
