/** An application that could not be rendered on both sides, so that nothing can be said of its pools. */
export interface Undecided {
  readonly application: string;
  /** Kebab-case; becomes a part of the rule's name. */
  readonly code: string;
  readonly because: string;
  readonly file: string;
}

/** What deploys an application, and whether it deletes what is no longer among its manifests. */
export interface Pruner {
  readonly application: string;
  readonly prunes: boolean;
  /** `Argo CD Application payments (apps/payments.yaml)`. */
  readonly by: string;
}

/** What is known of the applications that the manifests belong to; by their names. */
export interface Deployment {
  readonly undecided: ReadonlyMap<string, Undecided>;
  readonly pruners: ReadonlyMap<string, Pruner>;
}

export const noDeployment: Deployment = { undecided: new Map(), pruners: new Map() };

/** What decides whether an object whose manifest is gone is deleted. */
export function pruningOf({ pruners }: Deployment, application: string | undefined): string {
  const pruner = pruners.get(application ?? "");
  if (pruner === undefined) return "deleted if your GitOps tool prunes";
  return pruner.prunes
    ? `deleted: ${pruner.by} prunes`
    : `${pruner.by} does not prune, so it stays until somebody deletes it`;
}
