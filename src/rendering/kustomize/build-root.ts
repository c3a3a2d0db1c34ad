import { basename, join } from "node:path";
import type { PerSide, SideName } from "../../manifests/manifest.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { type RenderedApplication, shownRoot, type SideRendering } from "../application.ts";
import type { Tool } from "../tools/find-tools.ts";
import { runTool } from "../tools/run-tool.ts";
import type { Closure } from "./kustomize-graph.ts";
import type { ReachedRoot } from "./reached-roots.ts";
import { comparable, substituted } from "./substituted.ts";
import type { Treatment } from "./treatment.ts";
import { appliedText, writeApplied } from "./write-treated.ts";

/** How both sides are built. */
export interface BuildOptions {
  readonly tool: Tool;
  /** The private folder; the files of the sides are in `base` and `head`, written before anything is built. */
  readonly folder: string;
  readonly written: PerSide<ReadonlyMap<string, Buffer>>;
  readonly network: boolean;
  readonly outputs: BuiltOutputs;
}

/** What a tool made of a folder, by all that decides it: a fleet deploys one folder many times, with other variables. */
type BuiltOutputs = Map<string, Promise<SideRendering>>;

/** Builds one root on both sides, with one tool. */
export async function buildRoot(one: ReachedRoot, options: BuildOptions): Promise<RenderedApplication> {
  const { closures, applied, isSame } = one;
  const build = async (side: SideName): Promise<SideRendering | undefined> => {
    const closure = closures[side];
    return closure === undefined ? undefined : await buildSide(closure, side, options, applied?.treatments[side]);
  };
  const head = build("head");
  const [before, after] = await Promise.all([isSame === true ? head : build("base"), head]);
  return applicationOf(one, options.tool.name, comparable({ base: before, head: after }));
}

/** A root that no tool can build: every side that has it fails, and the reason says what to install. */
export function rootWithoutTool(one: ReachedRoot): RenderedApplication {
  const failed = (side: SideName): SideRendering | undefined =>
    one.closures[side] === undefined
      ? undefined
      : {
          ok: false,
          because:
            "neither kustomize nor kubectl is on PATH: install one, or render both sides and pass the two directories",
        };
  return applicationOf(one, "kustomize", { base: failed("base"), head: failed("head") });
}

function applicationOf(
  { root, file, closures, applied, isSame }: ReachedRoot,
  tool: string,
  sides: RenderedApplication["sides"],
): RenderedApplication {
  const both = sideNames.flatMap((side) => closures[side] ?? []);
  return {
    name: applied?.name ?? shownRoot(root),
    file,
    tool,
    sides,
    ...(isSame === true ? { isSame } : {}),
    ...(applied?.makers === undefined ? {} : { makers: applied.makers }),
    sources: { base: closures.base?.files ?? new Set(), head: closures.head?.files ?? new Set() },
    resources: new Set(both.flatMap(({ kustomizations }) => kustomizations.flatMap(({ included }) => included))),
  };
}

async function buildSide(
  closure: Closure,
  side: SideName,
  options: BuildOptions,
  treatment: Treatment | undefined,
): Promise<SideRendering> {
  const { network, outputs } = options;
  for (const { file, refusals } of closure.kustomizations)
    for (const { because, needsNetwork } of refusals) {
      if (needsNetwork && network) continue;
      const remedy = needsNetwork
        ? "; the network is not used unless render.network allows it. Allow it, or render both sides and pass the two directories"
        : "";
      return { ok: false, because: `${file}: ${because}${remedy}` };
    }
  const applied = treatment === undefined ? undefined : appliedText(closure);
  const key = JSON.stringify([side, closure.root, applied]);
  let output = outputs.get(key);
  if (output === undefined) outputs.set(key, (output = runBuild(closure, side, options, applied)));
  const rendering = await output;
  return treatment?.variables === undefined ? rendering : substituted(rendering, treatment.variables);
}

async function runBuild(
  closure: Closure,
  side: SideName,
  { tool, folder, network, written }: BuildOptions,
  applied: string | undefined,
): Promise<SideRendering> {
  // Files that the build does not name are left out, since they may only look like the source of a value.
  const sources = new Map([...written[side]].filter(([path]) => closure.files.has(path)));
  const target =
    applied === undefined
      ? join(folder, side, closure.root)
      : writeApplied(closure, applied, written[side], join(folder, side));
  const result = await runTool({
    command: tool.command,
    args: [...tool.build, target],
    folder,
    network,
    given: () => sources,
  });
  return result.ok
    ? { ok: true, output: result.output, sources }
    : { ok: false, because: result.because.replaceAll(basename(target), () => basename(closure.root)) };
}
