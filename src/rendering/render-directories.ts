import { relative, resolve, sep } from "node:path";
import type { Side } from "../comparison.ts";
import type { PerSide, SideName } from "../manifests/manifest.ts";
import { shownName } from "../sources/shown-name.ts";
import type { RenderedSides } from "./assemble.ts";
import type { RenderOptions } from "./render-options.ts";
import { renderSides } from "./render.ts";
import { directoryTrees } from "./trees/directory-tree.ts";

/** Renders what differs between two directories, whose files were read before. */
export async function renderDirectories(
  sides: PerSide<Side>,
  folders: PerSide<string>,
  options: Omit<RenderOptions, "shown">,
): Promise<RenderedSides> {
  const trees = await directoryTrees(folders.base, folders.head);
  const prefixes = { base: prefixOf(folders.base), head: prefixOf(folders.head) };
  const shown = (side: SideName, path: string): string => shownName(prefixes[side] + path);
  return await renderSides(trees, sides, { ...options, shown });
}

/** The prefix that the reader of directories gives to paths: relative to the working directory when the folder is below it. */
function prefixOf(folder: string): string {
  const below = relative(process.cwd(), resolve(folder));
  if (below === "" || below === ".." || below.startsWith(`..${sep}`) || resolve(below) === below) return "";
  return `${below.split(sep).join("/")}/`;
}
