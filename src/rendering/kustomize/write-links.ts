import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { isSafePath, writeFiles } from "../tools/private-folder.ts";
import type { Closure } from "./kustomize-graph.ts";

/**
 * Makes what builds reach through links to folders: the link where kustomize goes on behind it, since paths from there start at
 * its target, and else the files alone, which kustomize would refuse to load from outside of their root.
 */
export function writeLinks(
  closures: readonly Pick<Closure, "throughLinks">[],
  written: ReadonlyMap<string, Buffer>,
  side: string,
): void {
  // Links come first: a file behind one is written through it.
  for (const { throughLinks } of closures)
    for (const [link, target] of throughLinks.folders) linkTo(join(side, target), side, link);
  for (const { throughLinks } of closures) writeLinkedFiles([...throughLinks.files], written, side);
}

/** Writes files under the names that lead to them through links. */
export function writeLinkedFiles(
  names: readonly (readonly [name: string, path: string])[],
  written: ReadonlyMap<string, Buffer>,
  folder: string,
): void {
  const files = names.flatMap(([name, path]): [string, Buffer][] => {
    const bytes = written.get(path);
    return bytes === undefined ? [] : [[name, bytes]];
  });
  writeFiles(new Map(files), folder);
}

/** A link at a path below a folder. */
export function linkTo(target: string, folder: string, path: string): void {
  const at = join(folder, path);
  if (!isSafePath(path) || existsSync(at)) return;
  mkdirSync(dirname(at), { recursive: true });
  symlinkSync(relative(dirname(at), target), at);
}
