import { sourcesOf } from "../../manifests/deployers.ts";
import type { Json, JsonObject, SideName } from "../../manifests/manifest.ts";
import { foldersGiven, mayBeParameters } from "../../manifests/named-files.ts";
import { valueUnder } from "../../manifests/read-value.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { canonicalText } from "../../rules/canonical.ts";
import { applicationsOf } from "../deployers/application-sets/application-set.ts";
import { mostFiles } from "../deployers/bounds.ts";
import { type Changed, changersAmong } from "../deployers/changers.ts";
import { asBuilt, type DeployerObject, deployerObjects } from "../deployers/deployer-objects.ts";
import { titleOf } from "../deployers/deployment.ts";
import { sourceLeft, type SourceLeft } from "../deployers/followed-documents.ts";
import type { KustomizedDeployers } from "../deployers/kustomized-deployers.ts";
import { isKustomization } from "../kustomize/kustomization.ts";
import { isNamed, nameOf } from "../objects-in.ts";
import { type FileTree, foldersAbove, mayBeManifest, readBoth, type TreeChange, within } from "../trees/file-tree.ts";
import { type Repository, repositoryOn } from "../trees/repository.ts";
import { argoRelease } from "./argo-release.ts";
import type { Resolved } from "./chart-release.ts";
import { chartReferredTo, settingsOf } from "./flux-references.ts";
import { fluxChart, fluxRelease } from "./flux-release.ts";
import { type DeployedCharts, paired, type ReleaseObject, type Source, type UndecidedChart } from "./release-pairs.ts";

const nothing: DeployedCharts = { releases: [], undecided: [], followed: [] };

const amongTooMany = (chart: string): UndecidedChart => ({
  chart,
  because: `what deploys it is not searched for where more than ${mostFiles} files mention Argo CD or Flux`,
  isVague: true,
  sources: new Set(),
});

/**
 * The releases of the charts in these folders, as the Applications, ApplicationSets and HelmReleases of the repository make them
 * on both sides. A release that cannot be told is `undecided`, with the reason.
 */
export async function deployedCharts(
  trees: TreeChange,
  folders: readonly string[],
  kustomized: KustomizedDeployers,
  /** Folders outside the charts that are part of them, through links. */
  parts: readonly string[] = [],
): Promise<DeployedCharts> {
  const charts = new Set(folders);
  if (charts.size === 0 || !(await concerns(trees, new Set([...folders, ...parts])))) return nothing;
  const known = await deployerObjects(trees);
  if (known === undefined) return { ...nothing, undecided: folders.map(amongTooMany) };
  const { sides, unread } = known;
  const listed = (side: SideName): DeployerObject[] =>
    sides[side].filter(({ file }) => !kustomized.isUnlisted(side, file));
  const plain = { base: listed("base"), head: listed("head") };
  const objects = await asBuilt(plain, ({ object }) => chartsNamedBy(object, charts).length > 0, kustomized);
  const found = { base: [] as Source[], head: [] as Source[] };
  for (const side of sideNames) {
    const repository = repositoryOn(trees, side);
    const changed = changersAmong(objects[side]);
    for (const object of objects[side]) {
      const source = await sourceOf(object, {
        charts,
        tree: trees[side],
        repository,
        changed,
        changedFiles: trees.changed,
        objects: objects[side],
      });
      if (source !== undefined) found[side].push(source);
    }
  }
  const pairs = paired(found);
  const hidden = unread.flatMap(({ file, text }) =>
    pathsIn(text)
      .filter((chart) => charts.has(chart))
      .map((chart) => ({
        chart,
        because: `${file} names it and cannot be read`,
        isVague: false,
        sources: new Set<string>(),
      })),
  );
  return { ...pairs, undecided: [...pairs.undecided, ...hidden] };
}

