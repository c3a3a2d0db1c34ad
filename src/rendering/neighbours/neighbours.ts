import type { Diagnostic } from "../../manifests/manifest.ts";
import { unrendered } from "../../manifests/unrendered.ts";
import { type Builds, noBuilds } from "../builds.ts";
import { filesOfRoot } from "../kustomize/reached-roots.ts";
import { isRelevant, type JudgedKind } from "../relevant.ts";
import { type FileTree, isYaml, mayBeManifest, readBoth, readInParts, type TreeChange } from "../trees/file-tree.ts";
import { type Held, heldBy, heldInChart, heldInRoot, holdingPools, kindsOfUsers } from "./held.ts";
import { wordsOf } from "./named-objects.ts";
import type { UsedKinds } from "./used-kinds.ts";

/** How many roots and charts that the change does not reach are rendered at most. */
export const mostNeighbours = 1000;

export interface Neighbours {
  /** What is rendered in addition, because its pools use what changed or the other way round. */
  readonly builds: Builds;
  /** Plain files of pools and clusters that may use a changed setting. */
  readonly plain: readonly string[];
  readonly remarks: readonly Diagnostic[];
}

interface Asked {
  readonly trees: TreeChange;
  /** Reached, with something that is judged. */
  readonly judged: Builds;
  /** Reached, and without. */
  readonly silent: Builds;
  /** Not reached. */
  readonly others: Builds;
  /** Files that some kustomization names. */
  readonly built: ReadonlySet<string>;
  readonly uses: readonly UsedKinds[];
}

export const noNeighbours: Neighbours = { builds: noBuilds, plain: [], remarks: [] };

/** One kustomization or chart, and what is in it. */
interface Part {
  readonly builds: Builds;
  readonly files: ReadonlySet<string>;
  /** By system. */
  readonly held: readonly Held[];
}

/**
 * A pool names its cluster and its ConfigMaps, and another kustomization or chart may make those: then that other one is rendered,
 * and so are unchanged kustomizations and charts whose pools use something that changed.
 */
export async function neighbours({ trees, judged, silent, others, built, uses }: Asked): Promise<Neighbours> {
  const partsOf = async (builds: Builds): Promise<Part[]> => await parts(trees, builds, uses);
  const known = [...(await partsOf(judged)), ...(await partsOf(silent))];
  const making = known
    .slice(judged.roots.length + judged.charts.length)
    .filter(({ held }) => held.some(({ references }) => references.length > 0));
  const settings = making.length === 0 ? [] : await namedElsewhere(trees, making, uses);
  const asking: (readonly Held[])[] = [
    await plainlyChanged(trees, built, uses),
    ...known.slice(0, judged.roots.length + judged.charts.length).map(({ held }) => held),
    ...settings.map(({ held }) => held),
  ];
  const asked = uses.filter((_, at) => asking.some(({ [at]: held }) => held !== undefined && isAsking(held)));
  if (asked.length === 0) return noNeighbours;
  const left = new Set(await partsOf(await holdingPools(trees, others, asked)));
  // What changes and stands alone finds by its name what stands alone too.
  const isApart = left.size > 0 || asking.slice(1).some((all) => all.some(isAsking));
  const standing = new Set(isApart ? await standingAlone(trees, built, asked, uses) : []);
  const users: Part[] = [];
  const plain: string[] = [];
  // A cluster or profile that uses what changed is itself used by pools that may be in a third place.
  for (let next = asking; next.length > 0;) {
    const isUsing = ({ held }: Pick<Part, "held">): boolean => next.some((changed) => isUserOfAny(held, changed));
    const found = [...left].filter(isUsing);
    const alone = [...standing].filter(isUsing);
    for (const one of found) left.delete(one);
    for (const one of alone) standing.delete(one);
    users.push(...found);
    plain.push(...alone.map(({ path }) => path));
    next = [...found, ...alone].map(({ held }) => held.map((one) => ({ ...one, references: one.between })));
  }
  // Which of several clusters of the same name a pool means can only be told when all of them are there.
  const isMeant = ({ clusters }: Held, at: number): boolean =>
    users.some(({ held: { [at]: held } }) => isOfPoolsAlone(held) && clusters.some((name) => held.words.has(name)));
  users.push(...[...left].filter(({ held }) => held.some(isMeant)));
  const isTooMuch = users.length > mostNeighbours;
  return {
    builds: joined([...settings.map(({ builds }) => builds), ...(isTooMuch ? [] : users.map(asSame))]),
    plain,
    remarks: isTooMuch ? [tooMany(users.length)] : [],
  };
}

const asSame = ({ builds: { roots, charts } }: Part): Builds => ({
  roots: roots.map((root) => ({ ...root, isSame: true })),
  charts: charts.map((chart) => ({ ...chart, isSame: true })),
});

