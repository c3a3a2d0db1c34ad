import assert from "node:assert/strict";
import { test } from "node:test";
import { codesOf, effectsOf, reportOf, withTools } from "../comparison.ts";
import { nodePool, release, shoot } from "../shoots.ts";

const url = "https://git.example.com/fleet.git";
/** A base with placeholders that an ApplicationSet makes a cluster of for each file of parameters. */
const set = (patches: string, more = ""): string => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: clusters, namespace: argocd }
spec:
  goTemplate: true
  goTemplateOptions: [missingkey=zero]
${more}  generators: [{ git: { repoURL: ${url}, revision: main, files: [{ path: "clusters/*.yaml" }] } }]
  template:
    metadata: { name: "cluster-{{.name}}" }
    spec:
      destination: { namespace: clusters, name: in-cluster }
      source:
        repoURL: ${url}
        path: base
        kustomize:
          patches:
            - target: { kind: NodePool }
              patch: |-
${patches.replaceAll(/^(?=.)/gm, "                ")}`;
const patches = `- op: replace
  path: /metadata/name
  value: "{{.name}}-workers"
- op: replace
  path: /spec/clusterName
  value: "{{.name}}"
- op: replace
  path: /spec/platform/kubevirt/compute/cores
  value: {{ default 4 .cores }}
{{- if .labels }}
- op: add
  path: /spec/nodeLabels
  value:
    {{- range $key, $value := .labels }}
    {{ $key }}: "{{ $value }}"
    {{- end }}
{{- end }}
`;
const fleet = {
  "base/kustomization.yaml": "resources: [pool.yaml]\n",
  "base/pool.yaml": nodePool("CLUSTER_NAME", "CLUSTER_NAME-workers"),
  "clusters/one.yaml": "name: one\ncores: 8\n",
  "clusters/two.yaml": "name: two\n",
  "apps/clusters.yaml": set(patches),
};

test("of a base that an ApplicationSet patches each cluster is judged by itself", withTools, async (context) => {
  const byParameter = await reportOf(context, fleet, { "clusters/one.yaml": "name: one\ncores: 16\n" });
  assert.deepEqual(effectsOf(byParameter), ["base (cluster-one) one/one-workers replace"]);
  assert.deepEqual([byParameter.complete, codesOf(byParameter)], [true, []]);
  const byDefault = await reportOf(context, fleet, {
    "apps/clusters.yaml": set(patches.replace("default 4", "default 6")),
  });
  assert.deepEqual(effectsOf(byDefault), ["base (cluster-two) two/two-workers replace"]);
  assert.equal(byDefault.complete, true);
  const byBase = await reportOf(context, fleet, {
    "base/pool.yaml": nodePool("CLUSTER_NAME", "CLUSTER_NAME-workers").replace("8Gi", "16Gi"),
  });
  assert.deepEqual(effectsOf(byBase), [
    "base (cluster-one) one/one-workers replace",
    "base (cluster-two) two/two-workers replace",
  ]);
  assert.equal(byBase.complete, true);
});

test("a cluster comes and goes with its file of parameters", withTools, async (context) => {
  const report = await reportOf(context, fleet, { "clusters/one.yaml": null, "clusters/three.yaml": "name: three\n" });
  assert.deepEqual(effectsOf(report), [
    "base (cluster-one) one/one-workers delete",
    "base (cluster-three) three/three-workers create",
  ]);
  assert.equal(report.complete, true);
  const kept = {
    ...fleet,
    "apps/clusters.yaml": set(patches, "  syncPolicy: { preserveResourcesOnDeletion: true }\n"),
  };
  const left = await reportOf(context, kept, { "clusters/one.yaml": null });
  assert.deepEqual([effectsOf(left), left.complete], [[], false]);
});

test("a comment in the parameters, or another order of the files, is no change", withTools, async (context) => {
  const report = await reportOf(context, fleet, {
    "clusters/one.yaml": null,
    "clusters/uno.yaml": "# the first\ncores: 8\nname: one\n",
  });
  assert.deepEqual([effectsOf(report), report.complete, codesOf(report)], [[], true, []]);
});

const application = (kustomize: string, more = ""): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: prod, namespace: argocd${more} }
spec:
  destination: { namespace: garden-prod, name: garden }
  source: { repoURL: ${url}, path: shoots, targetRevision: main, kustomize: ${kustomize} }
`;
const shoots = {
  "shoots/kustomization.yaml": `resources: [shoot.yaml]\npatches:\n  - target: { kind: Shoot }\n    patch: |\n      - { op: replace, path: /spec/region, value: eu-west-2 }\n`,
  "shoots/shoot.yaml": shoot("one", ["a", "b"]),
};
const typed = (type: string): string => `{ op: replace, path: /spec/provider/workers/0/machine/type, value: ${type} }`;

