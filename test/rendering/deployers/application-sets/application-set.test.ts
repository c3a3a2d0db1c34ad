import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { JsonObject } from "../../../../src/manifests/manifest.ts";
import { parseYaml } from "../../../../src/manifests/yaml/yaml.ts";
import { applicationsOf } from "../../../../src/rendering/deployers/application-sets/application-set.ts";
import type { FileTree } from "../../../../src/rendering/trees/file-tree.ts";

const treeOf = (files: Readonly<Record<string, string>>): FileTree => ({
  entries: new Map(Object.keys(files).map((path) => [path, { isLink: false }])),
  read: async (paths) => await Promise.resolve(new Map(paths.map((path) => [path, Buffer.from(files[path] ?? "")]))),
});
const template = `template:
  metadata: {name: "{{name}}"}
  spec: {source: {repoURL: https://git.example.com/fleet, path: charts/pools}}
`;
const made = async (spec: string, files: Readonly<Record<string, string>> = {}) =>
  await applicationsOf({ spec: parseYaml(spec.includes("template:") ? spec : spec + template) }, treeOf(files));
const list = (...elements: readonly string[]): string => `{list: {elements: [${elements.join(", ")}]}}`;
const git = (rest: string): string => `{git: {repoURL: https://git.example.com/fleet.git, revision: HEAD, ${rest}}}`;
const generators = (...all: readonly string[]): string => `generators: [${all.join(", ")}]\n`;
const many = (count: number): string[] => Array.from({ length: count }, (_, at) => `{name: "${at}"}`);

describe("an ApplicationSet of which it is not known what it makes", () => {
  const files = { "a/config.yaml": "name: [a\n", "a/list.yaml": "[1]\n", "b/config.yaml": "name: b\n" };
  const refused: readonly (readonly [spec: string, because: RegExp])[] = [
    [generators("list"), /^has a generator that cannot be read$/],
    [generators("{list: []}"), /^has a generator list that cannot be read$/],
    [generators("{list: {}, git: {}}"), /^takes parameters from "list" with "git"/],
    [generators("{list: {elements: [], template: {}}}"), /^has a template in its generator list$/],
    [generators(list("a")), /^has a list of items that are not mappings$/],
    [generators(list("{name: 1}")), /^has "name" in its list, which is not a string$/],
    [generators(list("{name: a, values: {size: 1}}")), /^has "values\.size" in its list, which is not a string$/],
    [generators(list(...many(501))), /^makes more than 500 Applications$/],
    [generators(list(...many(400)), list(...many(400))), /^makes more than 500 Applications$/],
    [generators(list("{name: a}", "{name: a}")), /^makes two Applications called "a"$/],
    [generators("{list: {elementsYaml: 'a: b'}}"), /^has an elementsYaml that is not a list of mappings$/],
    [generators("{list: {elementsYaml: '['}}"), /^has an elementsYaml that is not a list of mappings$/],
    [generators(`{matrix: {generators: [${list("{name: a}")}]}}`), /^has a matrix that does not combine exactly two/],
    [
      generators(`{matrix: {generators: [${list("{name: a}")}, ${list("{name: b}")}]}}`),
      /^has two values for "name" in its matrix$/,
    ],
    [
      generators(
        `{matrix: {generators: [${list(...many(30))}, ${list(...many(30).map((one) => one.replace("name", "b")))}]}}`,
      ),
      /^makes more than 500 Applications$/,
    ],
    [
      generators(`{merge: {generators: [${list()}, ${list()}]}}`),
      /^merges fewer than two generators, or has no merge key$/,
    ],
    [
      generators(`{merge: {mergeKeys: [name], generators: [${list("{name: a}", "{name: a}")}, ${list()}]}}`),
      /^has the same name twice in one generator$/,
    ],
    [generators(git("files: []")), /^names neither folders nor files$/],
    [generators(git("files: [{path: 1}]")), /^names something that is not a path$/],
    [generators(git("files: [{path: 'a/[bc].yaml'}]")), /^names "a\/\[bc\]\.yaml"$/],
    [
      generators(git("files: [{path: a/config.yaml}]")),
      /^takes its parameters from "a\/config\.yaml", which cannot be read$/,
    ],
    [
      generators(git("files: [{path: a/list.yaml}]")),
      /^takes its parameters from "a\/list\.yaml", which does not hold a/,
    ],
    [
      generators(git("files: [{path: b/config.yaml}], pathParamPrefix: 1")),
      /^has a pathParamPrefix that is not a string$/,
    ],
    [generators(git("files: [{path: b/config.yaml}], values: {a: 1}")), /^has "a" among its values, which is not a/],
    [
      generators(git("files: [{path: b/config.yaml}]").replace("HEAD", "v1")),
      /^takes its parameters from another revision$/,
    ],
    [`${generators(list("{name: a}"))}template: {metadata: {name: "{{name"}}`, /^has a template that is never closed$/],
    [
      `goTemplate: true\ntemplatePatch: 'spec: {source: {helm: {valuesObject: {a: {b: 1}}}}}'\n${generators(list("{name: a}"))}template: {metadata: {name: a}, spec: {source: {helm: {valuesObject: {a: {c: 1}}}}}}`,
      /^has a templatePatch that merges mappings in valuesObject$/,
    ],
  ];
  for (const [spec, because] of refused)
    it(String(because), async () => {
      const found = await made(spec, files);
      assert.match(found.ok ? "made" : found.because, because);
    });

  it("has no spec", async () => {
    assert.deepEqual(await applicationsOf({ spec: null }, treeOf({})), { ok: false, because: "has no spec" });
  });

  it("nests generators that are evaluated too often", async () => {
    const nested = `{matrix: {generators: [${list(...many(40))}, {matrix: {generators: [${list("{b: c}")}, {list: {elementsYaml: ""}}]}}]}}`;
    const twice = `{matrix: {generators: [${list(...many(400).map((one) => one.replace("name", "d")))}, ${nested}]}}`;
    assert.deepEqual(await made(generators(twice)), { ok: false, because: "nests too many generators" });
  });
});

