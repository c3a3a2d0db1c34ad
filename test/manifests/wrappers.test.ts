import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { analyze, type Report } from "../../src/index.ts";
import { shoot } from "../rendering/shoots.ts";
import { sideOf } from "../side.ts";

const side = (text: string) => sideOf({ "a.yaml": text });
const report = (base: string, head: string): Report => analyze(side(base), side(head));
const seen = ({ pools }: Report): string[] =>
  pools.map(({ application, cluster, pool, effect }) => `${application ?? "-"} | ${cluster}/${pool} ${effect}`);

const nodePool = (cores: number, apiVersion = "hypershift.openshift.io/v1beta1"): string =>
  JSON.stringify({
    apiVersion,
    kind: "NodePool",
    metadata: { name: "a", namespace: "clusters" },
    spec: {
      clusterName: "c",
      replicas: 2,
      management: { upgradeType: "Replace" },
      platform: { type: "KubeVirt", kubevirt: { compute: { cores, memory: "8Gi" } } },
      release: { image: "quay.io/openshift-release-dev/ocp-release:4.18.1-x86_64" },
    },
  });

const work = (name: string, cores: number): string => `apiVersion: work.open-cluster-management.io/v1
kind: ManifestWork
metadata:
  name: ${name}
  namespace: managed
spec:
  workload:
    manifests:
      - apiVersion: v1
        kind: Namespace
        metadata: {name: clusters}
      - ${nodePool(cores)}
`;

