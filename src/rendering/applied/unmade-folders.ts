import type { PerSide, SideName } from "../../manifests/manifest.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { type Closure, closureOf } from "../kustomize/kustomize-graph.ts";
import { holdsTemplates, type Known } from "./built-folders.ts";
import type { FolderRelease } from "./folder-releases.ts";

/** A folder that an ApplicationSet names on one side, and of which it makes nothing on one side or both. */
interface Unmade {
  readonly side: SideName;
  readonly closure: Closure;
  readonly isMadeHere: boolean;
}

/**
 * An ApplicationSet may not make anything yet of the folder that it names: then the folder is not deployed as it is. Where it
 * makes nothing on either side, and the folder holds real names, something else may deploy it.
 */
export async function unmadeFolders(
  { trees, graphs, sources, kinds }: Known,
  all: PerSide<readonly FolderRelease[]>,
  isPlainToo: (side: SideName, folder: string) => boolean,
): Promise<Unmade[]> {
  const isMadeOn = (side: SideName, folder: string): boolean => all[side].some((one) => one.folder === folder);
  const found: Unmade[] = [];
  for (const side of sideNames)
    for (const folder of sources[side].flatMap(({ named }) => named)) {
      const closure = closureOf(graphs[side], folder);
      if (closure === undefined || isPlainToo(side, folder)) continue;
      const isMade = sideNames.some((one) => isMadeOn(one, folder));
      if (isMade || (await holdsTemplates(trees[side], closure, kinds)))
        found.push({ side, closure, isMadeHere: isMadeOn(side, folder) });
    }
  return found;
}
