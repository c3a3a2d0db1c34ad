import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The names that make a folder something to render. */
const rootName = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization|Chart\.yaml)$/;
const rootNames = ["kustomization.yaml", "kustomization.yml", "Kustomization", "Chart.yaml"];

/**
 * Whether a checkout may hold something to render, without a git process: by the changed paths, and by the names in git's
 * index, which lists every file of the checked-out commit. `false` is certain; what cannot be told is `true`.
 */
export function mayRender(workspace: string, changed: readonly string[]): boolean {
  if (changed.some((path) => rootName.test(path))) return true;
  let index: Buffer;
  try {
    index = readFileSync(join(workspace, ".git", "index"));
  } catch {
    return true;
  }
  // Version 4 cuts from each path what it shares with the one before; other layouts keep paths elsewhere.
  const isPlain = index.toString("latin1", 0, 4) === "DIRC" && [2, 3].includes(index.readUInt32BE(4));
  const isWhole = !index.includes("link", 12, "latin1") && !index.includes("sdir", 12, "latin1");
  return !isPlain || !isWhole || rootNames.some((name) => index.includes(`${name}\0`, 12, "latin1"));
}