describe("manifests inside manifests", () => {
  it("judges what a ManifestWork carries, each work for itself", () => {
    const found = report(`${work("one", 2)}---\n${work("two", 2)}`, `${work("one", 4)}---\n${work("two", 2)}`);
    assert.deepEqual(seen(found), ["ManifestWork managed/one | c/a replace"]);
    assert.equal(found.pools[0]?.causes[0]?.line, 12);
    assert.deepEqual(found.diagnostics, []);
  });

  it("takes no part in it for a change when a manifest is put into a ManifestWork", () => {
    assert.deepEqual(report(nodePool(2), work("one", 2)).objects, []);
  });

  it("reads the templates of a Policy", () => {
    const policy = (cores: number): string => `apiVersion: policy.open-cluster-management.io/v1
kind: Policy
metadata: {name: p, namespace: policies}
spec:
  policy-templates:
    - objectDefinition:
        apiVersion: policy.open-cluster-management.io/v1
        kind: ConfigurationPolicy
        metadata: {name: q}
        spec:
          object-templates:
            - complianceType: musthave
              objectDefinition: ${nodePool(cores)}
`;
    assert.deepEqual(seen(report(policy(2), policy(4))), ["Policy policies/p | c/a replace"]);
  });

  it("reads a HypershiftDeployment as the HostedCluster and the NodePools that it makes", () => {
    const deployment = (cores: number, channel: string, namespace = ""): string => {
      const { spec } = JSON.parse(nodePool(cores)) as { readonly spec: object };
      return `apiVersion: cluster.open-cluster-management.io/v1alpha1
kind: HypershiftDeployment
metadata: {name: c, namespace: deployments}
spec:
  ${namespace}
  hostedClusterSpec: {platform: {type: KubeVirt}, channel: ${channel}}
  nodePools:
    - {name: a, spec: ${JSON.stringify(spec)}}
    - {name: b, spec: ${JSON.stringify({ ...spec, platform: { type: "None" } })}}
    - {name: without a spec}
`;
    };
    const found = report(deployment(2, "stable-4.18"), deployment(4, "fast-4.18"));
    assert.deepEqual(seen(found), [
      "HypershiftDeployment deployments/c | c/a replace",
      "HypershiftDeployment deployments/c | c/b none",
    ]);
    assert.deepEqual(
      found.pools.map(({ namespace, causes }) => [namespace, causes.map(({ object, line }) => [object, line])]),
      [
        ["clusters", [["NodePool clusters/a", 8]]],
        ["clusters", []],
      ],
    );
    const hosted = report(deployment(2, "x", "hostingNamespace: own"), deployment(4, "x", "hostingNamespace: own"));
    assert.deepEqual(
      hosted.pools.map(({ namespace, pool }) => `${namespace}/${pool}`),
      ["own/a", "own/b"],
    );
  });

  const shootSpec = (type: string): string =>
    shoot("x", ["w"]).split("spec:\n")[1]!.replaceAll(/^/gm, "    ").replace("m5.large", type);
  const seedSet = (replicas: number, type: string): string => `apiVersion: seedmanagement.gardener.cloud/v1alpha1
kind: ManagedSeedSet
metadata: {name: seeds, namespace: garden}
spec:
  replicas: ${replicas}
  shootTemplate:
    metadata: {labels: {a: b}}
    spec:
${shootSpec(type)}`;

  const lineOf = (text: string, part: string): number => text.split("\n").findIndex((line) => line.includes(part)) + 1;

  it("knows that a ManagedSeedSet never updates the Shoots that it made", () => {
    const found = report(seedSet(2, "small"), seedSet(2, "large"));
    assert.deepEqual(seen(found), [
      "ManagedSeedSet garden/seeds | seeds-0/w new-nodes-only",
      "ManagedSeedSet garden/seeds | seeds-1/w new-nodes-only",
    ]);
    const cause = found.pools[0]?.causes[0];
    assert.deepEqual([cause?.rule, cause?.line], ["gardener/created-once", lineOf(seedSet(2, "large"), "type: large")]);
  });

  it("makes and deletes whole Shoots with the replicas of a ManagedSeedSet", () => {
    assert.deepEqual(seen(report(seedSet(1, "small"), seedSet(2, "small"))), [
      "ManagedSeedSet garden/seeds | seeds-1/w create",
    ]);
    assert.deepEqual(seen(report(seedSet(2, "small"), seedSet(1, "small"))), [
      "ManagedSeedSet garden/seeds | seeds-1/w delete",
    ]);
  });

  const other = (kind: string, apiVersion: string, inner: string): string =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: x}\nspec:\n  resources:\n    - ${inner}\n`;

  it("judges a whole object that stands in an object of a kind that nobody knows", () => {
    for (const [kind, apiVersion] of [
      ["SelectorSyncSet", "hive.openshift.io/v1"],
      ["ManifestWork", "example.com/v1"],
    ] as const)
      assert.deepEqual(
        seen(report(other(kind, apiVersion, nodePool(2)), other(kind, apiVersion, nodePool(4)))),
        [`${kind} x | c/a replace`],
        apiVersion,
      );
  });

  it("judges a whole object among the values of a chart", () => {
    const values = (cores: number): string => `image: {tag: v1}\nextraObjects:\n  - ${nodePool(cores)}\n`;
    const found = report(values(2), values(4));
    assert.deepEqual(seen(found), ["- | c/a replace"]);
    assert.equal(found.pools[0]?.causes[0]?.line, 3);
  });

  it("judges a whole object in the tasks of another program", () => {
    const tasks = (cores: number): string =>
      `- name: make the pool\n  kubernetes.core.k8s:\n    definition: ${nodePool(cores)}\n`;
    assert.deepEqual(seen(report(tasks(2), tasks(4))), ["- | c/a replace"]);
    const filled = (cores: number): string => tasks(cores).replace('"name":"a"', '"name":"{{ pool }}"');
    assert.equal(report(filled(2), filled(4)).verdict, "unknown");
  });

  it("leaves wrappers alone that carry nothing of interest, and kinds that only share a name", () => {
    const found = report(
      other("Bundle", "example.com/v1", nodePool(2, "example.com/v1")),
      other("Bundle", "example.com/v1", nodePool(4, "example.com/v1")),
    );
    assert.deepEqual([found.pools, found.diagnostics], [[], []]);
  });
});

describe("objects of GitOps tools", () => {
  const application = (revision: string, chart: string): string =>
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: r}\nspec:\n  chart:\n    spec: {chart: ${chart}, version: ${revision}}\n`;

  it("a new version of a chart that reaches our kinds is unknown", () => {
    const found = report(application("1.0.0", "hypershift-clusters"), application("1.1.0", "hypershift-clusters"));
    assert.deepEqual([found.verdict, found.complete], ["unknown", false]);
    assert.match(
      found.diagnostics[0]?.message ?? "",
      /HelmRelease .*changed.*content of its chart is not among the files/,
    );
  });

  it("so is what other tools and kinds of one's own make of ours", () => {
    const changed = (text: string): Report =>
      report(text.replaceAll("VERSION", "1.0.0"), text.replaceAll("VERSION", "1.1.0"));
    const object = (version: string, kind: string, spec: string, more = ""): string =>
      `apiVersion: ${version}\nkind: ${kind}\nmetadata: {name: a${more}}\nspec: ${spec}\n`;
    const git =
      ", annotations: {apps.open-cluster-management.io/git-path: PLACE, apps.open-cluster-management.io/git-tag: VERSION}";
    const makers = [
      object("fleet.cattle.io/v1alpha1", "GitRepo", "{repo: x, revision: VERSION, paths: [PLACE]}"),
      object("configsync.gke.io/v1beta1", "RootSync", "{git: {repo: x, revision: VERSION, dir: PLACE}}"),
      object("helm.cattle.io/v1", "HelmChart", "{chart: PLACE, version: VERSION}"),
      object("kappctrl.k14s.io/v1alpha1", "App", "{fetch: [{git: {ref: VERSION, subPath: PLACE}}]}"),
      object(
        "fluxcd.controlplane.io/v1",
        "ResourceSet",
        "{inputs: [{tag: VERSION}], resources: [{kind: OCIRepository, metadata: {name: PLACE}, spec: {ref: {tag: << inputs.tag >>}}}]}",
      ),
      object("apps.open-cluster-management.io/v1", "Subscription", "{channel: a/b}", git),
    ];
    for (const text of makers) {
      const [pools, others] = ["node-pools", "gateways"].map((place) => changed(text.replace("PLACE", place)));
      assert.deepEqual([pools?.verdict, pools?.diagnostics.map(({ code }) => code)], ["unknown", ["unrendered"]], text);
      assert.deepEqual([others?.verdict, others?.diagnostics], ["none", []], text);
    }
    const kinds = [
      ["platform.example.com/v1", "XShoot", "unknown"],
      ["platform.example.com/v1", "HostedClusterClaim", "unknown"],
      ["troubleshoot.sh/v1", "Troubleshoot", "none"],
      ["core.gardener.cloud/v1beta1", "ShootState", "none"],
      ["container.cnrm.cloud.google.com/v1beta1", "ContainerNodePool", "none"],
    ] as const;
    for (const [version, kind, verdict] of kinds)
      assert.equal(changed(object(version, kind, "{version: VERSION}")).verdict, verdict, kind);
    const instance = (type: string): string =>
      object(
        "siteconfig.open-cluster-management.io/v1alpha1",
        "ClusterInstance",
        `{clusterType: ${type}, clusterImageSetNameRef: VERSION}`,
      );
    assert.equal(changed(instance("HostedControlPlane")).verdict, "unknown");
    assert.equal(changed(instance("SNO")).verdict, "none");
    const runtime = "{shoot: {provider: {workers: [{machine: {image: {version: VERSION}}}]}}}";
    assert.equal(changed(object("infrastructuremanager.kyma-project.io/v1", "Runtime", runtime)).verdict, "unknown");
  });

  it("a new version of any other chart is of no interest", () => {
    const found = report(application("1.0.0", "nginx"), application("1.1.0", "nginx"));
    assert.deepEqual([found.verdict, found.complete, found.diagnostics], ["none", true, []]);
  });

  it("hosts, images and labels among the values name nothing that is deployed", () => {
    const values = (revision: string): string =>
      `${application(revision, "nginx")}  values:\n    host: web.gardener.example.com\n    image: registry.example.com/gardener/nginx:${revision}\n    labels: {networking.gardener.cloud/to-dns: allowed}\n`;
    const found = report(values("1.0.0"), values("1.1.0"));
    assert.deepEqual([found.verdict, found.diagnostics], ["none", []]);
    const nodes = (revision: string): string =>
      `${application(revision, "nginx")}  values: {nodeSelector: {nodepool: infra}, tolerations: [{key: nodepool}]}\n`;
    assert.deepEqual(report(nodes("1.0.0"), nodes("1.1.0")).diagnostics, []);
    const pools = (cores: number): string =>
      `${application("1.0.0", "nginx")}  values: {nodePools: [{cores: ${cores}}]}\n`;
    assert.equal(report(pools(2), pools(4)).verdict, "unknown");
  });

  it("the name of the repository or project of an Application tells nothing of what it deploys", () => {
    const certificates = (revision: string): string =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: certificates, labels: {part-of: hypershift}}\nspec:\n  project: hypershift-fleet\n  source: {repoURL: "https://git.example.com/hypershift-fleet.git", path: certificates, targetRevision: ${revision}}\n`;
    const found = report(certificates("v1"), certificates("v2"));
    assert.deepEqual([found.verdict, found.diagnostics], ["none", []]);
    const into = (revision: string): string =>
      `${certificates(revision)}  destination: {name: hosted-cluster-a, namespace: certificates}\n`;
    assert.deepEqual(report(into("v1"), into("v2")).diagnostics, []);
    const path = (revision: string): string =>
      certificates(revision).replace("path: certificates", "path: clusters/node-pools");
    assert.equal(report(path("v1"), path("v2")).verdict, "unknown");
  });

  it("values from which pools are made elsewhere are unknown", () => {
    const values = (key: string, cores: number): string => `image: {tag: v1}\n${key}\n  - {name: a, cores: ${cores}}\n`;
    for (const key of ["nodePools:", "hostedCluster: # one", '"shoots":']) {
      const found = report(values(key, 2), values(key, 4));
      assert.deepEqual([found.verdict, found.diagnostics.map(({ code }) => code)], ["unknown", ["unrendered"]], key);
    }
    assert.match(
      report(values("node_pools:", 2), values("node_pools:", 4)).diagnostics[0]?.message ?? "",
      /with node_pools among them/,
    );
  });

  it("values that speak of pools only to run on one are of no interest, and a JSON Schema holds none", () => {
    const app = (tag: string): string => `image: {tag: ${tag}}\nnodeSelector:\n  nodepool: general\n`;
    const schema = (type: string): string =>
      `{"$schema": "https://json-schema.org/draft-07/schema", "properties": {\n"nodePools": {"type": "${type}"}}}`;
    for (const found of [report(app("v1"), app("v2")), report(schema("array"), schema("object"))])
      assert.deepEqual([found.verdict, found.complete, found.diagnostics], ["none", true, []]);
  });

  it("an ApplicationSet that patches NodePools is said to be unrendered, unless it did not change", () => {
    const set = (cores: number): string =>
      `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: clusters}\nspec:\n  template:\n    spec:\n      source: {kustomize: {patches: [{target: {kind: NodePool, name: a}, patch: "cores ${cores}"}]}}\n`;
    const found = report(set(1), set(2));
    assert.deepEqual([found.verdict, found.diagnostics.map(({ code }) => code)], ["unknown", ["unrendered"]]);
    const labelled = set(1).replace("name: clusters}", "name: clusters, labels: {a: b}} # more");
    const applied = set(1).replace(
      "spec:\n  template",
      "spec:\n  syncPolicy: {preserveResourcesOnDeletion: true}\n  template",
    );
    for (const after of [`# more\n${set(1)}`, labelled, applied]) {
      assert.notEqual(after, set(1));
      const same = report(set(1), after);
      assert.deepEqual([same.verdict, same.complete, same.diagnostics], ["none", true, []]);
    }
    const plain = set(1).replace(/source: .*/, "source: {path: clusters}");
    const ignoring = `${plain}      ignoreDifferences: [{kind: NodePool, jsonPointers: [/spec/replicas]}]\n`;
    for (const sides of [[plain, ignoring] as const, [ignoring, plain] as const]) {
      const same = report(...sides);
      assert.deepEqual([same.verdict, same.complete, same.diagnostics], ["none", true, []]);
    }
    const unchanged = report(`${set(1)}---\n${nodePool(2)}`, `${set(1)}---\n${nodePool(4)}`);
    assert.deepEqual([unchanged.verdict, unchanged.diagnostics], ["replace", []]);
  });
});