test("an image that an Application sets may be the release of a pool", withTools, async (context) => {
  const pools = {
    "shoots/kustomization.yaml": "resources: [pool.yaml]\nconfigurations: [images.yaml]\n",
    "shoots/images.yaml": "images: [{ path: spec/release/image, kind: NodePool }]\n",
    "shoots/pool.yaml": nodePool("one", "a"),
  };
  const of = (version: string): string => application(`{ images: ["${release}:${version}-x86_64"] }`);
  const report = await reportOf(context, { ...pools, "app.yaml": of("4.18.2") }, { "app.yaml": of("4.18.3") });
  assert.deepEqual([effectsOf(report), report.complete], [["shoots one/a replace"], true]);
});

test("what an Application says of kustomize comes on top of its folder", withTools, async (context) => {
  const options = (type: string): string =>
    `{ namePrefix: p-, namespace: garden-prod, commonAnnotations: { a: b }, commonLabels: { c: d }, images: ["a=b:c"], patches: [{ target: { kind: Shoot, name: one }, patch: "- ${typed(type)}" }] }`;
  const files = { ...shoots, "app.yaml": application(options("m5.xlarge")) };
  const changed = await reportOf(context, files, { "app.yaml": application(options("m5.2xlarge")) });
  assert.deepEqual(effectsOf(changed), ["shoots p-one/a replace", "shoots p-one/b none"]);
  const { file, line } = changed.pools[0]?.causes[0] ?? {};
  assert.deepEqual([changed.complete, file, line], [true, "app.yaml", 6]);
  // What the patch replaces may be anything below it.
  const hidden = await reportOf(context, files, {
    "shoots/shoot.yaml": shoot("one", ["a", "b"]).replace("type: m5.large", "type: m5.8xlarge"),
  });
  assert.deepEqual([effectsOf(hidden), hidden.complete], [[], true]);
  const added = await reportOf(context, { ...shoots, "app.yaml": application("{}") }, files);
  assert.match(effectsOf(added).join(), /p-one\/a create/);
});

test(
  "of what is not known of kustomize in an Application it is said that files are judged as they stand",
  withTools,
  async (context) => {
    for (const [kustomize, because] of [
      ["{ namePrefix: a-, buildOptions: --enable-helm }", /it sets "buildOptions" for kustomize/],
      ["{ commonLabels: { app: $ARGOCD_APP_NAME } }", /images or labels in a way that is not supported/],
    ] as const) {
      const report = await reportOf(
        context,
        { ...shoots, "app.yaml": application(kustomize) },
        { "shoots/shoot.yaml": shoot("one", ["a", "c"]) },
      );
      assert.deepEqual([report.complete, codesOf(report)], [false, ["unrendered"]]);
      assert.match(report.diagnostics[0]?.message ?? "", because);
    }
    const overridden = await reportOf(
      context,
      { ...shoots, "shoots/.argocd-source.yaml": "kustomize: {}\n", "app.yaml": application("{ namePrefix: a- }") },
      { "shoots/shoot.yaml": shoot("one", ["a", "c"]) },
    );
    assert.match(overridden.diagnostics[0]?.message ?? "", /\.argocd-source\.yaml or .* overrides it/);
  },
);

test("a cluster does not go because its set cannot be read any more", withTools, async (context) => {
  const report = await reportOf(context, fleet, { "clusters/one.yaml": "# name: one\n" });
  assert.deepEqual([effectsOf(report), report.complete], [[], false]);
  const broken = set(patches).replace("      source:\n", "      {{- if .name }}\n      source:\n");
  const unread = await reportOf(context, fleet, { "apps/clusters.yaml": broken });
  assert.equal(unread.complete, false);
  assert.deepEqual(
    effectsOf(unread).filter((one) => one.endsWith("delete")),
    [],
  );
});

