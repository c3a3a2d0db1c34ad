import { posix } from "node:path";
import { deployerRemark, sourcesOf } from "../../manifests/deployers.ts";
import type { JsonObject, PerSide, SideName } from "../../manifests/manifest.ts";
import { foldersGiven } from "../../manifests/named-files.ts";
import { quote } from "../../manifests/quote.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { applicationsOf } from "../deployers/application-sets/application-set.ts";
import { changedObjects, type DeployerObject, deployerObjects } from "../deployers/deployer-objects.ts";
import { type Deployment, deployers, deploymentOf, isEmpty, titleOf } from "../deployers/deployment.ts";
import type { KustomizedDeployers } from "../deployers/kustomized-deployers.ts";
import type { IsUnlisted } from "../deployers/unlisted.ts";
import { documentsIn } from "../objects-in.ts";
import { type TreeChange, within } from "../trees/file-tree.ts";

/** What one object of a GitOps tool deploys on one side, as it is applied there. */
export interface Effective {
  readonly title: string;
  readonly file: string;
  readonly object: JsonObject;
  readonly deployment: Deployment;
  /** Which document of the file it is; undefined for what is made of others. */
  readonly index?: number;
  /** The set that makes it. */
  readonly set?: string;
  /** True when the reader of manifests already reports its change, because its own names show that it reaches pools. */
  readonly isSaid: boolean;
}

export interface EffectiveDeployments {
  readonly base: readonly Effective[];
  readonly head: readonly Effective[];
  /** Changed ApplicationSets all of whose Applications are listed, and which need no word of their own. */
  readonly expanded: PerSide<readonly Effective[]>;
  /** Why it is not known what some objects deploy on one of the sides, and from which folders, unless from any of theirs. */
  readonly unknown: readonly {
    readonly by: Effective;
    readonly because: string;
    readonly folders?: readonly string[];
  }[];
}

interface Known {
  readonly trees: TreeChange;
  readonly kustomized: KustomizedDeployers;
  readonly isUnlisted: IsUnlisted;
}

/**
 * What the objects of GitOps tools deploy: as kustomizations that the change reaches build them, and as sets make them. Where there
 * are too many files, only changed ones are searched.
 */
export async function effectiveDeployments(known: Known): Promise<EffectiveDeployments> {
  const { trees, isUnlisted } = known;
  const { sides } = (await deployerObjects(trees)) ?? (await changedObjects(trees));
  const unknown: EffectiveDeployments["unknown"][number][] = [];
  const listed = (side: SideName): DeployerObject[] => sides[side].filter(({ file }) => !isUnlisted(side, file));
  const built = await builtObjects(known, { base: listed("base"), head: listed("head") });
  const of = (side: SideName): Effective[] => {
    const plain = listed(side).filter(({ file }) => !built.files[side].has(file));
    return [
      ...plain.flatMap(({ object, file, documents }) =>
        effective(object, file, trees, isUnlisted, documents[0]?.index),
      ),
      ...built.objects[side].flatMap(({ object, file }) => effective(object, file, trees, isUnlisted)),
    ];
  };
  const all = { base: of("base"), head: of("head") };
  const expanded = { base: [] as Effective[], head: [] as Effective[] };
  const titles = new Set(all.head.map(({ title }) => title));
  const either = [...all.head, ...all.base.filter(({ title }) => !titles.has(title))];
  for (const { files, because } of built.failures)
    for (const by of either.filter(({ file }) => files.has(file))) unknown.push({ by, because });
  for (const set of all.head.filter(({ deployment }) => deployment.kind === "ApplicationSet")) {
    const before = all.base.find((one) => one.title === set.title && one.file === set.file);
    const [base, head] = [await madeBy(before, trees, "base"), await madeBy(set, trees, "head")];
    if (before?.deployment.inputs !== set.deployment.inputs) {
      // Unless all that it makes can be compared, it is reported itself.
      if (set.index === undefined || !base.isWhole || !head.isWhole) continue;
      expanded.head.push(set);
      if (before !== undefined) expanded.base.push(before);
    }
    const [because, other] = [head, base].flatMap((side) => side.because ?? []);
    if (because === undefined) {
      all.base.push(...base.applications);
      all.head.push(...head.applications);
    } else if (other === undefined) unknown.push({ by: set, because });
    else unknown.push(...otherParameters(set, because, trees));
  }
  return { ...all, expanded, unknown };
}

