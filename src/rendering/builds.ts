import type { ChartJob } from "./charts/chart-job.ts";
import type { ReachedRoot } from "./kustomize/reached-roots.ts";

/** Kustomizations and charts. */
export interface Builds {
  readonly roots: readonly ReachedRoot[];
  readonly charts: readonly ChartJob[];
}

export const noBuilds: Builds = { roots: [], charts: [] };
