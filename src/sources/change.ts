import type { Diagnostic, SideName, SourceFile } from "../manifests/manifest.ts";
import type { Texts } from "../manifests/unread-references.ts";
import type { KindGroup } from "../rules/interest.ts";

/** How git marks what an entry of a tree is. */
export const modes = { link: "120000", submodule: "160000", folder: "040000" } as const;

/** One file of one side. */
export interface TreeEntry {
  readonly mode: string;
  /** The object's id; null for a file of the working tree that git has not stored. */
  readonly id: string | null;
}

/** A path whose entry differs between the sides. */
export interface Change {
  /** As git has it: bytes of any encoding. */
  readonly raw: Buffer;
  /** As it is shown. */
  readonly path: string;
  readonly base: TreeEntry | undefined;
  readonly head: TreeEntry | undefined;
}

/** What was read for one entry. */
export type Content =
  | { readonly state: "found"; readonly bytes: Buffer }
  /** `because` is a clause, and says what to do. */
  | { readonly state: "unreadable"; readonly code: string; readonly because: string };

/** Two versions of a tree: what differs, and how to get at what is in them. */
export interface TreePair {
  readonly changes: readonly Change[];
  /** Called with what will be read of both sides, where one request can ask for everything. */
  readonly announce?: (changes: readonly Change[]) => Promise<void>;
  /** Reads entries in bulk. */
  readonly read: (
    side: SideName,
    entries: readonly { readonly raw: Buffer; readonly entry: TreeEntry }[],
  ) => Promise<readonly Content[]>;
  /** Reads what the symbolic link at `raw` leads to; `link` is what stands in it. */
  readonly follow: (side: SideName, raw: Buffer, link: Buffer) => Promise<Content>;
  /** Files whose text holds one of the words, on the head side; both sides have the same content of those that did not change. */
  readonly search: (words: readonly string[]) => Promise<{
    readonly files: readonly Found[];
    readonly diagnostics: readonly Diagnostic[];
  }>;
  /** Reads files that were found. */
  readonly readFound: (files: readonly Found[]) => Promise<readonly Content[]>;
}

/** A file that was found by its text. */
export interface Found {
  /** The bytes of its path, a letter each. */
  readonly key: string;
  readonly raw: Buffer;
  readonly path: string;
  /** Its lines that tell of kinds, names and templates, or all of it; never those of documents that define kinds. */
  readonly text: string;
}

/** What was read of one side of a change. */
export interface SideSource {
  readonly label: string;
  readonly revision?: string;
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** Of both sides; absent where nothing made a search of the tree necessary, or the whole tree could not be searched. */
  readonly texts?: Texts | undefined;
}

/** Both sides of a change. */
export interface ChangedSides {
  readonly base: SideSource;
  readonly head: SideSource;
  /** All paths that differ, also those that hold no manifests. */
  readonly changed: readonly string[];
}

/** Which files are wanted. */
export interface Wanted {
  /** Which paths of the tree are read at all. */
  readonly paths?: (path: string) => boolean;
  /** Names of objects that are asked for, whether or not anything changed that concerns them. */
  readonly named?: readonly string[];
  /**
   * Kinds of objects that belong together, one group a system: where there are several, a change of one may matter to another.
   */
  readonly groups: readonly KindGroup[];
}

/** Reads a file of the base side by its path in the repository; undefined when there is none. */
export type BaseReader = (path: string) => Promise<Buffer | undefined>;
/** The same for the head side. */
export type HeadReader = BaseReader;
/** What is wanted, or how to find that out from files of the base side: a configuration that the head cannot change. */
export type Wish = Wanted | ((read: BaseReader) => Promise<Wanted>);
