import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { processorTime } from "../../processor-time.ts";
import { groups, shoot, readGit, read, namesOf } from "./read-git.ts";
import { newRepository } from "./repository.ts";

/** A ConfigMap, and a pool that names it. */
const kubelet = (data: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kubelet}\ndata: {config: ${data}}\n`;
const pool =
  "apiVersion: hypershift.openshift.io/v1beta1\nkind: NodePool\nmetadata: {name: np}\nspec: {config: [{name: kubelet}]}\n";

test("a changed profile brings the Shoots that name it; a changed Shoot, which names its kind too, brings none", async (context) => {
  const repository = newRepository(context);
  const profile = (data: string): string =>
    `kind: List\napiVersion: v1\nitems:\n- kind: CloudProfile\n  apiVersion: core.gardener.cloud/v1beta1\n  metadata: {name: aws}\n  spec: {caBundle: ${data}}\n`;
  const using = (name: string, of: string): string =>
    `apiVersion: core.gardener.cloud/v1beta1\nkind: Shoot\nmetadata:\n  name: ${name}\nspec:\n  cloudProfile:\n    kind: CloudProfile\n    name: ${of}\n`;
  const files = { "p.yaml": profile("a"), "s.yaml": using("s", "aws"), "t.yaml": using("t", "gcp") };
  repository.commit(files);
  repository.commit({ ...files, "p.yaml": profile("b") });
  assert.deepEqual(namesOf((await read(repository, "HEAD^", "HEAD")).head), ["p.yaml", "s.yaml"]);
  repository.commit({ ...files, "p.yaml": profile("b"), "t.yaml": using("t", "azure") });
  const { head, processes } = await read(repository, "HEAD^", "HEAD");
  assert.deepEqual(namesOf(head), ["t.yaml"]);
  assert.equal(processes, 2);
});

test("a changed profile brings the Shoots that name a profile which takes something from it", async (context) => {
  const repository = newRepository(context);
  const api = "apiVersion: core.gardener.cloud/v1beta1";
  const parent = (data: string): string =>
    `${api}\nkind: CloudProfile\nmetadata: {name: aws}\nspec: {caBundle: ${data}}\n`;
  const child = (name: string, of: string): string =>
    `${api}\nkind: NamespacedCloudProfile\nmetadata: {name: ${name}}\nspec: {parent: {kind: CloudProfile, name: ${of}}}\n`;
  const using = (name: string, of: string): string =>
    `${api}\nkind: Shoot\nmetadata: {name: ${name}}\nspec: {cloudProfile: {kind: NamespacedCloudProfile, name: ${of}}}\n`;
  repository.commit({
    "parent.yaml": parent("a"),
    "own.yaml": child("own", "aws"),
    "other.yaml": child("other", "gcp"),
    "s.yaml": using("s", "own"),
    "t.yaml": using("t", "other"),
  });
  repository.commit({ "parent.yaml": parent("b") });
  const { head } = await read(repository, "HEAD^", "HEAD");
  assert.deepEqual(namesOf(head), ["own.yaml", "parent.yaml", "s.yaml"]);
});

test("a changed profile is told from one that a Shoot names, in whatever way it is written", async (context) => {
  const using =
    "apiVersion: core.gardener.cloud/v1beta1\nkind: Shoot\nmetadata: {name: s}\nspec: {cloudProfile: {kind: CloudProfile, name: aws}}\n";
  const head = "apiVersion: core.gardener.cloud/v1beta1";
  for (const profile of [
    (data: string) => `{${head}, kind: CloudProfile, metadata: {name: aws}, spec: {caBundle: ${data}}}\n`,
    (data: string) => `${head}\n"kind": CloudProfile\n"metadata": {name: aws}\nspec: {caBundle: ${data}}\n`,
    (data: string) => `${head}\nkind: CloudProfile # ours\nmetadata: {name: aws}\nspec: {caBundle: ${data}}\n`,
    (data: string) =>
      `{"apiVersion":"core.gardener.cloud/v1beta1","kind":"CloudProfile","metadata":{"name":"aws"},"spec":{"caBundle":"${data}"}}\n`,
  ]) {
    const repository = newRepository(context);
    repository.commit({ "p.yaml": profile("a"), "s.yaml": using });
    repository.commit({ "p.yaml": profile("b") });
    const sides = await read(repository, "HEAD^", "HEAD");
    assert.deepEqual(namesOf(sides.head), ["p.yaml", "s.yaml"], profile("a"));
  }
});

