import { randomBytes } from "node:crypto";
import { join, posix } from "node:path";
import { writeFiles } from "../tools/private-folder.ts";
import { valuesText } from "../tools/values-text.ts";
import { isBelow } from "../trees/file-tree.ts";
import { kustomizationNames } from "./kustomization.ts";
import type { Closure } from "./kustomize-graph.ts";
import { linkTo, writeLinkedFiles } from "./write-links.ts";

/** The kustomization that a GitOps tool builds in a root, which is not the one in its folder. */
export const appliedText = ({ root, kustomizations }: Closure): string =>
  valuesText(kustomizations.find(({ folder }) => folder === root)?.value ?? {});

/**
 * Copies the folder of a root, with the kustomization that a GitOps tool builds. The copy is a sibling of the folder, so that
 * relative paths out of it still work. Returns the copy.
 */
export function writeApplied(
  { root, throughLinks }: Closure,
  kustomization: string,
  written: ReadonlyMap<string, Buffer>,
  side: string,
): string {
  const within = (path: string): string => (root === "" ? path : path.slice(root.length + 1));
  const copied = [...written].flatMap(([path, bytes]): [string, Buffer][] => {
    const name = within(path);
    return isBelow(path, root) && !kustomizationNames.includes(name) ? [[name, bytes]] : [];
  });
  const files = new Map([...copied, ["kustomization.yaml", Buffer.from(kustomization)]]);
  // Random, so that no folder of the repository can have this name and be built instead.
  const beside = `${posix.basename(root)}-${randomBytes(12).toString("hex")}`;
  const target = root === "" ? `${side}${beside}` : join(side, posix.dirname(root), beside);
  for (const [link, to] of throughLinks.folders) if (isBelow(link, root)) linkTo(join(side, to), target, within(link));
  writeFiles(files, target);
  const linked = [...throughLinks.files].filter(([name]) => isBelow(name, root));
  writeLinkedFiles(
    linked.map(([name, path]) => [within(name), path]),
    written,
    target,
  );
  return target;
}
