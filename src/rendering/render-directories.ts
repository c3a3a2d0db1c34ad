import type { RenderOptions } from "./render-options.ts";
import { relative, resolve, sep } from "node:path";
import type { Side } from "../comparison.ts";
import { shownName } from "../sources/shown-name.ts";
import type { SideName } from "../manifests/manifest.ts";
import type { RenderedSides } from "./assemble.ts";
import { directoryTrees } from "./trees/directory-tree.ts";
import { renderSides } from "./render.ts";

/** Renders what differs between two directories, whose files were read before. */
export async function renderDirectories(
  sides: Readonly<Record<SideName, Side>>,
  folders: Readonly<Record<SideName, string>>,
  options: Omit<RenderOptions, "shown">,
): Promise<RenderedSides> {
  const trees = await directoryTrees(folders.base, folders.head);
  const prefixes = { base: prefixOf(folders.base), head: prefixOf(folders.head) };
  const shown = (side: SideName, path: string): string => shownName(prefixes[side] + path);
  return await renderSides(trees, sides, { ...options, shown });
}

/** As a directory's files are called when it is read: from the working directory when it is below it. */
function prefixOf(folder: string): string {
  const below = relative(process.cwd(), resolve(folder));
  if (below === "" || below === ".." || below.startsWith(`..${sep}`) || resolve(below) === below) return "";
  return `${below.split(sep).join("/")}/`;
}