test("a changed ConfigMap brings the unchanged manifests that may use it, in three processes", async (context) => {
  const repository = newRepository(context);
  const map = (name: string, data: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata: {config: ${data}}\n`;
  repository.commit({
    "cm.yaml": map("kubelet", "a"),
    "other.yaml": map("unrelated-to-all", "a"),
    "used.yaml": map("also-used", "a"),
    "pools/np.yaml":
      "apiVersion: hypershift.openshift.io/v1beta1\nkind: NodePool\nmetadata: {name: np}\nspec: {config: [{name: kubelet}, {name: also-used}]}\n",
    "docs/np.md": "A NodePool is a thing\n",
    "src/np.go": "package NodePool\n",
    "shoot.yaml": shoot("s"),
  });
  repository.commit({ "cm.yaml": map("kubelet", "b") });
  const sides = await read(repository, "HEAD^", "HEAD");
  assert.deepEqual(namesOf(sides.base), ["cm.yaml", "pools/np.yaml", "used.yaml"]);
  assert.deepEqual(namesOf(sides.head), ["cm.yaml", "pools/np.yaml", "used.yaml"]);
  assert.equal(sides.base.files[1], sides.head.files[1], "an unchanged file is the same object on both sides");
  assert.equal(sides.processes, 3);
  const narrowed = await readGit(
    ["HEAD^", "HEAD"],
    { groups, paths: (path) => !path.startsWith("pools/") },
    { cwd: repository.folder },
  );
  assert.deepEqual(namesOf(narrowed.head), ["cm.yaml"]);
});

test("users are searched in whatever may hold a manifest, from wherever the run starts, but not in source code", async (context) => {
  const repository = newRepository(context);
  repository.commit({
    "cm.yaml": kubelet("a"),
    "deploy/np.yaml": pool,
    "deploy/np.tpl": pool,
    "deploy/np": pool,
    "deploy/np.go/np.yaml": pool,
    "src/np.go": pool,
    "src/deep/np.md": pool,
    ":(exclude)deploy.yaml": pool,
  });
  repository.commit({ "cm.yaml": kubelet("b") });
  const sides = await readGit(["HEAD^", "HEAD"], { groups }, { cwd: join(repository.folder, "src") });
  const found = [
    ":(exclude)deploy.yaml",
    "cm.yaml",
    "deploy/np",
    "deploy/np.go/np.yaml",
    "deploy/np.tpl",
    "deploy/np.yaml",
  ];
  assert.deepEqual(namesOf(sides.head).toSorted(), found);
});

test("of the unchanged manifests those are read that take part: users, their clusters, and what those name", async (context) => {
  const repository = newRepository(context);
  const object = (kind: string, name: string, spec: string) =>
    `kind: ${kind}\napiVersion: hypershift.openshift.io/v1beta1\nmetadata:\n  name: ${name}\nspec: ${spec}\n`;
  const map = (name: string, data = "a") =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata: {config: ${data}}\n`;
  repository.commit({
    "cm.yaml": map("kubelet"),
    "user.yaml": object("NodePool", "user", "{clusterName: prod, config: [{name: kubelet}, {name: more}]}"),
    "cluster.yaml": object("HostedCluster", "prod", "{sshKey: {name: key}}"),
    "key.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: key}\n",
    "sibling.yaml": object("NodePool", "sibling", "{clusterName: prod, config: [{name: other}]}"),
    "more.yaml": map("more"),
    "other.yaml": map("other"),
    "elsewhere.yaml": object("NodePool", "far", "{clusterName: dev, config: [{name: far}]}"),
    "far.yaml": map("far"),
    "dev.yaml": object("HostedCluster", "dev", "{}"),
    "template.yaml": object("NodePool", "np", '{clusterName: gone, config: [{name: "{{ .Values.config }}"}]}'),
    "charts/a.yaml": object("NodePool", "np", "\n  config:\n  - name: {{ .Values.config }}"),
    "charts/b.yaml": map("{{ .Values.config }}"),
    "placeholder.yaml": object("NodePool", "np", "{clusterName: CLUSTER_NAME}"),
    "alias.yaml": object("NodePool", "&a np", "{config: [{name: *a}]}"),
    "escaped.yaml": object("NodePool", "np", '{config: [{name: "\\x6bubelet"}]}'),
    "folded.yaml": map(">-\n    folded"),
    "deployment.yaml": "kind: Deployment\nmetadata: {name: kubelet}\nspec: {imagePullSecrets: [{name: ConfigMap}]}\n",
  });
  repository.commit({ "cm.yaml": map("kubelet", "b") });
  const sides = await read(repository, "HEAD^", "HEAD");
  assert.deepEqual(namesOf(sides.head), [
    "alias.yaml",
    "charts/a.yaml",
    "charts/b.yaml",
    "cluster.yaml",
    "cm.yaml",
    "deployment.yaml",
    "escaped.yaml",
    "folded.yaml",
    "key.yaml",
    "more.yaml",
    "other.yaml",
    "placeholder.yaml",
    "sibling.yaml",
    "template.yaml",
    "user.yaml",
  ]);
  assert.equal(sides.processes, 3);
});

test("what holds a shared kind in part of a word only is searched for nowhere", async (context) => {
  const repository = newRepository(context);
  const deployment = (tag: string) =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {imagePullSecrets: [${tag}], a: ExternalSecret}\n`;
  repository.commit({ "a.yaml": deployment("a"), "s.yaml": "kind: Secret\nmetadata: {name: a}\n" });
  repository.commit({ "a.yaml": deployment("b") });
  const sides = await read(repository, "HEAD^", "HEAD");
  assert.deepEqual(namesOf(sides.head), ["a.yaml"]);
  assert.equal(sides.processes, 2);
});

test("changed files that do not say what they are bring the objects of GitOps tools that name files", async (context) => {
  const repository = newRepository(context);
  const set = (name: string, path: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: ${name}}\nspec: {generators: [{git: {files: [{path: ${path}}]}}]}\n`;
  repository.commit({
    "configs/a.yaml": "replicas: 2\n",
    "deployment.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n",
    "sets/clusters.yaml": set("clusters", "configs/*.yaml"),
    "sets/other.yaml": "apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: a}\n",
  });
  repository.commit({ "configs/a.yaml": "replicas: 3\n" });
  const sides = await read(repository, "HEAD^", "HEAD");
  assert.deepEqual([namesOf(sides.head), sides.processes], [["configs/a.yaml", "sets/clusters.yaml"], 3]);
  const note = "# Ask before you change it.\n".repeat(100);
  repository.commit({ "deployment.yaml": `${note}apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: b}\n` });
  const manifests = await read(repository, "HEAD^", "HEAD");
  assert.deepEqual([namesOf(manifests.head), manifests.processes], [["deployment.yaml"], 2]);
});

test("changed settings bring the manifests into which they may be filled, of every system", async (context) => {
  const repository = newRepository(context);
  const settings = (version: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {VERSION: ${version}}\n`;
  const release = (from: string): string =>
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: shoots}\nspec: {${from}}\n`;
  repository.commit({
    "settings.yaml": settings("1.33.2"),
    "one.yaml": "kind: Shoot\nversion: ${VERSION}\n",
    "two.yaml": "kind: Shoot\nversion: ${OTHER}\n",
    "three.yaml": "kind: Shoot\nname: three\n",
    "release.yaml": release("valuesFrom: [{kind: ConfigMap, name: settings}]"),
    "plain.yaml": release("values: {}"),
  });
  repository.commit({ "settings.yaml": settings("1.34.1") });
  const sides = await read(repository, "HEAD^", "HEAD");
  assert.deepEqual([namesOf(sides.head), sides.processes], [["one.yaml", "release.yaml", "settings.yaml"], 3]);
});

test("a file whose content the clone lacks is not searched, and said, and the rest is", async (context) => {
  const repository = newRepository(context);
  repository.commit({
    "cm.yaml": kubelet("a"),
    "np.yaml": pool,
    "lost.json": '{"kind": "NodePool"}\n',
    "lost.go": "package a\n",
  });
  repository.commit({ "cm.yaml": kubelet("b") });
  for (const file of ["lost.json", "lost.go"]) {
    const id = repository.git("rev-parse", `HEAD:${file}`).trim();
    rmSync(join(repository.folder, ".git", "objects", id.slice(0, 2), id.slice(2)));
  }
  const { head } = await read(repository, "HEAD^", "HEAD");
  assert.deepEqual(namesOf(head), ["cm.yaml", "np.yaml"]);
  assert.deepEqual(
    head.diagnostics.map(({ code, file, incomplete }) => [code, file, incomplete]),
    [["content-missing", "lost.json", true]],
  );
});

test("files that only define kinds are not read, and what stands beside a definition is", async (context) => {
  const repository = newRepository(context);
  const definition =
    "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  names:\n    kind: NodePool\n  name:\n    description: names a ConfigMap\n";
  repository.commit({
    "cm.yaml": kubelet("a"),
    "crd.yaml": definition,
    "crds.yaml": `---\n${definition}---\n${definition}`,
    "both.yaml": `${definition}---\n${pool}`,
  });
  repository.commit({ "cm.yaml": kubelet("b") });
  const { head } = await read(repository, "HEAD^", "HEAD");
  assert.deepEqual(namesOf(head), ["both.yaml", "cm.yaml"]);
});

test("parameters that change beside a manifest still bring the object of a GitOps tool that reads them", async (context) => {
  const repository = newRepository(context);
  const set =
    "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: s}\nspec: {generators: [{git: {files: [{path: configs/*.yaml}]}}]}\n";
  repository.commit({ "set.yaml": set, "configs/a.yaml": "replicas: 2\n", "s.yaml": shoot("s") });
  repository.commit({ "configs/a.yaml": "replicas: 3\n", "s.yaml": shoot("s", "1.34.0") });
  assert.deepEqual(namesOf((await read(repository, "HEAD^", "HEAD")).head), ["configs/a.yaml", "s.yaml", "set.yaml"]);
});

test("a name that is not written plainly behind its key is found, in what changed and in what did not", async (context) => {
  const spellings = [
    "name: # ours\n    kubelet",
    "name:\n    kubelet",
    "name: &name kubelet",
    "? name\n  : kubelet",
    "name: !!binary a3ViZWxldA==",
    'name: "kube\\\n    let"',
    'name: "kube\\x6cet"',
    '"n\\x61me": kubelet',
    "!!binary bmFtZQ==: kubelet",
  ];
  for (const spelling of spellings) {
    const repository = newRepository(context);
    const map = (data: string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  ${spelling}\ndata: {a: ${data}}\n`;
    const user = pool.replace(
      "{config: [{name: kubelet}]}\n",
      `\n  config:\n  -\n    ${spelling.replaceAll("\n", "\n  ")}\n`,
    );
    repository.commit({ "odd.yaml": map("a"), "np.yaml": pool });
    repository.commit({ "odd.yaml": map("b") });
    assert.deepEqual(namesOf((await read(repository, "HEAD^", "HEAD")).head), ["np.yaml", "odd.yaml"], spelling);
    repository.commit({ "odd.yaml": kubelet("a"), "np.yaml": user });
    repository.commit({ "odd.yaml": kubelet("b") });
    assert.deepEqual(namesOf((await read(repository, "HEAD^", "HEAD")).head), ["np.yaml", "odd.yaml"], spelling);
  }
});

test("an unchanged manifest whose kind is Base64 is searched, too", async (context) => {
  const repository = newRepository(context);
  repository.commit({ "cm.yaml": kubelet("a"), "np.yaml": pool.replace("NodePool", "!!binary Tm9kZVBvb2w=") });
  repository.commit({ "cm.yaml": kubelet("b") });
  assert.deepEqual(namesOf((await read(repository, "HEAD^", "HEAD")).head), ["cm.yaml", "np.yaml"]);
});

test("a changed object whose kind and key are spelled in other letters brings its users", async (context) => {
  for (const kind of ['"k\\x69nd": "Config\\u004dap"', "kind: !!binary Q29uZmlnTWFw", 'kind: "Config\\\n  Map"']) {
    const repository = newRepository(context);
    const map = (data: string): string => kubelet(data).replace("kind: ConfigMap", kind);
    repository.commit({ "cm.yaml": map("a"), "np.yaml": pool });
    repository.commit({ "cm.yaml": map("b") });
    assert.deepEqual(namesOf((await read(repository, "HEAD^", "HEAD")).head), ["cm.yaml", "np.yaml"], kind);
  }
});

for (const [what, line] of [
  ["a kind begins", "kind"],
  ["the name of a kind stands", "NodePool"],
  ["a variable begins", "kind: NodePool ${"],
] as const)
  test(`a changed line in which ${what} over and over is read in proportion to its length`, async (context) => {
    const repository = newRepository(context);
    repository.commit({ "cm.yaml": kubelet("a") });
    const long = `# \\ {{ }}\n# ${line.repeat(400_000 / line.length)}\n`;
    repository.commit({ "cm.yaml": kubelet("b"), "long.yaml": long, "more.yaml": "# kind: NodePool\n" });
    const start = processorTime();
    await read(repository, "HEAD^", "HEAD");
    assert.ok(processorTime() - start < 3);
  });
