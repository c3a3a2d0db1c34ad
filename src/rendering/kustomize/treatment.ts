import type { JsonObject, SideName } from "../../manifests/manifest.ts";

/** What a GitOps tool does to a kustomization before it builds it: the file that it then has in the place of the own one. */
export type EditKustomization = (own: JsonObject) => JsonObject;

/** What Flux fills in after a build. */
export interface Variables {
  readonly known: Readonly<Record<string, string>>;
  /** They have a value that is not told here: it stands in a Secret. */
  readonly unknown: readonly string[];
  /** Whether others may have one too: a source of theirs is not in the repository. */
  readonly isOpen: boolean;
}

/** What is done to a folder on the way to the cluster. */
export interface Treatment {
  readonly edit?: EditKustomization;
  readonly variables?: Variables;
  /** Whether a folder without a kustomization gets one of all that stands below it, as Flux makes it. */
  readonly isGenerated?: true;
  /** All of this in one text. */
  readonly text: string;
}

/** What a GitOps tool makes of a root: its kustomization is not the one in the repository, but stands in the closure. */
export interface AppliedRoot {
  /** In the report. */
  readonly name: string;
  readonly treatments: Readonly<Record<SideName, Treatment | undefined>>;
}
