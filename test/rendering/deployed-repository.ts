import { array, boolean, constantFrom, integer, option, record } from "fast-check";
import { dump } from "js-yaml";
import { chart } from "./pool-chart.ts";
import { nodePool, shoot } from "./shoots.ts";

type Files = Readonly<Record<string, string>>;
type Part = Readonly<Record<string, unknown>>;

const maybe = <Value>(...values: readonly Value[]) => option(constantFrom(...values), { nil: undefined });
const some = { minLength: 1, maxLength: 2 };

/** A folder and a chart, and what deploys them to several clusters. */
export const repository = record({
  folder: record({ maximum: integer({ min: 3, max: 4 }), prefix: maybe("p-"), isListed: boolean() }),
  chart: record({ cores: integer({ min: 2, max: 3 }), memory: constantFrom("8Gi", "16Gi") }),
  environment: record({ cores: integer({ min: 4, max: 5 }), replicas: integer({ min: 2, max: 3 }) }),
  kustomizations: array(
    record({
      targetNamespace: maybe("east", "west"),
      namePrefix: maybe("f-"),
      nameSuffix: maybe("-f"),
      cores: maybe(6, 7),
      memory: maybe("16Gi", "32Gi"),
    }),
    some,
  ),
  releases: array(record({ cores: maybe(8, 9), isFromConfigMap: boolean(), memory: constantFrom("8Gi", "12Gi") }), {
    maxLength: 2,
  }),
  applications: array(record({ hasFile: boolean(), cores: maybe(10, 11), replicas: maybe(4, 5) }), some),
  elements: array(record({ cores: integer({ min: 12, max: 13 }), memory: constantFrom("8Gi", "24Gi") }), some),
});
type Repository = Parameters<Parameters<typeof repository.map>[0]>[0];

const source = { repoURL: "https://example.com/fleet", targetRevision: "HEAD" };
const fleet = { kind: "GitRepository", name: "fleet", namespace: "flux-system" };
const object = (apiVersion: string, kind: string, name: string, spec: Part): Part => ({
  apiVersion,
  kind,
  metadata: { name, namespace: apiVersion.startsWith("argoproj") ? "argocd" : "flux-system" },
  spec,
});
const given = (parts: Part): Part =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
const coresPatch = (value: unknown): Part => ({
  target: { kind: "NodePool" },
  patch: dump([{ op: "replace", path: "/spec/platform/kubevirt/compute/cores", value }]),
});
/** What one object deploys: from which files, and with which program and arguments an operator would render it. */
export interface Deployed {
  readonly files: Files;
  readonly program: "kubectl" | "helm";
  readonly arguments: readonly string[];
  /** What Flux substitutes. */
  readonly memory?: string | undefined;
}

interface Described {
  readonly files: Files;
  readonly deployed: ReadonlyMap<string, Deployed>;
}