test("of a base of which nothing is made yet, nothing is judged", withTools, async (context) => {
  const files = { ...fleet, "clusters/one.yaml": null, "clusters/two.yaml": null };
  const unused = Object.fromEntries(Object.entries(files).filter(([, text]) => text !== null)) as typeof fleet;
  const changed = { "base/pool.yaml": nodePool("CLUSTER_NAME", "CLUSTER_NAME-workers").replace("8Gi", "16Gi") };
  const report = await reportOf(context, unused, changed);
  assert.deepEqual([effectsOf(report), report.complete, codesOf(report)], [[], true, []]);
  const first = await reportOf(context, unused, { "clusters/one.yaml": "name: one\n" });
  assert.deepEqual([effectsOf(first), first.complete], [["base one/one-workers create"], true]);
});

test("a folder of which an ApplicationSet makes nothing is judged as it stands", withTools, async (context) => {
  const given = {
    "base/kustomization.yaml": fleet["base/kustomization.yaml"],
    "base/pool.yaml": nodePool("shared", "workers"),
    "apps/clusters.yaml": fleet["apps/clusters.yaml"],
  };
  const report = await reportOf(context, given, {
    "base/pool.yaml": nodePool("shared", "workers").replace("8Gi", "16Gi"),
  });
  assert.deepEqual(effectsOf(report), ["base shared/workers replace"]);
});

test("parameters of another branch are not those of the change", withTools, async (context) => {
  const elsewhere = { ...fleet, "apps/clusters.yaml": set(patches).replace("revision: main", "revision: settings") };
  const report = await reportOf(context, elsewhere, { "clusters/one.yaml": "name: one\ncores: 16\n" });
  const made = {
    ...fleet,
    "apps/clusters.yaml": set(patches)
      .replace("revision: main", "revision: settings")
      .replace("path: base", "path: base\n        targetRevision: settings"),
  };
  assert.equal(report.complete, false);
  assert.deepEqual(effectsOf(await reportOf(context, made, { "clusters/one.yaml": "name: one\ncores: 16\n" })), [
    "base (cluster-one) one/one-workers replace",
  ]);
});

test("an ApplicationSet that the Application of its folder may patch is not known", withTools, async (context) => {
  const apps = (target: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: apps, namespace: argocd }
spec:
  destination: { name: in-cluster, namespace: argocd }
  source:
    repoURL: ${url}
    path: apps
    kustomize: { patches: [{ target: ${target}, patch: "- { op: remove, path: /metadata/annotations }" }] }
`;
  for (const [target, isKnown] of [
    ["{ kind: ApplicationSet }", false],
    ["{ kind: AppProject }", true],
  ] as const) {
    const report = await reportOf(
      context,
      { ...fleet, "apps.yaml": apps(target) },
      { "clusters/one.yaml": "name: one\ncores: 16\n" },
    );
    assert.equal(report.complete, isKnown, target);
  }
});

test(
  "an Application is judged through its folders where the others have nothing to do with pools",
  withTools,
  async (context) => {
    const both = (prefix: string): string =>
      application(`{ namePrefix: ${prefix} }`).replace(
        /source: (.*)/,
        (_, source: string) => `sources: [${source}, ${source.replace("path: shoots", "path: web")}]`,
      );
    const web = {
      "web/kustomization.yaml": "resources: [web.yaml]\n",
      "web/web.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\n",
    };
    const base = { ...shoots, ...web, "app.yaml": both("a-") };
    const renamed = [
      "shoots a-one/a delete",
      "shoots a-one/b delete",
      "shoots b-one/a create",
      "shoots b-one/b create",
    ];
    const report = await reportOf(context, base, { "app.yaml": both("b-") });
    assert.deepEqual([effectsOf(report), codesOf(report), report.complete], [renamed, [], true]);
  },
);

test("a folder that one Application changes counts for the others that deploy it too", withTools, async (context) => {
  const application = (name: string, more: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  source: { repoURL: ${url}, targetRevision: main, path: pools${more} }
  destination: { namespace: clusters, name: ${name} }
`;
  const kustomized = "resources: [pool.yaml]\n";
  const base = {
    "pools/kustomization.yaml": kustomized,
    "pools/pool.yaml": nodePool("one", "workers"),
    "apps/east.yaml": application("east", ", kustomize: { namePrefix: east- }"),
    "apps/west.yaml": application("west", ""),
  };
  // Argo CD sets its own prefix in the place of that of the folder.
  const renamed = await reportOf(context, base, { "pools/kustomization.yaml": `${kustomized}namePrefix: new-\n` });
  assert.deepEqual(effectsOf(renamed), ["pools (west) one/new-workers create", "pools (west) one/workers delete"]);
  assert.equal(renamed.complete, true);
  const larger = await reportOf(context, base, { "pools/pool.yaml": nodePool("one", "workers", "", 8) });
  assert.deepEqual(effectsOf(larger), ["pools (east) one/east-workers replace", "pools (west) one/workers replace"]);
});