describe("an ApplicationSet", () => {
  const namesOf = async (spec: string, files: Readonly<Record<string, string>> = {}): Promise<unknown> => {
    const found = await made(spec, files);
    return found.ok ? found.applications.map((one) => (one["metadata"] as JsonObject)["name"]) : found.because;
  };
  const named = (name: string): string =>
    `template: {metadata: {name: "${name}"}, spec: {source: {repoURL: https://git.example.com/fleet}}}`;

  it("leaves what no parameter is called as it is", async () => {
    assert.deepEqual(await namesOf(generators(list("{name: a}")) + named("{{name}}-{{ other }}")), ["a-{{ other }}"]);
  });

  it("takes parameters from the values of an element", async () => {
    assert.deepEqual(
      await namesOf(generators(list("{name: a, values: {size: b}}")) + named("{{name}}-{{values.size}}")),
      ["a-b"],
    );
  });

  it("takes values and a prefix with its files", async () => {
    const files = { "b/config.yaml": "- name: b\n- name: c\n", "b/empty.yaml": "" };
    const source = git("files: [{path: b}], pathParamPrefix: at, values: {title: 'x-{{name}}'}");
    assert.deepEqual(
      await namesOf(generators(source) + named("{{values.title}}-{{at.path.basename}}-{{at.path.filename}}"), files),
      ["x-b-b-config.yaml", "x-c-b-config.yaml", "x-{{name}}-b-empty.yaml"],
    );
    const ofGo = `goTemplate: true\n${generators(source.replace("{{name}}", "{{ .name }}"))}`;
    assert.deepEqual(
      await namesOf(ofGo + named("{{ .values.title }}-{{ .at.path.basename }}"), { "b/config.yaml": "name: b\n" }),
      ["x-b-b"],
    );
  });

  it("merges mappings of a Go template in each other, with what is empty", async () => {
    const merge = (more: string): string =>
      `goTemplate: true\n${generators(`{merge: {mergeKeys: [key], generators: [${list("{key: a, of: {b: c, d: e}}")}, ${list(more)}]}}`)}`;
    const name = named("{{ .of.b }}-{{ .of.d }}");
    assert.deepEqual(await namesOf(merge("{key: a, of: {d: f}}") + name), ["c-f"]);
    assert.deepEqual(await namesOf(merge('{key: a, of: {d: ""}}') + name), ["c-"]);
    assert.deepEqual(await namesOf(merge("{key: a, of: {d: false, b: 0}}") + name), ["0-false"]);
    assert.deepEqual(await namesOf(merge("{key: a, of: {}}") + name), ["c-e"]);
    assert.deepEqual(await namesOf(merge("{key: a, of: [x]}") + named("{{ index .of 0 }}")), ["x"]);
    assert.deepEqual(await namesOf(merge("{key: z, of: {d: f}}") + name), ["c-e"]);
  });

  it("takes the first of two values in a matrix of a Go template, and refuses them in a plain one", async () => {
    const matrix = generators(
      `{matrix: {generators: [${list("{name: a, of: {b: c}}")}, ${list("{name: z, of: {b: x, d: e}}")}]}}`,
    );
    assert.deepEqual(await namesOf(`goTemplate: true\n${matrix}${named("{{ .name }}-{{ .of.b }}-{{ .of.d }}")}`), [
      "a-c-e",
    ]);
    const equal = `{matrix: {generators: [${list("{name: a}")}, ${list("{name: a, b: c}")}]}}`;
    assert.deepEqual(await namesOf(generators(equal) + named("{{name}}-{{b}}")), ["a-c"]);
  });

  it("takes lists and mappings in its files as they are, or flat where it is plain", async () => {
    const files = { "b/config.yaml": "name: b\nof: {list: [x, {of: z}]}\n", "bc/config.yaml": "name: c\n" };
    const source = git("files: [{path: b}]");
    assert.deepEqual(await namesOf(generators(source) + named("{{name}}-{{of.list.0}}-{{of.list.1.of}}"), files), [
      "b-x-z",
    ]);
    const ofGo = `goTemplate: true\n${generators(source)}${named("{{ .name }}-{{ (index .of.list 1).of }}")}`;
    assert.deepEqual(await namesOf(ofGo, files), ["b-z"]);
  });

  it("takes folders but hidden ones, and those that are not excluded", async () => {
    const files = { "b/c/x.yaml": "", "b/.d/x.yaml": "", ".e/f/x.yaml": "", "b/g/x.yaml": "" };
    const source = git("directories: [{path: '*/*'}, {path: b/g, exclude: true}]");
    assert.deepEqual(await namesOf(generators(source) + named("{{path.basename}}"), files), ["c"]);
  });

  it("takes the revision that its template deploys for the current one", async () => {
    const source = git("files: [{path: b}]").replace("HEAD", "v1");
    const deployed = named("{{name}}").replace("fleet}", "fleet, targetRevision: v1}");
    assert.deepEqual(await namesOf(generators(source) + deployed, { "b/config.yaml": "name: b\n" }), ["b"]);
  });

  it("adds the mappings of its templatePatch", async () => {
    const spec = `templatePatch: 'spec: {source: {path: null, helm: {valueFiles: ["{{name}}.yaml"]}}}'\n`;
    const found = await made(spec + generators(list("{name: a}")));
    assert.ok(found.ok);
    const { source } = found.applications[0]!["spec"] as { readonly source: JsonObject };
    assert.deepEqual(source, { repoURL: "https://git.example.com/fleet", helm: { valueFiles: ["a.yaml"] } });
  });

  it("keeps a destination that cannot be told beside the parameters", async () => {
    const spec = `goTemplate: true\n${generators(list("{name: a}"))}template: {metadata: {name: a}, spec: {destination: {name: "{{ .other }}"}}}`;
    const found = await made(spec);
    assert.ok(found.ok);
    const { destination } = found.applications[0]!["spec"] as { readonly destination: JsonObject };
    assert.equal(JSON.stringify(destination["name"]), '["{{ .other }}",{"name":"a"}]');
  });

  it("has the finalizers of its template, else the one that deletes what is deployed", async () => {
    const finalizersOf = async (own: string): Promise<unknown> => {
      const found = await made(`${generators(list("{name: a}"))}template: {metadata: {name: a, finalizers: ${own}}}`);
      return found.ok && (found.applications[0]!["metadata"] as JsonObject)["finalizers"];
    };
    assert.deepEqual(await finalizersOf("[example.org/own]"), ["example.org/own"]);
    assert.deepEqual(await finalizersOf("[]"), ["resources-finalizer.argocd.argoproj.io"]);
  });
});
