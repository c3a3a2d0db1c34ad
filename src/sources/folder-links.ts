import type { Diagnostic } from "../manifests/manifest.ts";

/**
 * A symbolic link of a directory to a folder in it. What is in that folder is read where it stands, not once more behind the
 * link.
 */
export interface FolderLink {
  /** As the link is shown. */
  readonly file: string;
  /** Where it leads to, below the directory. */
  readonly target: string;
}

/** Links by their place below the directory. */
export type FolderLinks = ReadonlyMap<string, FolderLink>;

/** When a link leads elsewhere, what is applied through it changes although no file did. */
export function changedFolderLinks(base: FolderLinks, head: FolderLinks): Diagnostic[] {
  return [...new Set([...base.keys(), ...head.keys()])].toSorted().flatMap((place): Diagnostic[] => {
    const [before, after] = [base.get(place), head.get(place)];
    if (before?.target === after?.target) return [];
    return [
      {
        severity: "warning",
        code: "link-to-folder",
        message: `the symbolic link led to ${before?.target ?? "nothing"} and leads to ${after?.target ?? "nothing"}; what is applied through it was not compared. Pass both folders instead`,
        file: (after ?? before)?.file ?? place,
        incomplete: true,
      },
    ];
  });
}
