import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

export const configurationName = ".will-it-roll.yaml";

/**
 * The configuration file of a folder or of one above it. The search ends where a repository does: what lies above it is
 * somebody else's, and must not switch a gate off.
 */
export function findConfiguration(folder: string): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    const path = join(current, configurationName);
    if (existsSync(path)) return path;
    if (existsSync(join(current, ".git")) || dirname(current) === current) return undefined;
  }
}