/** Says of a set that cannot be followed that files changed from which it takes parameters. */
function otherParameters(by: Effective, because: string, { changed }: TreeChange): EffectiveDeployments["unknown"] {
  const foldersOf = foldersGiven(by.object);
  const found = [...changed].flatMap((path) => {
    const folders = foldersOf(path);
    return folders?.length === 0 ? [] : [{ path, folders }];
  });
  const open = found.find(({ folders }) => folders === undefined);
  const [first = open] = open === undefined ? found : [];
  if (first === undefined) return [];
  const folders = found.flatMap((one) => one.folders ?? []);
  return [{ by, because: `${quote(first.path)} changed and ${because}`, ...(open === undefined ? { folders } : {}) }];
}

function effective(
  object: JsonObject,
  file: string,
  { changed }: TreeChange,
  isUnlisted: IsUnlisted,
  index?: number,
): Effective[] {
  const deployment = deploymentOf(object);
  if (deployment === undefined) return [];
  const isRead = index !== undefined && changed.has(file) && !sideNames.some((side) => isUnlisted(side, file));
  const isSaid = isRead && deployerRemark(object) !== undefined;
  return [{ title: titleOf(object), file, object, deployment, ...(index === undefined ? {} : { index }), isSaid }];
}

interface Built {
  readonly objects: PerSide<{ readonly object: JsonObject; readonly file: string }[]>;
  /** The files that they replace. */
  readonly files: PerSide<Set<string>>;
  /** Why what is in some files is not known. */
  readonly failures: { readonly files: ReadonlySet<string>; readonly because: string }[];
}

/** What kustomizations make of such objects, of those that the change reaches. */
async function builtObjects({ kustomized }: Known, objects: PerSide<readonly DeployerObject[]>): Promise<Built> {
  const built: Built = {
    objects: { base: [], head: [] },
    files: { base: new Set(), head: new Set() },
    failures: [],
  };
  const rootsOn = (side: SideName): string[] => objects[side].flatMap(({ file }) => kustomized.rootsOf(side, file));
  const reached = new Set(sideNames.flatMap(rootsOn));
  for (const root of reached) if (!kustomized.isReached(root)) reached.delete(root);
  for (const { file, files, filesOn, sides } of (await kustomized.build(reached)).values()) {
    const failed = sideNames.map((side) => sides[side]).find((one) => one?.ok === false);
    if (failed?.ok === false) {
      built.failures.push({ files, because: `${file} does not build: ${failed.because}` });
      continue;
    }
    for (const side of sideNames) {
      for (const path of filesOn[side]) built.files[side].add(path);
      const rendering = sides[side];
      if (rendering?.ok !== true) continue;
      for (const { value } of documentsIn(rendering.output, deployers))
        built.objects[side].push({ object: value, file });
    }
  }
  return built;
}

/** Whether what is built of a source is found and judged by itself. */
const isTreated = ({ helm, kustomize, plugin }: JsonObject): boolean =>
  [helm, kustomize, plugin].some((options) => !isEmpty(options));

/** The Applications of a set that deploy folders as they are. What others do is found in `applied/` and `charts/`. */
interface Made {
  readonly applications: readonly Effective[];
  /** Whether these are all that it makes. */
  readonly isWhole: boolean;
  /** Why it is not known what it makes. */
  readonly because?: string;
}

async function madeBy(set: Effective | undefined, trees: TreeChange, side: SideName): Promise<Made> {
  if (set === undefined) return { applications: [], isWhole: true };
  const found = await applicationsOf(set.object, trees[side]);
  if (!found.ok) return { applications: [], isWhole: false, because: `it ${found.because}` };
  const isChart = (path: string): boolean =>
    sideNames.some((one) => trees[one].entries.has(posix.join(within("", path) ?? path, "Chart.yaml")));
  const applications = found.applications.flatMap((object): Effective[] => {
    const deployment = deploymentOf(object);
    if (deployment === undefined || sourcesOf(deployment.spec).some(isTreated)) return [];
    if (deployment.paths.some((path) => path.includes("{{") || isChart(path))) return [];
    return [
      {
        title: `${titleOf(object)} of ${set.title}`,
        set: set.title,
        file: set.file,
        object,
        deployment,
        isSaid: false,
      },
    ];
  });
  return { applications, isWhole: applications.length === found.applications.length };
}
