import { posix } from "node:path";

/** As many links in a row as Linux follows. */
export const mostLinks = 40;

/**
 * Where the link at a path leads, from the root of the tree and without steps that go nowhere, of which git (2.39) makes
 * nothing (tree-walk.c get_tree_entry_follow_symlinks). Undefined where it leads out of the tree.
 */
export function linkTarget(raw: Buffer, link: Buffer): Buffer | undefined {
  const target = link.toString("latin1");
  if (target.startsWith("/")) return undefined;
  const steps = target.split("/").filter((step) => step !== "." && step !== "");
  const path = [posix.dirname(raw.toString("latin1")), ...steps].join("/").replace(/^\.\//, "");
  return /^\.\.(?:\/|$)/.test(posix.normalize(path)) ? undefined : Buffer.from(path, "latin1");
}
