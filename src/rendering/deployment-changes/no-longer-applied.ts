import type { Diagnostic, PerSide, SideName } from "../../manifests/manifest.ts";
import { quote } from "../../manifests/quote.ts";
import { manifestName } from "../../sources/manifest-name.ts";
import type { IsUnlisted } from "../deployers/unlisted.ts";
import { closureOf, filesNamed, type KustomizeGraph } from "../kustomize/kustomize-graph.ts";
import { type JudgedKind, relevantFiles } from "../relevant.ts";
import type { RenderOptions } from "../render-options.ts";
import { foldersAbove, pathsBelow, type TreeChange } from "../trees/file-tree.ts";
import { type Cover, coverage, type FindCovers } from "./coverage.ts";
import type { EffectiveDeployments } from "./effective-deployments.ts";
import { movedPools } from "./moved-pools.ts";

interface Known {
  readonly trees: TreeChange;
  readonly graphs: PerSide<KustomizeGraph>;
  readonly deployments: EffectiveDeployments;
  readonly isUnlisted: IsUnlisted;
  /** Folders whose objects stay, made of other folders. */
  readonly superseded: ReadonlySet<string>;
}

/** What is said of each file that nothing applies any longer, and of each that something applies now. */
interface Said {
  readonly left: Map<string, string>;
  readonly came: Map<string, string>;
}

/**
 * Reports files with pools that are still in the repository, or moved within it, but are no longer applied by the object that
 * applied them: the content is the same, and yet it may be deleted. Also those that moved to where an object applies them that
 * nothing applied before.
 */
export async function noLongerApplied(
  known: Known,
  { kinds, accepts, shown }: Pick<RenderOptions, "kinds" | "accepts" | "shown">,
): Promise<Diagnostic[]> {
  const covers = coverage(known.deployments, known.graphs);
  const said: Said = { left: new Map(), came: new Map() };
  await sayMoved({ ...known, kinds, covers }, said);
  await sayRegrouped({ ...known, kinds, covers }, said);
  await sayLeftOut({ ...known, kinds, covers }, said);
  await sayListed({ ...known, kinds, covers }, said);
  const say = (code: string, path: string, message: string): Diagnostic[] =>
    accepts(path)
      ? [{ severity: "warning", code, message, file: shown("head", path), incomplete: true, hidesPools: true }]
      : [];
  const deleted =
    "if a GitOps tool prunes, it is deleted together with its nodes; if that is intended, remove it from the repository, so that the report judges the deletion";
  const made = "if nothing applied it before, it is created with new nodes, but the report treats it as existing";
  return [
    ...[...said.left].flatMap(([path, what]) => say("no-longer-applied", path, `${what}: ${deleted}`)),
    ...[...said.came].flatMap(([path, what]) => say("newly-applied", path, `${what}: ${made}`)),
  ];
}

interface Asked extends Known {
  readonly kinds: readonly JudgedKind[];
  readonly covers: FindCovers;
}

async function sayMoved({ trees, graphs, kinds, covers }: Asked, { left, came }: Said): Promise<void> {
  const isNamed = (side: SideName, path: string): boolean => filesNamed(graphs[side]).has(path);
  for (const [from, all] of await movedPools(trees, kinds)) {
    const before = covers("base", from);
    const after = all.flatMap((to) => covers("head", to).map((cover) => ({ ...cover, to })));
    const [to = ""] = all;
    if (manifestName.test(from) && all.every((one) => !manifestName.test(one) && !isNamed("head", one)))
      left.set(to, `what ${quote(from)} declared is here now, in a file that nobody applies because of its name`);
    else if (!manifestName.test(from) && manifestName.test(to) && !isNamed("base", from))
      came.set(to, `what ${quote(from)} declared is here now, and nobody applied that file because of its name`);
    else if (before.length === 0 && after[0] !== undefined && !isNamed("base", from))
      came.set(after[0].to, `what ${quote(from)} declared is here now, where ${after[0].by.title} applies it`);
    else if (before[0] !== undefined && !before.some(({ target }) => after.some((one) => one.target === target)))
      left.set(to, `what ${quote(from)} declared is here now, where ${before[0].by.title} does not apply it`);
  }
}

async function sayRegrouped(asked: Asked, { left, came }: Said): Promise<void> {
  for (const { file, holding } of await regrouped(asked, "base", "head"))
    if (!holding.some((path) => asked.covers("head", path).length > 0))
      left.set(file, "this folder is still there, and no kustomization includes it any longer");
  for (const { file, holding } of await regrouped(asked, "head", "base"))
    if (!holding.some((path) => asked.covers("base", path).length > 0))
      came.set(file, "a kustomization includes this folder now, and none did before");
}