export function described(one: Repository): Described {
  const { folder } = one;
  const plain = { resources: ["pool.yaml", "shoot.yaml"] };
  const own = given({ ...plain, namePrefix: folder.prefix });
  const manifests = {
    "apps/pool.yaml": nodePool("hosted", "pool")
      .replace("8Gi", "${MEMORY:=8Gi}")
      .replace("  namespace: clusters\n", ""),
    "apps/shoot.yaml": shoot("shoot", ["a"]).replace("maximum: 3", `maximum: ${folder.maximum}`),
  };
  const parts = {
    ...chart,
    "charts/pools/values.yaml": dump({ cluster: "c", ...one.chart, pools: [{ name: "a" }] }),
    "charts/pools/templates/pools.yaml": chart["charts/pools/templates/pools.yaml"]
      .replace("name: {{ .name }}", "name: {{ $.Release.Name }}-{{ .name }}")
      .replace("replicas: {{ .replicas }}", "replicas: {{ $.Values.replicas | default 2 }}")
      .replace("8Gi", "{{ $.Values.memory }}"),
  };
  const environment = { "environment.yaml": dump(one.environment) };
  const objects: Part[] = [];
  const deployed = new Map<string, Deployed>();
  const build = (id: string, kustomization: Part, memory?: string): void => {
    const files = { ...manifests, "apps/kustomization.yaml": dump(kustomization) };
    deployed.set(id, { files, program: "kubectl", arguments: ["kustomize", "apps"], memory });
  };
  const template = (id: string, name: string, namespace: string, values: Files): void => {
    const files = { ...parts, ...environment, ...values };
    const named = Object.keys(values).flatMap((path) => ["--values", path]);
    deployed.set(id, {
      files,
      program: "helm",
      arguments: ["template", name, "charts/pools", "--namespace", namespace, ...named],
    });
  };
  for (const [at, { cores, memory, ...options }] of one.kustomizations.entries()) {
    const name = `kustomization-${at}`;
    const patches = cores === undefined ? undefined : [coresPatch(cores)];
    const substitute = given({ MEMORY: memory, CLUSTER: "a" });
    const spec = { path: "./apps", prune: true, sourceRef: fleet, ...options, patches, postBuild: { substitute } };
    objects.push(object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", name, given(spec)));
    const { targetNamespace, namePrefix, nameSuffix } = options;
    const edits = given({ namespace: targetNamespace, namePrefix, nameSuffix, patches });
    build(name, { ...(folder.isListed ? own : plain), ...edits }, memory ?? "8Gi");
  }
  for (const [at, { cores, isFromConfigMap, memory }] of one.releases.entries()) {
    const name = `release-${at}`;
    const data = { "values.yaml": dump({ memory }) };
    const inline = given({ cores });
    const spec = {
      chart: { spec: { chart: "./charts/pools", reconcileStrategy: "Revision", sourceRef: fleet } },
      releaseName: at === 0 ? "named" : undefined,
      targetNamespace: "releases",
      valuesFrom: isFromConfigMap ? [{ kind: "ConfigMap", name }] : undefined,
      values: inline,
    };
    objects.push(object("helm.toolkit.fluxcd.io/v2", "HelmRelease", name, given(spec)));
    objects.push({ apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "flux-system" }, data });
    template(name, at === 0 ? "named" : `releases-${name}`, "releases", {
      ...(isFromConfigMap ? { "a.yaml": data["values.yaml"] } : {}),
      "b.yaml": dump(inline),
    });
  }
  for (const [at, { hasFile, cores, replicas }] of one.applications.entries()) {
    const name = `application-${at}`;
    const helm = given({
      valueFiles: hasFile ? ["$values/environment.yaml"] : undefined,
      valuesObject: replicas === undefined ? undefined : { replicas },
      parameters: cores === undefined ? undefined : [{ name: "cores", value: String(cores) }],
    });
    const sources = [
      { ...source, path: "charts/pools", helm },
      { ...source, ref: "values" },
    ];
    const destination = { server: "https://example.com", namespace: "applications" };
    const metadata = { name, namespace: "argocd", finalizers: ["resources-finalizer.argocd.argoproj.io"] };
    objects.push({ ...object("argoproj.io/v1alpha1", "Application", name, { sources, destination }), metadata });
    template(name, name, "applications", {
      ...(hasFile ? environment : {}),
      "a.yaml": dump(given({ replicas })),
      "b.yaml": dump(given({ cores })),
    });
  }
  const elements = one.elements.map((element, at) => ({
    name: `set-${at}`,
    cores: String(element.cores),
    memory: element.memory,
  }));
  const patch = coresPatch(0)["patch"];
  const kustomize = {
    namePrefix: "{{name}}-",
    patches: [{ target: { kind: "NodePool" }, patch: String(patch).replace("value: 0", "value: {{cores}}") }],
  };
  const set = {
    generators: [{ list: { elements } }],
    template: {
      metadata: { name: "{{name}}" },
      spec: {
        source: { ...source, path: "apps", kustomize },
        destination: { server: "https://example.com", namespace: "sets" },
      },
    },
  };
  if (folder.isListed) {
    objects.push(object("argoproj.io/v1alpha1", "ApplicationSet", "pools", set));
    for (const { name, cores } of elements)
      build(name, { ...own, namePrefix: `${name}-`, patches: [coresPatch(Number(cores))] });
  }
  const files = {
    ...manifests,
    ...(folder.isListed ? { "apps/kustomization.yaml": dump(own) } : {}),
    ...parts,
    ...environment,
    "clusters/objects.yaml": objects.map((each) => dump(each)).join("---\n"),
  };
  return { files, deployed };
}