/** The words of a text that may be paths: those with a slash. */
const pathsIn = (text: string): string[] => [
  ...new Set(text.split(/[\s"',{}[\]]+/).flatMap((word) => (word.includes("/") ? (within("", word) ?? []) : []))),
];

/** What may be the value of a file parameter: neither documentation nor a program. */
const mayBeFile = /\.(?:cfg|conf|crt|env|ini|json|pem|properties|sh|toml|tpl|txt|xml)$/;

/**
 * Whether a chart changed, a file that may be values, what pools of charts may name, or an object that says how charts are
 * deployed.
 */
async function concerns(trees: TreeChange, charts: ReadonlySet<string>): Promise<boolean> {
  const changed = [...trees.changed];
  if (changed.some((path) => foldersAbove(path).some((folder) => charts.has(folder)))) return true;
  if (changed.some((path) => mayBeFile.test(path) || isKustomization(path))) return true;
  const paths = changed.filter(mayBeManifest);
  return (await readBoth(trees, paths)).some(([path, bytes]) => {
    const text = bytes.toString("utf8");
    return (
      mayBeParameters(path, text) ||
      /argoproj\.io|toolkit\.fluxcd\.io|ConfigMap|Secret|HostedCluster|CloudProfile/.test(text)
    );
  });
}

/** What is known of one side. */
interface Known {
  readonly charts: ReadonlySet<string>;
  readonly tree: FileTree;
  readonly repository: Repository;
  readonly changed: (one: DeployerObject) => Changed | undefined;
  readonly changedFiles: ReadonlySet<string>;
  readonly objects: readonly DeployerObject[];
}

const isArgo = ({ apiVersion }: JsonObject): boolean =>
  typeof apiVersion === "string" && apiVersion.startsWith("argoproj.io/");

/** The charts that an object names, or may name where its paths are filled in. */
function chartsNamedBy(object: JsonObject, charts: ReadonlySet<string>): string[] {
  const { kind, spec } = object;
  const flux = fluxChart(object);
  if (flux !== undefined) return charts.has(flux) ? [flux] : [];
  if (!isArgo(object) || (kind !== "Application" && kind !== "ApplicationSet")) return [];
  const sources = sourcesOf(kind === "ApplicationSet" ? valueUnder(spec, "template", "spec") : spec);
  return [...charts].filter((folder) => sources.some(({ path }) => mayBe(path, folder)));
}

/** What an object makes of the charts; undefined where it has nothing to do with them. */
async function sourceOf(from: DeployerObject, known: Known): Promise<Source | undefined> {
  const { object, file, documents, problem } = from;
  const { kind, spec } = object;
  const referred = chartReferredTo(object, known.objects);
  const isReferred = referred !== undefined && known.charts.has(referred.chart);
  const meant = isReferred ? [referred.chart] : chartsNamedBy(object, known.charts);
  const [chart] = meant;
  if (chart === undefined) return undefined;
  const title = `${titleOf(object)} (${file})`;
  const { namespace } = nameOf(object);
  const changed = known.changed(from);
  const state = [
    from.making,
    ...(from.making === "" ? [] : settingsOf(object).map((one) => from.settings(one.kind, namespace, one.name))),
    changed?.making ?? "",
    isReferred ? canonicalText(referred.by["spec"]) : "",
  ].join("");
  const foldersOf = foldersGiven(object);
  const given = [...known.changedFiles].map((path) => ({ path, folders: foldersOf(path) }));
  const sourcesFor = (isMeant: (folder: string) => boolean): ReadonlySet<string> =>
    new Set([
      ...(problem?.files ?? []),
      ...given.flatMap(({ path, folders }) => (folders?.some(isMeant) === false ? [] : [path])),
    ]);
  const sources = sourcesFor(() => true);
  const one = { ...nameOf(object), file, by: title, title: titleOf(object), owner: title, state, sources };
  const refused = (because: string, isVague = false): Source => ({
    documents,
    left: [],
    files: [],
    releases: meant.map((folder) => ({
      ...one,
      sources: sourcesFor((at) => at === folder),
      isVague,
      resolved: { ok: false, chart: folder, because },
    })),
  });
  const because = problem?.because ?? changed?.because;
  if (because !== undefined) return refused(because);
  if (isReferred) return refused("it names its chart by chartRef");
  if (kind === "HelmRelease") {
    const resolved = named(object, chart) ?? fluxRelease(object, chart, known.repository, from.configMap);
    return { documents, left: [], files: [], releases: [{ ...one, resolved }] };
  }
  if (kind === "Application") {
    const { releases, left } = ofApplication(object, known, one);
    return releases.length === 0 ? undefined : { documents, left, files: [], releases };
  }
  const made = await applicationsOf(object, known.tree);
  if (!made.ok) {
    const paths = sourcesOf(valueUnder(spec, "template", "spec")).map(({ path }) => path);
    const isVague = paths.every((path) => typeof path !== "string" || path.startsWith("{{"));
    return refused(`it ${made.because}`, isVague);
  }
  const all = made.applications.map((each) =>
    ofApplication(each, known, {
      ...one,
      by: `${titleOf(each)} of ${title}`,
      title: `${titleOf(each)} of ${titleOf(object)}`,
      parameterFiles: made.parameterFiles.get(each) ?? [],
    }),
  );
  const releases = all.flatMap((each) => each.releases);
  return { documents, left: all.flatMap((each) => each.left), files: made.files, releases };
}

function ofApplication(
  application: JsonObject,
  { charts, repository }: Known,
  from: Pick<ReleaseObject, "by" | "title" | "file" | "owner" | "parameterFiles" | "state" | "sources">,
): Pick<Source, "releases" | "left"> {
  const releases: ReleaseObject[] = [];
  const left: SourceLeft[] = [];
  for (const source of sourcesOf(application["spec"])) {
    const { ref, path, chart: remote } = source;
    const chart = typeof path === "string" ? within("", path) : undefined;
    if (chart !== undefined && charts.has(chart) && remote === undefined) {
      const resolved = named(application, chart) ?? argoRelease(application, source, chart, repository);
      releases.push({ ...from, ...nameOf(application), resolved });
    } else if (ref === undefined || path !== undefined || remote !== undefined)
      left.push(sourceLeft(source, application));
  }
  return { releases, left };
}

/** The API server would refuse an object with such a name, so it deploys nothing. */
const named = (object: JsonObject, chart: string): Resolved | undefined =>
  isNamed(object) ? undefined : { ok: false, chart, because: "its name is not valid" };

/** Whether a path is that of the folder, or may become it when it is filled in. */
function mayBe(path: Json | undefined, folder: string): boolean {
  if (typeof path !== "string") return false;
  const [fixed = ""] = path.split("{{");
  return fixed === path ? within("", path) === folder : folder.startsWith(fixed.replace(/^\.\//, ""));
}