test("an Application that goes to another namespace takes what names none along", withTools, async (context) => {
  const application = (namespace: string, source: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: east, namespace: argocd }
spec:
  source: { repoURL: ${url}, targetRevision: main, ${source} }
  destination: { namespace: ${namespace}, name: east }
`;
  const unnamed = nodePool("one", "workers").replace("  namespace: clusters\n", "");
  const named = nodePool("one", "others");
  const sources = {
    "path: pools, kustomize: { namePrefix: east- }": {
      "pools/kustomization.yaml": "resources: [pool.yaml]\n",
      "pools/pool.yaml": `${unnamed}---\n${named}`,
    },
    "path: chart, helm: { releaseName: r }": {
      "chart/Chart.yaml": "apiVersion: v2\nname: chart\nversion: 0.1.0\n",
      "chart/templates/pool.yaml": `${unnamed}---\n${named}`,
    },
  };
  for (const [source, files] of Object.entries(sources)) {
    const before = { ...files, "app.yaml": application("here", source) };
    const report = await reportOf(context, before, { "app.yaml": application("there", source) });
    assert.deepEqual(
      report.pools.map(({ namespace, pool, effect }) => [namespace, pool.replace("east-", ""), effect]),
      [
        ["here", "workers", "delete"],
        ["there", "workers", "create"],
      ],
    );
    assert.equal(report.complete, true);
  }
});

test("what an ApplicationSet deploys as it is counts beside what another one changes", withTools, async (context) => {
  const plain = `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: all, namespace: argocd}\nspec: {generators: [{git: {repoURL: r, revision: HEAD, directories: [{path: pools/*}]}}], template: {metadata: {name: "all-{{path.basename}}"}, spec: {source: {repoURL: r, targetRevision: HEAD, path: "{{path}}"}, destination: {server: here}}}}\n`;
  const prefixed = `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: one, namespace: argocd}\nspec: {source: {repoURL: r, targetRevision: HEAD, path: pools/a, kustomize: {namePrefix: p-}}, destination: {server: there}}\n`;
  const files = {
    "plain.yaml": plain,
    "prefixed.yaml": prefixed,
    "pools/a/kustomization.yaml": "resources: [pool.yaml]\n",
    "pools/a/pool.yaml": nodePool("hosted", "pool"),
  };
  const report = await reportOf(context, files, { "pools/a/pool.yaml": nodePool("hosted", "pool", "", 8) });
  assert.deepEqual(effectsOf(report).toSorted(), [
    "pools/a (all-a) hosted/pool replace",
    "pools/a (one) hosted/p-pool replace",
  ]);
  assert.equal(report.complete, true);
});

test("why a set is not known is said once of a folder, and not of each Application", async (context) => {
  const of = `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: all, namespace: argocd}\nspec: {goTemplate: true, goTemplateOptions: [missingkey=error], generators: [{git: {repoURL: r, revision: HEAD, files: [{path: "clusters/*.yaml"}]}}], template: {metadata: {name: "{{ .name }}"}, spec: {source: {repoURL: r, targetRevision: HEAD, path: base, kustomize: {namePrefix: "{{ .name }}-"}}, destination: {server: here}}}}\n`;
  const files = {
    "set.yaml": of,
    "base/kustomization.yaml": "resources: [pool.yaml]\n",
    "base/pool.yaml": nodePool("hosted", "pool"),
    "clusters/a.yaml": "name: a\n",
    "clusters/b.yaml": "name: b\n",
  };
  const report = await reportOf(context, files, { "clusters/b.yaml": "title: b\n" });
  const said = report.diagnostics.filter(({ message }) =>
    message.includes('deploys "base" in a way that is not known'),
  );
  assert.deepEqual(
    said.map(({ message }) => message.includes('it uses ".name", which its parameters do not give')),
    [true],
  );
  assert.equal(report.complete, false);
});
