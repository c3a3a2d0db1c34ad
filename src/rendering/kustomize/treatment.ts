import type { JsonObject, PerSide } from "../../manifests/manifest.ts";
import type { Maker } from "../maker.ts";

/**
 * What a GitOps tool does to a kustomization before it builds it: gives the kustomization to build in place of the folder's own.
 */
export type EditKustomization = (own: JsonObject) => JsonObject;

/** The variables that Flux substitutes after a build. */
export interface Variables {
  readonly known: Readonly<Record<string, string>>;
  /** Variables whose value is not known here, because it is in a Secret. */
  readonly unknown: readonly string[];
  /** Whether other variables may have a value too: one of their sources is not in the repository. */
  readonly isOpen: boolean;
}

/** What is done to a folder on the way to the cluster. */
export interface Treatment {
  readonly edit?: EditKustomization;
  readonly variables?: Variables;
  /** Set where a folder without a kustomization gets one of all that is below it, as Flux makes it, but for some files; or why these are not known. */
  readonly generates?: { readonly leavesOut: (path: string) => boolean } | { readonly because: string };
  /** The namespace of objects that name none, where an Application deploys them. */
  readonly deploysTo?: string;
  /** All of this but the namespace as one text to compare; empty where the folder is deployed as it is. */
  readonly text: string;
}

/** What a GitOps tool makes of a root: its kustomization is not the one in the repository, but is in the closure. */
export interface AppliedRoot {
  /** In the report. */
  readonly name: string;
  readonly treatments: PerSide<Treatment | undefined>;
  readonly makers?: PerSide<Maker | undefined>;
}