/** Files that a kustomization leaves out which was added or removed. */
async function sayLeftOut(asked: Asked, { left, came }: Said): Promise<void> {
  const { covers, isUnlisted } = asked;
  for (const path of await besideNew(asked, "base", "head")) {
    const [before] = covers("base", path);
    const isLeftOut = isUnlisted("head", path);
    if (covers("head", path).length > 0 || (before === undefined && !isLeftOut)) continue;
    const by = before === undefined ? "the kustomization beside it" : `with the kustomization, ${before.by.title}`;
    left.set(path, `this file is still there, and ${by} does not apply it`);
  }
  for (const path of await besideNew(asked, "head", "base")) {
    const all = covers("head", path);
    const after = all.find(wasThere(asked));
    const isLetIn = all.length === 0 && isUnlisted("base", path);
    if (covers("base", path).length > 0 || (after === undefined && !isLetIn)) continue;
    const by =
      after === undefined ? "did not list this file" : `left this file out, which ${after.by.title} applies now`;
    came.set(path, `the kustomization that is gone ${by}`);
  }
}

/** Files that a kustomization lists which was added or removed, and that its folder alone does not bring along. */
async function sayListed(asked: Asked, { left, came }: Said): Promise<void> {
  const { covers } = asked;
  for (const path of await listedOnce(asked, "base", "head")) {
    const [before] = covers("base", path);
    if (before !== undefined && covers("head", path).length === 0)
      left.set(
        path,
        `the kustomization that listed this file is gone, and without it ${before.by.title} does not apply it`,
      );
  }
  for (const path of await listedOnce(asked, "head", "base")) {
    const after = covers("head", path).find(wasThere(asked));
    if (after !== undefined && covers("base", path).length === 0)
      came.set(path, `a kustomization lists this file now, and without it ${after.by.title} did not apply it`);
  }
}

/** Of an object that is new, another report says what it makes. */
const wasThere =
  ({ deployments }: Known) =>
  ({ by: { title } }: Cover): boolean =>
    deployments.base.some((one) => one.title === title);

/**
 * Folders with pools that a kustomization includes on one side and none does on the other. A folder that nobody includes is taken
 * for one that somebody deploys by itself, which it was not on the side that includes it.
 */
async function regrouped({ trees, graphs, superseded, kinds }: Asked, from: SideName, to: SideName) {
  const isEntry = new Set(graphs[from].entries);
  const isAlone = (folder: string): boolean => graphs[from].nodes.has(folder) && !isEntry.has(folder);
  const filesOf = (folder: string): string[] => [...(closureOf(graphs[to], folder)?.files ?? [])];
  const others = new Set(graphs[to].entries.filter((folder) => !isAlone(folder)).flatMap(filesOf));
  const found: { readonly file: string; readonly holding: readonly string[] }[] = [];
  for (const folder of graphs[to].entries.filter((one) => isAlone(one) && !superseded.has(one))) {
    const own = filesOf(folder).filter((path) => trees[from].entries.has(path) && !others.has(path));
    const holding = await relevantFiles(trees, own, kinds);
    const file = graphs[to].nodes.get(folder)?.file;
    if (holding.length > 0 && file !== undefined) found.push({ file, holding });
  }
  return found;
}

/** Resources of both sides that a kustomization lists on one side, where the other side has no kustomization in its folder. */
async function listedOnce(
  { trees, graphs, superseded, kinds }: Asked,
  from: SideName,
  to: SideName,
): Promise<string[]> {
  const folders = [...graphs[from].nodes.keys()].filter((one) => !graphs[to].nodes.has(one) && !superseded.has(one));
  const built = folders.flatMap((folder) => closureOf(graphs[from], folder)?.kustomizations ?? []);
  const listed = [...new Set(built.flatMap(({ included }) => included))];
  const onBoth = listed.filter((path) => trees.base.entries.has(path) && trees.head.entries.has(path));
  return await relevantFiles(trees, onBoth, kinds);
}

/** Files of both sides beside or below a kustomization that the one side lacks, and that no kustomization of the other lists. */
async function besideNew({ trees, graphs, kinds, isUnlisted }: Asked, from: SideName, to: SideName): Promise<string[]> {
  const folders = [...graphs[to].nodes.keys()].filter((folder) => !graphs[from].nodes.has(folder));
  const named = filesNamed(graphs[to]);
  const paths = new Set(
    folders.flatMap((folder) => pathsBelow(trees[to], folder).filter((path) => trees[from].entries.has(path))),
  );
  const open = [...paths].filter(
    (path) =>
      manifestName.test(path) &&
      (isUnlisted(to, path) || foldersAbove(path).some((folder) => folders.includes(folder))) &&
      !named.has(path),
  );
  return await relevantFiles(trees, open, kinds);
}
