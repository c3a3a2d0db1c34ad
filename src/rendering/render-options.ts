import type { Interest } from "../manifests/interest.ts";
import type { SideName } from "../manifests/manifest.ts";
import type { ConfiguredChart } from "./charts/reached-charts.ts";
import type { UsedKinds } from "./neighbours/used-kinds.ts";
import type { JudgedKind } from "./relevant.ts";

/** How a path of a tree is shown, which is also its path in the sides. */
export type ShownPath = (side: SideName, path: string) => string;

export const asItIs: ShownPath = (_, path) => path;

/**
 * Why a run renders nothing although it was not told so: two folders of two revisions, two directories, or a pull request whose
 * run may write.
 */
export type Unrendered = "apart" | "unasked" | "untrusted";

/** What is rendered, and with what. */
export interface RenderOptions {
  /** For a reason against it, nothing is rendered, and the report says so where it matters. */
  readonly mode: "auto" | "none" | Unrendered;
  /** Kustomizations to build, besides those that no other includes. */
  readonly roots?: readonly string[];
  readonly charts?: readonly ConfiguredChart[];
  /** Lets the tools fetch what is not in the repository. */
  readonly network?: boolean;
  /** The kinds that are judged: a kustomization, or a chart that is not configured, matters when one of its files names one. */
  readonly kinds: readonly JudgedKind[];
  /** What is looked for in manifests, clusters and pools and what they name; unless given, everything may matter. */
  readonly interest?: Interest;
  /** The kinds of which one object uses another that may be elsewhere; nothing is looked for unless given. */
  readonly uses?: readonly UsedKinds[];
  /** Where programs are looked for; PATH unless given. */
  readonly searchPath?: string;
  /** Which files may be the root of a build, or be reported. */
  readonly accepts: (path: string) => boolean;
  readonly shown: ShownPath;
}
