import { type RenderedApplication, shownRoot } from "../application.ts";
import type { ChartJob } from "../charts/chart-job.ts";
import { sideNames } from "../../manifests/side-names.ts";
import type { ReachedRoot } from "../kustomize/reached-roots.ts";

/** Nothing can be built: both sides fail, and say what to install. */
export function withoutTool(root: ReachedRoot): RenderedApplication {
  const failure = {
    ok: false,
    because: "neither kustomize nor kubectl is on PATH: install one, or give both results as directories",
  } as const;
  const both = sideNames.flatMap((side) => root.closures[side] ?? []);
  return {
    name: shownRoot(root.root),
    file: root.file,
    tool: "kustomize",
    sides: {
      base: root.closures.base === undefined ? undefined : failure,
      head: root.closures.head === undefined ? undefined : failure,
    },
    sources: { base: root.closures.base?.files ?? new Set(), head: root.closures.head?.files ?? new Set() },
    resources: new Set(both.flatMap(({ kustomizations }) => kustomizations.flatMap(({ included }) => included))),
  };
}

/** The same of a chart. */
export function chartWithoutTool(chart: ChartJob): RenderedApplication {
  const failure = {
    ok: false,
    because: "helm is not on PATH: install it, or give both results as directories",
  } as const;
  return {
    name: chart.name,
    file: chart.file,
    tool: "helm",
    sides: {
      base: chart.releases.base === undefined ? undefined : failure,
      head: chart.releases.head === undefined ? undefined : failure,
    },
    sources: { base: chart.files, head: chart.files },
    resources: new Set(),
  };
}
