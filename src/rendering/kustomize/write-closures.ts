import { writeTree } from "../tools/private-folder.ts";
import type { FileTree } from "../trees/file-tree.ts";
import { type Closure, filesToBuild } from "./kustomize-graph.ts";
import { writeLinks } from "./write-links.ts";

/** Writes all files that builds of one side read, and `more`, before the first of them starts: they share files. Returns them. */
export async function writeClosures(
  tree: FileTree,
  closures: readonly Closure[],
  more: readonly string[],
  side: string,
): Promise<ReadonlyMap<string, Buffer>> {
  const paths = new Set([...closures.flatMap((closure) => [...filesToBuild(tree, closure)]), ...more]);
  const written = await writeTree(tree, [...paths], side);
  writeLinks(closures, written, side);
  return written;
}
