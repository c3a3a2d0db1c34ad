import type { Diagnostic, PerSide } from "../manifests/manifest.ts";
import { quote } from "../manifests/quote.ts";
import type { Maker } from "./maker.ts";

/** What one side of an application renders to, or why it does not. */
export type SideRendering =
  | {
      readonly ok: true;
      readonly output: Buffer;
      /** The files that it was made from, for positions. */
      readonly sources: ReadonlyMap<string, Buffer>;
      /** Variables that Flux substitutes: with a value that is known, and those that stay open. */
      readonly variables?: { readonly filled: ReadonlySet<string>; readonly open: ReadonlySet<string> };
    }
  | { readonly ok: false; readonly because: string };

/** One kustomization or chart that the change reaches, on both sides; on one of them it may not exist. */
export interface RenderedApplication {
  /** Its name in the report: the folder, and what else tells it apart. */
  readonly name: string;
  /** The file to point to when nothing better is known. */
  readonly file: string;
  readonly tool: string;
  readonly sides: PerSide<SideRendering | undefined>;
  /** Files of each side that count only through this rendering, not by themselves. */
  readonly sources: PerSide<ReadonlySet<string>>;
  /** The manifests among the sources: when nothing can be built, they still tell the names of the pools. */
  readonly resources: ReadonlySet<string>;
  /** True where the change does not reach it, and it is rendered because its pools use something that the change reaches. */
  readonly isSame?: true;
  /** Set where it is known which objects make it. */
  readonly makers?: PerSide<Maker | undefined>;
  /** Diagnostics about how it was rendered. */
  readonly remarks?: readonly Diagnostic[];
}

/** How a sentence calls a folder. */
export const folderInWords = (folder: string): string => (folder === "" ? "the repository" : quote(folder));

export const shownRoot = (folder: string): string => (folder === "" ? "." : folder);
