import type { Maker } from "../maker.ts";
import type { ObjectName } from "../objects-in.ts";
import type { DocumentPlace, SourceLeft } from "./followed-documents.ts";

/** A folder or chart as an object of one side deploys it. */
export interface Release extends ObjectName {
  readonly file: string;
  /** For messages. */
  readonly by: string;
  /** The same without files. */
  readonly title: string;
  /** The object that makes it. */
  readonly owner: string;
  /** From which an ApplicationSet takes its parameters. */
  readonly parameterFiles?: readonly string[];
}

/** An object that deploys folders or charts. */
export interface ReleaseSource<Deployed extends Release> {
  /** The documents that it is made of. */
  readonly documents: readonly DocumentPlace[];
  /** What it deploys beside these releases. */
  readonly left: readonly SourceLeft[];
  /** Files that it takes parameters from. */
  readonly files: readonly string[];
  readonly releases: readonly Deployed[];
}

/** A release of which everything is in the repository. */
export interface KnownRelease {
  readonly ok: true;
  /** From which repository and revision it takes the folder or chart, and to where it deploys it, in one text. */
  readonly place: string;
  /** Whether what it deployed is deleted when it goes. */
  readonly prunes: boolean;
}

/** One that cannot be told from the repository. */
export interface UnknownRelease {
  readonly ok: false;
  readonly because: string;
}

export const makerOf = (
  release:
    | (Pick<Release, "title" | "file" | "parameterFiles"> & { readonly resolved: KnownRelease | UnknownRelease })
    | undefined,
): Maker | undefined =>
  release?.resolved.ok === true
    ? {
        title: release.title,
        file: release.file,
        parameterFiles: release.parameterFiles ?? [],
        prunes: release.resolved.prunes,
      }
    : undefined;

/** Why two sides of a release cannot be compared. */
export function reasonAgainst(
  base: KnownRelease | UnknownRelease | undefined,
  head: KnownRelease | UnknownRelease | undefined,
  what: "chart" | "folder",
): string | undefined {
  for (const one of [head, base]) if (one?.ok === false) return one.because;
  if (base?.ok !== true) return undefined;
  if (head?.ok === true && base.place !== head.place)
    return `it takes the ${what} from another place than before, or deploys it to one`;
  return head === undefined && !base.prunes ? "it is removed, but leaves what it deployed" : undefined;
}