const joined = (all: readonly Builds[]): Builds => ({
  roots: all.flatMap(({ roots }) => roots),
  charts: all.flatMap(({ charts }) => charts),
});

async function parts(trees: TreeChange, { roots, charts }: Builds, uses: readonly UsedKinds[]): Promise<Part[]> {
  return await Promise.all([
    ...roots.map(async (root) => ({
      builds: { ...noBuilds, roots: [root] },
      files: filesOfRoot(root),
      held: await heldInRoot(trees, root, uses),
    })),
    ...charts.map(async (chart) => ({
      builds: { ...noBuilds, charts: [chart] },
      files: chart.files,
      held: await heldInChart(trees, chart, uses),
    })),
  ]);
}

const isAsking = ({ hasClusters, references }: Held): boolean => hasClusters || references.length > 0;

const isOfPoolsAlone = (held: Held | undefined): held is Held => held?.hasPools === true && !held.hasClusters;

const isUserOfAny = (held: readonly Held[], changed: readonly Held[]): boolean =>
  held.some((one, at) => changed[at] !== undefined && mayUse(one) && isUser(one, changed[at]));

const mayUse = ({ hasPools, hasClusters, between }: Held): boolean => hasPools || hasClusters || between.length > 0;

function isUser(one: Held, changed: Held): boolean {
  const mentions = (name: string): boolean =>
    one.isRenaming || changed.isRenaming ? hasPart(one.words, name) : one.words.has(name);
  if (isOfPoolsAlone(one) && changed.hasClusters)
    if (changed.clusters.length === 0 || changed.clusters.some(mentions)) return true;
  return changed.references.some((name) => !one.references.includes(name) && mentions(name));
}

/** Whether one of the words contains a name, or is contained in it. */
const hasPart = (words: ReadonlySet<string>, name: string): boolean =>
  words.has(name) || [...words].some((word) => word.includes(name) || (word.length > 2 && name.includes(word)));

/** Changed manifests that no kustomization builds. */
async function plainlyChanged(
  trees: TreeChange,
  built: ReadonlySet<string>,
  uses: readonly UsedKinds[],
): Promise<Held[]> {
  const paths = [...trees.changed].filter((path) => mayBeManifest(path) && !built.has(path));
  if (paths.length === 0) return [];
  const contents = (await readBoth(trees, paths)).map(([, bytes]) => bytes);
  return heldBy(contents, uses);
}

/** The builds that make an object which another file names, where there are pools at all. */
async function namedElsewhere(
  { head }: TreeChange,
  making: readonly Part[],
  uses: readonly UsedKinds[],
): Promise<readonly Part[]> {
  const paths = [...head.entries.keys()].filter(isYaml);
  const asked = uses.filter((_, at) => making.some(({ held }) => (held[at]?.references.length ?? 0) > 0));
  if (!(await holdsAny(head, paths, kindsOfUsers(asked)))) return [];
  const settings = new Set<Part>();
  for await (const contents of readInParts(head, paths))
    for (const [path, bytes] of contents) {
      const words = wordsOf(bytes.toString("utf8"));
      for (const part of making) {
        const isNamed = ({ references, isRenaming }: Held): boolean =>
          references.some((name) => (isRenaming ? hasPart(words, name) : words.has(name)));
        if (!settings.has(part) && !part.files.has(path) && part.held.some(isNamed)) settings.add(part);
      }
    }
  return [...settings];
}

async function holdsAny(tree: FileTree, paths: readonly string[], kinds: readonly JudgedKind[]): Promise<boolean> {
  for await (const contents of readInParts(tree, paths))
    for (const bytes of contents.values()) if (isRelevant(bytes, kinds)) return true;
  return false;
}

/** Unchanged manifests that no kustomization builds, of pools, clusters, and what stands between them and what they use. */
async function standingAlone(
  { head, changed }: TreeChange,
  built: ReadonlySet<string>,
  asked: readonly UsedKinds[],
  uses: readonly UsedKinds[],
): Promise<{ readonly path: string; readonly held: readonly Held[] }[]> {
  const kinds = kindsOfUsers(asked);
  const paths = [...head.entries.keys()].filter((path) => isYaml(path) && !built.has(path) && !changed.has(path));
  const found: { readonly path: string; readonly held: readonly Held[] }[] = [];
  for await (const contents of readInParts(head, paths))
    for (const [path, bytes] of contents)
      if (isRelevant(bytes, kinds) && !bytes.includes("{{")) found.push({ path, held: heldBy([bytes], uses) });
  return found;
}

const tooMany = (count: number): Diagnostic =>
  unrendered(
    `${count} kustomizations and charts hold pools that may use what changed, more than the ${mostNeighbours} that are rendered beside those that changed, so these pools were not judged: render both sides and pass the two directories`,
  );
