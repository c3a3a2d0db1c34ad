import { exactText } from "./exact-text.ts";
import { groupOf } from "./identity.ts";
import { isList, listOf } from "./json-list.ts";
import { isObject } from "./json-object.ts";
import type { Json, JsonObject } from "./manifest.ts";
import { quote } from "./quote.ts";
import { valueUnder } from "./read-value.ts";

/** What people call the things whose nodes we judge, in names, paths, charts and their values. */
const ours = /shoot|node-?pool|hosted-?cluster|hosted-?control-?plane|hypershift|gardener/i;

const notFollowed = "what it deploys is not rendered here: render both sides and pass the two directories";

/** Kinds of GitOps tools that make manifests out of something that is not among the files. */
const deployers: ReadonlyMap<string, string> = new Map([
  [
    "argoproj.io/ApplicationSet",
    "what its generators and templates make is not rendered here: render both sides, for example with argocd-diff-preview, and pass the two directories",
  ],
  ["argoproj.io/Application", notFollowed],
  [
    "kustomize.toolkit.fluxcd.io/Kustomization",
    "what it substitutes and patches is not rendered here: render both sides, for example with flux build, and pass the two directories",
  ],
  [
    "helm.toolkit.fluxcd.io/HelmRelease",
    "the content of its chart is not among the files, so what a new version or new values do is unknown: render both sides with helm template and pass the two directories",
  ],
]);

/** Others of which nothing is followed: by group, with their kinds. */
const others: ReadonlyMap<string, readonly string[]> = new Map([
  ["apps.open-cluster-management.io", ["HelmRelease", "Subscription"]],
  ["config.projectsveltos.io", ["ClusterProfile", "Profile"]],
  ["configsync.gke.io", ["RepoSync", "RootSync"]],
  ["fleet.cattle.io", ["Bundle", "GitRepo", "HelmOp"]],
  ["fluxcd.controlplane.io", ["ResourceSet"]],
  ["gardener.clusters.openmcp.cloud", ["ProviderConfig"]],
  ["gitops.kluctl.io", ["KluctlDeployment"]],
  ["helm.cattle.io", ["HelmChart", "HelmChartConfig"]],
  ["helm.crossplane.io", ["Release"]],
  ["helm.m.crossplane.io", ["Release"]],
  ["infra.contrib.fluxcd.io", ["Terraform"]],
  ["infrastructuremanager.kyma-project.io", ["Runtime"]],
  ["kappctrl.k14s.io", ["App"]],
  ["packaging.carvel.dev", ["PackageInstall"]],
  ["siteconfig.open-cluster-management.io", ["ClusterInstance"]],
]);

/** What people call kinds of their own (Crossplane, kro) from which one of ours is made. */
const composite =
  /\b(?:X(?:Shoot|NodePool|HostedCluster)|X?(?:Composite)?(?:Shoot|HostedCluster|Hyper[Ss]hift)[A-Z]\w*)\b/;
/** Each of them contains one of these. */
const compositeWords = ["Shoot", "NodePool", "HostedCluster", "Hypershift", "HyperShift"] as const;
const upstream = /(?:^|\.)(?:gardener\.cloud|sapcloud\.io|openshift\.io)$/;
const isComposite = (group: string, kind: string): boolean =>
  group.includes(".") && !upstream.test(group) && composite.exec(kind)?.[0] === kind;

/** Why what an object of this kind makes is not among the files; undefined for every other kind. */
const adviceFor = (group: string, kind: string): string | undefined =>
  deployers.get(`${group}/${kind}`) ??
  (others.get(group)?.includes(kind) === true || isComposite(group, kind) ? notFollowed : undefined);

const groups = ["argoproj.io", "toolkit.fluxcd.io", ...others.keys()] as const;

/** Whether a text names any of these things. */
export const mentionsOurs = (text: string): boolean => ours.test(text);

/** Whether a text may hold such an object that reaches kinds that are judged. */
export const mentionsDeployer = (text: string): boolean =>
  groups.some((group) => text.includes(group))
    ? ours.test(text)
    : compositeWords.some((word) => text.includes(word)) && composite.test(text);

export const isDeployer = (group: string, kind: string): boolean => adviceFor(group, kind) !== undefined;

/** An object of a GitOps tool that reaches our kinds. */
interface Deployer {
  /** For people: its kind and name. */
  readonly title: string;
  /** Why its manifests are not among the files, and what to do. */
  readonly advice: string;
}

