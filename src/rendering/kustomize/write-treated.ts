import { randomBytes } from "node:crypto";
import { join, posix } from "node:path";
import { isBelow } from "../trees/file-tree.ts";
import { kustomizationNames } from "./kustomization.ts";
import type { Closure } from "./kustomize-graph.ts";
import { writeFiles } from "../tools/private-folder.ts";
import { valuesText } from "../tools/values-text.ts";

/**
 * Writes the folder of a root once more, beside itself so that paths out of it lead where they led, with the kustomization that a
 * GitOps tool builds. Gives the folder to build.
 */
export function writeApplied(
  { root, kustomizations }: Closure,
  written: ReadonlyMap<string, Buffer>,
  side: string,
): string {
  const own = kustomizations.find(({ folder }) => folder === root);
  const copied = [...written].flatMap(([path, bytes]): [string, Buffer][] => {
    const name = root === "" ? path : path.slice(root.length + 1);
    return isBelow(path, root) && !kustomizationNames.includes(name) ? [[name, bytes]] : [];
  });
  const files = new Map([...copied, ["kustomization.yaml", Buffer.from(valuesText(own?.value ?? {}))]]);
  // No repository can hold a folder of this name, and thereby be built in its place.
  const beside = `${posix.basename(root)}-${randomBytes(12).toString("hex")}`;
  const target = root === "" ? `${side}${beside}` : join(side, posix.dirname(root), beside);
  writeFiles(files, target);
  return target;
}
