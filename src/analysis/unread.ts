import { declaredTwice } from "../inventory/environments.ts";
import type { Diagnostic, Manifest, SourceFile } from "../manifests/manifest.ts";

/** One side, and what went wrong while its files were read. */
interface ReadSide {
  readonly label: string;
  readonly files: readonly SourceFile[];
  readonly problems: readonly Diagnostic[];
}

/** What could not be read, where an object is missing: it may be there. */
export interface Unread {
  /** The file of the base in which the object may be that only the head shows; shown as the base calls it. */
  readonly inBase: (head: Manifest) => string | undefined;
  /** The same of the head, for an object that only the base shows. */
  readonly inHead: (base: Manifest) => string | undefined;
}

export const allRead: Unread = { inBase: () => undefined, inHead: () => undefined };

/** Files of the two sides are the same file when their paths below the two folders are equal, or when there is one on each. */
export function unreadOf(base: ReadSide, head: ReadSide): Unread {
  const areOne = base.files.length === 1 && head.files.length === 1;
  const within = (side: ReadSide, other: ReadSide) => {
    const unread = new Map(
      side.problems.flatMap(({ file, incomplete, code }) =>
        incomplete === true && file !== undefined && code !== declaredTwice
          ? [[areOne ? "" : below(side.label, file).replace(/\/$/, ""), file] as const]
          : [],
      ),
    );
    return ({ position: { file } }: Manifest): string | undefined => {
      if (unread.size === 0) return undefined;
      // A folder that was not read hides all that is below it.
      for (let path = areOne ? "" : below(other.label, file); ; path = path.slice(0, path.lastIndexOf("/"))) {
        const found = unread.get(path);
        if (found !== undefined || !path.includes("/")) return found;
      }
    };
  };
  return { inBase: within(base, head), inHead: within(head, base) };
}

function below(label: string, file: string): string {
  const folder = `${label.replace(/^(?:\.\/)+/, "").replace(/\/+$/, "")}/`;
  return file.startsWith(folder) ? file.slice(folder.length) : file;
}
