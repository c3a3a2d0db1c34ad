import type { SideName } from "../../manifests/manifest.ts";
import { sideNames } from "../../manifests/side-names.ts";
import type { TreeChange } from "./file-tree.ts";

/** Which files there are. */
export interface Repository {
  /** On the side of the object that names the file. */
  readonly has: (path: string) => boolean;
  /** On either side. */
  readonly knows: (path: string) => boolean;
}

export const repositoryOn = (trees: TreeChange, side: SideName): Repository => ({
  has: (path) => trees[side].entries.has(path),
  knows: (path) => sideNames.some((one) => trees[one].entries.has(path)),
});