/** What to call such an object; undefined for every other one. */
export function deployerOf(value: Json): Deployer | undefined {
  if (!isObject(value)) return undefined;
  const { apiVersion, kind, metadata } = value;
  if (typeof apiVersion !== "string" || typeof kind !== "string") return undefined;
  const group = groupOf(apiVersion);
  const advice = adviceFor(group, kind);
  const isOurs = isComposite(group, kind) || mentionsOurs(placeOf(value)) || reachesOurs(value);
  if (advice === undefined || !isOurs) return undefined;
  const name = isObject(metadata) && typeof metadata["name"] === "string" ? ` ${quote(metadata["name"])}` : "";
  return { title: `the ${kind}${name}`, advice };
}

/** What to say of such an object when it changed. */
export function deployerRemark(value: Json): string | undefined {
  const deployer = deployerOf(value);
  return deployer === undefined ? undefined : `${deployer.title} changed, and ${deployer.advice}`;
}

/** Where a Subscription says from which folder and revision it deploys. */
const placeAnnotation = /^apps\.open-cluster-management\.io\/git/;

function placeOf(value: Json): string {
  const annotations = valueUnder(value, "metadata", "annotations");
  const placed = isObject(annotations) ? Object.entries(annotations).filter(([key]) => placeAnnotation.test(key)) : [];
  return placed.length === 0 ? "" : exactText(Object.fromEntries(placed));
}

/**
 * Keys under which a whole repository, project or fleet is named, whatever of it the object deploys, the cluster to which that goes,
 * or the nodes on which it runs.
 */
const scopeKeys = new Set(
  "repo repoURL repository url server project destination annotations labels matchLabels affinity nodeSelector tolerations".split(
    " ",
  ),
);
/** Keys under which what is deployed is named. Elsewhere among the values a word of ours may be a host, an image or a label. */
const nameKeys = new Set([
  "name",
  "generateName",
  "path",
  "paths",
  "dir",
  "subPath",
  "chart",
  "releaseName",
  "valueFiles",
]);
const judgedKinds = /\b(?:Shoot|NodePool|HostedCluster|HostedControlPlane)\b/;

function reachesOurs(value: Json, isNamed = false): boolean {
  if (typeof value === "string") return (isNamed ? ours : judgedKinds).test(value);
  if (isList(value)) return value.some((item) => reachesOurs(item, isNamed));
  if (!isObject(value)) return false;
  return Object.entries(value).some(
    ([key, inner]) =>
      !scopeKeys.has(key) && ((ours.test(key) && !/[./]/.test(key)) || reachesOurs(inner, nameKeys.has(key))),
  );
}

/**
 * Keys of a `spec` that say when, how and with which rights something is applied, and not what. `suspend` is not one of them: what
 * waited comes with its end.
 */
const applying: ReadonlySet<string> = new Set([
  "dependsOn",
  "driftDetection",
  "force",
  "healthChecks",
  "ignoreDifferences",
  "info",
  "install",
  "interval",
  "maxHistory",
  "prune",
  "retryInterval",
  "revisionHistoryLimit",
  "rollback",
  "serviceAccountName",
  "syncPolicy",
  "test",
  "timeout",
  "uninstall",
  "upgrade",
  "wait",
]);

/** What decides what such an object makes, in one text: neither its comments nor its labels nor how it is applied. */
export function makingOf(value: Json): string {
  const spec = valueUnder(value, "spec");
  const parts = [
    valueUnder(value, "kind"),
    valueUnder(value, "metadata", "name"),
    // A release goes to where it is itself.
    valueUnder(value, "metadata", "namespace"),
    placeOf(value),
    isObject(spec) ? withoutApplying({ ...spec, template: null }) : spec,
    valueUnder(spec, "template", "metadata", "name"),
    withoutApplying(valueUnder(spec, "template", "spec")),
  ];
  return exactText(parts);
}

/**
 * The sources of an Application, or of what an ApplicationSet makes, by its `spec` (argo-cd `pkg/apis/application/v1alpha1`
 * GetSources). What a hydrator commits elsewhere is made from its dry source.
 */
export function sourcesOf(spec: Json | undefined): JsonObject[] {
  const dry = valueUnder(spec, "sourceHydrator", "drySource");
  if (isObject(dry)) return [dry];
  const several = listOf(valueUnder(spec, "sources"));
  return (several.length > 0 ? several : [valueUnder(spec, "source")]).filter(isObject);
}

const withoutApplying = (spec: Json | undefined): Json =>
  isObject(spec) ? Object.fromEntries(Object.entries(spec).filter(([key]) => !applying.has(key))) : (spec ?? null);
