import { existsSync, readlinkSync } from "node:fs";
import { dirname, join } from "node:path";

export const configurationName = ".will-it-roll.yaml";

/** The name that the shorter ending suggests. A file of this name is never read, so its gates would hold nothing back. */
export const misnamedConfiguration = ".will-it-roll.yml";

/**
 * The configuration file of a folder or of one above it. The search ends where a repository does: what lies above it is
 * somebody else's, and must not switch a gate off. What is found may be misnamed.
 */
export function findConfiguration(folder: string): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    const found = [configurationName, misnamedConfiguration].find((name) => isThere(join(current, name)));
    if (found !== undefined) return join(current, found);
    if (existsSync(join(current, ".git")) || dirname(current) === current) return undefined;
  }
}

/** A link to nothing counts: to go without the gates that it is to name would be to leave them open. */
function isThere(path: string): boolean {
  if (existsSync(path)) return true;
  try {
    return readlinkSync(path) !== "";
  } catch {
    return false;
  }
}
