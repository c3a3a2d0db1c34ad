import assert from "node:assert/strict";
import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folderWith } from "../../temporary-folder.ts";
import { codesOf, effectsOf, reportOf, searchPath, withTools } from "../comparison.ts";
import { shoot } from "../shoots.ts";

const indented = (text: string, by: string): string => text.replaceAll(/^(?=.)/gm, by);
const flux = (spec: string, name = "shoots", path = "./shoots"): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  interval: 10m
  path: ${path}
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
${indented(spec, "  ")}`;
const settings = (data: string, kind = "ConfigMap"): string =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: { name: settings, namespace: flux-system }\n${kind === "Secret" ? "stringData" : "data"}: { ${data} }\n`;
const from = (kind = "ConfigMap"): string => `postBuild: { substituteFrom: [{ kind: ${kind}, name: settings }] }\n`;

/** A Shoot whose values are to be filled in, in a folder without a kustomization. */
const open = shoot("${CLUSTER:=one}", ["a", "b"])
  .replace("type: m5.large", "type: ${TYPE:=m5.large}")
  .replace("maximum: 3", 'maximum: "${MAX}"');
const files = {
  "shoots/shoot.yaml": open,
  "clusters/settings.yaml": settings("MAX: '3'"),
  "clusters/shoots.yaml": flux(from()),
};

test("what Flux fills in is judged as it is filled in", withTools, async (context) => {
  const scaled = await reportOf(context, files, { "clusters/settings.yaml": settings("MAX: '5'") });
  assert.deepEqual(effectsOf(scaled), ["shoots one/a scale", "shoots one/b none"]);
  assert.deepEqual([scaled.complete, codesOf(scaled)], [true, []]);
  const typed = await reportOf(context, files, { "clusters/settings.yaml": settings("MAX: '3', TYPE: m5.xlarge") });
  assert.deepEqual([effectsOf(typed), typed.complete], [["shoots one/a replace", "shoots one/b none"], true]);
  const own = flux(
    `postBuild:\n  substitute: { MAX: "3", TYPE: m5.2xlarge }\n  substituteFrom: [{ kind: ConfigMap, name: settings }]\n`,
  );
  const above = await reportOf(
    context,
    { ...files, "clusters/shoots.yaml": own },
    {
      "clusters/settings.yaml": settings("MAX: '9', TYPE: m5.xlarge"),
    },
  );
  assert.deepEqual([effectsOf(above), above.complete], [[], true]);
  const moved = await reportOf(context, files, { "clusters/shoots.yaml": own });
  assert.deepEqual([effectsOf(moved), moved.complete], [["shoots one/a replace", "shoots one/b none"], true]);
});

test("two clusters are made of one folder, and one of them changes", withTools, async (context) => {
  const named = (name: string, max: number): string =>
    flux(`postBuild: { substitute: { CLUSTER: ${name}, MAX: "${max}" } }\n`, name);
  const both = {
    "shoots/shoot.yaml": open,
    "clusters/dev.yaml": named("dev", 3),
    "clusters/prod.yaml": named("prod", 3),
  };
  const one = await reportOf(context, both, { "clusters/prod.yaml": named("prod", 4) });
  assert.deepEqual(effectsOf(one), ["shoots (prod) prod/a scale", "shoots (prod) prod/b none"]);
  const all = await reportOf(context, both, { "shoots/shoot.yaml": open.replace("50Gi", "60Gi") });
  assert.deepEqual(effectsOf(all), [
    "shoots (dev) dev/a replace",
    "shoots (dev) dev/b none",
    "shoots (prod) prod/a replace",
    "shoots (prod) prod/b none",
  ]);
  const gone = await reportOf(context, both, { "clusters/dev.yaml": null });
  assert.deepEqual(effectsOf(gone), ["shoots (dev) dev/a delete", "shoots (dev) dev/b delete"]);
  assert.deepEqual(
    [one, all, gone].map(({ complete }) => complete),
    [true, true, true],
  );
});

test("a folder of which many clusters are made is built once on each side", withTools, async (context) => {
  const log = join(folderWith(context, {}), "log");
  const folder = folderWith(context, {
    kubectl: `#!/bin/sh\ncase "$1" in kustomize) echo built >> ${log};; esac\nexec ${searchPath}/kubectl "$@"\n`,
  });
  chmodSync(join(folder, "kubectl"), 0o755);
  const named = (name: string, more = ""): string =>
    flux(`postBuild: { substitute: { CLUSTER: ${name}, MAX: "3" } }\n${more}`, name);
  const patch = `patches:\n  - target: { kind: Shoot }\n    patch: |\n      - { op: replace, path: /spec/provider/workers/0/maximum, value: 9 }\n`;
  const clusters = {
    "clusters/a.yaml": named("a"),
    "clusters/b.yaml": named("b"),
    "clusters/c.yaml": named("c"),
    "clusters/patched.yaml": named("patched", patch),
  };
  const report = await reportOf(
    context,
    { "shoots/shoot.yaml": open, ...clusters },
    { "shoots/shoot.yaml": open.replace("50Gi", "60Gi") },
    { searchPath: folder },
  );
  assert.deepEqual(
    effectsOf(report).filter((one) => one.endsWith("replace")),
    ["a", "b", "c", "patched"].map((name) => `shoots (${name}) ${name}/a replace`),
  );
  assert.equal(report.pools.find(({ cluster, pool }) => cluster === "patched" && pool === "a")?.nodes.maximum, 9);
  assert.equal(report.complete, true);
  assert.equal(readFileSync(log, "utf8"), "built\n".repeat(4));
});

test("patches, names and metadata of a Kustomization are laid over its folder", withTools, async (context) => {
  const spec = (type: string): string =>
    `namePrefix: p-\ntargetNamespace: garden-b\ncommonMetadata: { labels: { a: b }, annotations: { c: d } }\nimages: [{ name: a, newTag: b }]\npatches:\n  - target: { kind: Shoot }\n    patch: |\n      - { op: replace, path: /spec/provider/workers/0/machine/type, value: ${type} }\n`;
  for (const kustomization of [{}, { "shoots/kustomization.yaml": "resources: [shoot.yaml]\nnameSuffix: -s\n" }]) {
    const end = Object.keys(kustomization).length === 0 ? "" : "-s";
    const base = {
      ...kustomization,
      "shoots/shoot.yaml": shoot("one", ["a", "b"]),
      "clusters/shoots.yaml": flux(spec("m5.large")),
    };
    const report = await reportOf(context, base, { "clusters/shoots.yaml": flux(spec("m5.xlarge")) });
    assert.deepEqual(effectsOf(report), [`shoots p-one${end}/a replace`, `shoots p-one${end}/b none`]);
    assert.deepEqual([report.complete, report.pools[0]?.namespace], [true, "garden-b"]);
    const cause = report.pools[0]?.causes[0];
    const lines = flux(spec("m5.xlarge")).split("\n");
    assert.deepEqual(
      [cause?.file, lines[(cause?.line ?? 0) - 1]?.trim()],
      ["clusters/shoots.yaml", "- { op: replace, path: /spec/provider/workers/0/machine/type, value: m5.xlarge }"],
    );
  }
});

test(
  "a cause points to the variable of the Kustomization that changed, beside others in its file",
  withTools,
  async (context) => {
    const of = (name: string, type: string): string =>
      flux(`postBuild:\n  substitute:\n    OTHER: other\n    TYPE: ${type}\n`, name);
    const both = (type: string): string => `${of("other", "m5.8xlarge")}---\n${of("shoots", type)}`;
    const text = shoot("one", ["a"]).replace("m5.large", "m5.${TYPE}");
    assert.match(text, /TYPE/);
    const report = await reportOf(
      context,
      { "shoots/shoot.yaml": text, "clusters/shoots.yaml": both("large") },
      { "clusters/shoots.yaml": both("xlarge") },
    );
    const cause = report.pools.find(({ effect }) => effect === "replace")?.causes[0];
    const lines = both("xlarge").split("\n");
    assert.deepEqual([cause?.file, lines[(cause?.line ?? 0) - 1]], ["clusters/shoots.yaml", "      TYPE: xlarge"]);
  },
);

test("a cause points to the variable of a ConfigMap that changed", withTools, async (context) => {
  const of = (type: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: other, namespace: flux-system }\ndata: { TYPE: ${type} }\n---\n${settings(`TYPE: ${type}, SIZE: big`)}`;
  const base = {
    "shoots/shoot.yaml": shoot("one", ["a"]).replace("m5.large", "${TYPE}"),
    "clusters/shoots.yaml": flux(from()),
    "clusters/settings.yaml": of("m5.large"),
  };
  const report = await reportOf(context, base, { "clusters/settings.yaml": of("m5.xlarge") });
  const cause = report.pools.find(({ effect }) => effect === "replace")?.causes[0];
  assert.deepEqual([cause?.file, cause?.line], ["clusters/settings.yaml", 9]);
});

test("a Secret's values are not read, and stay open where they stand", withTools, async (context) => {
  const secret = {
    ...files,
    "clusters/settings.yaml": settings("MAX: '3'", "Secret"),
    "clusters/shoots.yaml": flux(from("Secret")),
  };
  const report = await reportOf(context, secret, { "clusters/settings.yaml": settings("MAX: '5'", "Secret") });
  assert.equal(report.complete, false);
  assert.doesNotMatch(JSON.stringify(report), /"5"|MAX: '5'/);
  const other = await reportOf(context, secret, { "shoots/shoot.yaml": open.replace("50Gi", "60Gi") });
  assert.deepEqual(effectsOf(other)[0], "shoots one/a replace");
});

test("what stands in a Secret is not shown where it cannot be substituted", withTools, async (context) => {
  const secret = (text: string): string =>
    `apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { password: "${text}" }\n`;
  const report = await reportOf(
    context,
    { ...files, "shoots/secret.yaml": secret("geheim") },
    {
      "shoots/secret.yaml": secret("${geheim heimlich"),
      "shoots/shoot.yaml": open.replace("50Gi", "60Gi"),
    },
  );
  assert.equal(report.complete, false);
  assert.match(JSON.stringify(report.diagnostics), /variables in a Secret cannot be substituted/);
  assert.doesNotMatch(JSON.stringify(report), /geheim|heimlich/);
});

test("what Flux would refuse is not judged", withTools, async (context) => {
  for (const [change, because] of [
    [
      { "clusters/settings.yaml": settings("OTHER: '3'") },
      /the repository does not tell the value of the variable "MAX"/,
    ],
    [{ "shoots/shoot.yaml": open.replace("${MAX}", "${MAX-3}") }, /"\$\{MAX-3\}" cannot be substituted/],
    [{ "clusters/settings.yaml": settings("a-b: '3', MAX: '3'") }, /"a-b" is not a valid variable name/],
  ] as const) {
    const report = await reportOf(
      context,
      { ...files, "shoots/other.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n" },
      { ...change, "shoots/other.yaml": null },
    );
    assert.equal(report.complete, false, String(because));
    assert.match(report.diagnostics.map(({ message }) => message).join("\n"), because);
  }
});

test("an object that asks for it keeps its dollars", withTools, async (context) => {
  const disabled = open.replace(
    "metadata:\n",
    "metadata:\n  annotations: { kustomize.toolkit.fluxcd.io/substitute: disabled }\n",
  );
  const report = await reportOf(
    context,
    { ...files, "shoots/shoot.yaml": disabled },
    { "clusters/settings.yaml": settings("MAX: '5'") },
  );
  assert.deepEqual(
    effectsOf(report).filter((one) => /scale|replace/.test(one)),
    [],
  );
});

test("a Kustomization that another one may change is not known", withTools, async (context) => {
  const patched = (target: string, patch = "'[]'"): string => `patches: [{ target: ${target}, patch: ${patch} }]\n`;
  for (const [edits, isKnown] of [
    [patched("{ kind: Kustomization }"), false],
    [patched("{ kind: Kustom.* }"), false],
    [patched("{ name: shoots }"), false],
    [patched("{ labelSelector: a=b }"), false],
    ["patches: [{ patch: '{ kind: Kustomization, metadata: { name: shoots } }' }]\n", false],
    ["components: [../component]\n", false],
    ["targetNamespace: elsewhere\n", false],
    [patched("{ kind: Deployment }"), true],
    [patched("{ kind: Kustomization, name: other }"), true],
    ["patches: [{ patch: '{ kind: Deployment, metadata: { name: shoots } }' }]\n", true],
    ["images: [{ name: a, newTag: '2' }]\ncommonMetadata: { labels: { a: b } }\n", true],
  ] as const) {
    const parent = flux(edits, "flux-system", "./clusters");
    const report = await reportOf(
      context,
      { ...files, "parent.yaml": parent },
      { "shoots/shoot.yaml": open.replace("50Gi", "60Gi") },
    );
    assert.equal(report.complete, isKnown, edits);
    const said = report.diagnostics.map(({ message }) => message).join("\n");
    assert.equal(/the Kustomization "flux-system\/flux-system" changes it/.test(said), !isKnown, edits);
  }
});

test("a folder that one takes as it stands and another changes is two applications", withTools, async (context) => {
  const both = {
    "shoots/shoot.yaml": shoot("one", ["a"]),
    "clusters/plain.yaml": flux("", "plain"),
    "clusters/prefixed.yaml": flux("namePrefix: p-\n", "prefixed"),
  };
  const report = await reportOf(context, both, { "shoots/shoot.yaml": shoot("one", ["a"]).replace("50Gi", "60Gi") });
  assert.deepEqual(effectsOf(report), ["shoots (plain) one/a replace", "shoots (prefixed) p-one/a replace"]);
  assert.equal(report.complete, true);
});

const wide = (text: string): string => text.replace("maximum: 3", "maximum: 4");
const below = {
  "shoots/shoot.yaml": open,
  "shoots/inner/kustomization.yaml": "resources: [two.yaml]\n",
  "shoots/inner/two.yaml": shoot("two", ["a"]),
  "shoots/inner/three.yaml": shoot("three", ["a"]),
  "clusters/shoots.yaml": flux('postBuild: { substitute: { MAX: "3" } }\n'),
};

test("a kustomization below the folder counts instead of the files beside it", withTools, async (context) => {
  const listed = await reportOf(context, below, { "shoots/inner/two.yaml": wide(shoot("two", ["a"])) });
  assert.deepEqual([effectsOf(listed), listed.complete], [["shoots two/a scale"], true]);
  const unlisted = await reportOf(context, below, { "shoots/inner/three.yaml": wide(shoot("three", ["a"])) });
  assert.deepEqual([effectsOf(unlisted), codesOf(unlisted)], [[], ["unused-file"]]);
});

test(
  "what is deployed of a folder is not known where the object or a file says what is not followed",
  withTools,
  async (context) => {
    const ignored = { ".sourceignore": "*.md\n" };
    for (const [more, spec, because] of [
      [
        ignored,
        'postBuild: { substitute: { MAX: "3" } }\n',
        /: a \.sourceignore says which files of its folder count;/,
      ],
      [{}, 'ignore: "*.md"\n', /: it sets ignore, which is not supported;/],
      [
        {},
        "components: [../c]\nignoreMissingComponents: true\n",
        /: it sets ignoreMissingComponents, which is not supported;/,
      ],
      [{}, 'suspend: true\npostBuild: { substitute: { MAX: "3" } }\n', /: it is suspended;/],
      [
        {},
        "postBuild: { substituteFrom: [{ kind: ConfigMap }] }\n",
        /: it takes variables from an object without a name;/,
      ],
    ] as const) {
      const object = flux(spec);
      const report = await reportOf(
        context,
        {
          ...below,
          ...more,
          "clusters/shoots.yaml": more === ignored ? object.replace("GitRepository", "OCIRepository") : object,
        },
        { "shoots/inner/two.yaml": wide(shoot("two", ["a"])) },
      );
      assert.deepEqual([report.complete, codesOf(report)], [false, ["unrendered"]]);
      assert.match(report.diagnostics[0]?.message ?? "", because);
    }
  },
);

test("what a removed Kustomization deployed goes as its deletionPolicy says", withTools, async (context) => {
  const [all, none] = [["shoots one/a delete", "shoots one/b delete", "shoots two/a delete"], []];
  for (const [policy, prune, effects] of [
    ['""', true, all],
    ['""', false, none],
    ["Delete", false, all],
    ["MirrorPrune", true, all],
    ["MirrorPrune", false, none],
    ["Orphan", true, none],
  ] as const) {
    const spec = `deletionPolicy: ${policy}\npostBuild: { substitute: { MAX: "3" } }\n`;
    const object = flux(spec).replace("prune: true", `prune: ${prune}`);
    const report = await reportOf(
      context,
      { ...below, "clusters/shoots.yaml": object },
      { "clusters/shoots.yaml": null },
    );
    assert.deepEqual([effectsOf(report), report.complete], [effects, effects === all], policy);
  }
});

test("what a kustomization makes of variables and of the Kustomization counts", withTools, async (context) => {
  const generated = (max: number): string =>
    `resources: [shoots.yaml]\nconfigMapGenerator: [{name: settings, namespace: flux-system, literals: [MAX=${max}]}]\ngeneratorOptions: {disableNameSuffixHash: true}\n`;
  const made = { "shoots/shoot.yaml": open, "clusters/shoots.yaml": flux(from()) };
  const base = { ...made, "clusters/kustomization.yaml": generated(3) };
  const scaled = await reportOf(context, base, { "clusters/kustomization.yaml": generated(5) });
  assert.deepEqual([effectsOf(scaled), scaled.complete], [["shoots one/a scale", "shoots one/b none"], true]);
  const file = {
    ...made,
    "clusters/max.env": "MAX=3\n",
    "clusters/kustomization.yaml": generated(0).replace("literals: [MAX=0]", "envs: [max.env]"),
  };
  const ofFile = await reportOf(context, file, { "clusters/max.env": "MAX=5\n" });
  assert.deepEqual([effectsOf(ofFile), ofFile.complete], [["shoots one/a scale", "shoots one/b none"], true]);
  const patched = (max: number): string =>
    `resources: [shoots.yaml]\npatches:\n- target: {kind: Kustomization}\n  patch: |\n    - {op: add, path: /spec/postBuild, value: {substitute: {MAX: "${max}"}}}\n`;
  const plain = { "shoots/shoot.yaml": open, "clusters/shoots.yaml": flux("") };
  const own = { ...plain, "clusters/kustomization.yaml": patched(3) };
  const byPatch = await reportOf(context, own, { "clusters/kustomization.yaml": patched(5) });
  assert.deepEqual(effectsOf(byPatch), ["shoots one/a scale", "shoots one/b none"]);
  // The Kustomization is changed where the folder is.
  const folder = await reportOf(context, own, { "shoots/shoot.yaml": open.replace("minimum: 1", "minimum: 2") });
  assert.deepEqual([effectsOf(folder), folder.complete], [["shoots one/a scale", "shoots one/b none"], true]);
});

test("a kustomization that cannot be built may change what it lists", withTools, async (context) => {
  const broken = (max: number): string =>
    `resources: [shoots.yaml]\npatches:\n- target: {kind: Kustomization}\n  patch: "[{op: replace, path: /spec/none/of/it, value: ${max}}]"\n`;
  const base = { ...files, "clusters/kustomization.yaml": broken(3) };
  const report = await reportOf(context, base, { "clusters/kustomization.yaml": broken(5) });
  assert.deepEqual([report.verdict, report.complete, codesOf(report)], ["unknown", false, ["unrendered"]]);
  assert.match(report.diagnostics[0]?.message ?? "", /since clusters\/kustomization\.yaml does not build/);
});

test("an artifact is taken to hold the folders of this repository", withTools, async (context) => {
  const artifact = (text: string): string => text.replace("GitRepository", "OCIRepository");
  const base = { ...files, "clusters/shoots.yaml": artifact(flux(from())) };
  const scaled = await reportOf(context, base, { "clusters/settings.yaml": settings("MAX: '5'") });
  assert.deepEqual([effectsOf(scaled), scaled.complete], [["shoots one/a scale", "shoots one/b none"], true]);
  const elsewhere = { ...files, "clusters/shoots.yaml": artifact(flux(from(), "shoots", "./deploy")) };
  const unknown = await reportOf(context, elsewhere, { "clusters/settings.yaml": settings("MAX: '5'") });
  assert.deepEqual([unknown.verdict, unknown.complete], ["unknown", false]);
});

test("a variable is not passed over where what fills it in is elsewhere", withTools, async (context) => {
  const base = {
    "shoots/shoot.yaml": open,
    "shoots/kustomization.yaml": "resources: [shoot.yaml]\n",
    "settings.yaml": settings("MAX: '3', OTHER: a"),
  };
  const report = await reportOf(context, base, { "settings.yaml": settings("MAX: '5', OTHER: a") });
  assert.deepEqual([report.verdict, report.complete, codesOf(report)], ["unknown", false, ["unrendered"]]);
  const line = open.split("\n").findIndex((text) => text.includes("${MAX}")) + 1;
  assert.deepEqual([report.diagnostics[0]?.file, report.diagnostics[0]?.line], ["shoots/shoot.yaml", line]);
  const other = await reportOf(context, base, { "settings.yaml": settings("MAX: '3', OTHER: b") });
  assert.deepEqual([codesOf(other), other.complete], [[], true]);
});

test("settings that one Kustomization fills into another are not passed over", withTools, async (context) => {
  const base = {
    "shoots/shoot.yaml": open,
    "clusters/settings.yaml": settings("MOST: '3'"),
    "clusters/apps.yaml": flux(from(), "apps", "./apps"),
    "apps/shoots.yaml": flux('postBuild: { substitute: { MAX: "${MOST}" } }\n'),
  };
  const report = await reportOf(context, base, { "clusters/settings.yaml": settings("MOST: '5'") });
  assert.deepEqual([report.verdict, report.complete], ["unknown", false]);
  assert.match(report.diagnostics[0]?.message ?? "", /the Kustomization "flux-system\/apps" changes it/);
});

test("a folder that a new Kustomization changes may have been applied as it stood", withTools, async (context) => {
  const patched = flux(
    "patches:\n  - target: { kind: Shoot }\n    patch: |\n      - { op: replace, path: /spec/provider/workers/0/machine/type, value: m5.xlarge }\n",
  );
  for (const kustomization of [{}, { "shoots/kustomization.yaml": "resources: [shoot.yaml]\n" }]) {
    const base = { ...kustomization, "shoots/shoot.yaml": shoot("one", ["a", "b"]) };
    const report = await reportOf(context, base, { "clusters/shoots.yaml": patched });
    assert.deepEqual([effectsOf(report), report.complete], [["shoots one/a replace", "shoots one/b none"], true]);
  }
  const template = { "shoots/shoot.yaml": open.replace("CLUSTER:=one", "CLUSTER") };
  const filled = flux('postBuild: { substitute: { CLUSTER: one, MAX: "3" } }\n');
  const made = await reportOf(context, template, { "clusters/shoots.yaml": filled });
  assert.deepEqual(effectsOf(made), ["shoots one/a create", "shoots one/b create"]);
  const second = flux('postBuild: { substitute: { CLUSTER: two, MAX: "3" } }\n', "two");
  const beside = await reportOf(
    context,
    { "shoots/shoot.yaml": open, "clusters/shoots.yaml": filled },
    { "clusters/two.yaml": second },
  );
  assert.deepEqual(effectsOf(beside), ["shoots (two) two/a create", "shoots (two) two/b create"]);
});

test(
  "a Kustomization fills in defaults where its settings are elsewhere, or where it always does",
  withTools,
  async (context) => {
    const text = shoot("one", ["a", "b"]).replace("maximum: 3", 'maximum: "${MAX:=3}"');
    for (const [spec, application] of [
      [from(), "shoots"],
      ["postBuild: { substituteStrategy: Always }\n", "shoots"],
      ["postBuild: { substitute: {} }\n", "-"],
    ] as const) {
      const base = { "shoots/shoot.yaml": text, "clusters/shoots.yaml": flux(spec) };
      const report = await reportOf(context, base, { "shoots/shoot.yaml": text.replace("50Gi", "60Gi") });
      assert.deepEqual(effectsOf(report), [`${application} one/a replace`, `${application} one/b none`]);
    }
  },
);

test("Kustomizations of one name are told apart by their namespaces and files", withTools, async (context) => {
  const named = (namespace: string, max: number): string =>
    flux(`postBuild: { substitute: { CLUSTER: ${namespace}, MAX: "${max}" } }\n`).replace("flux-system", namespace);
  const base = { "shoots/shoot.yaml": open, "clusters/a.yaml": named("a", 3), "clusters/b.yaml": named("b", 3) };
  const report = await reportOf(context, base, { "clusters/b.yaml": named("b", 5) });
  assert.deepEqual(effectsOf(report), [
    "shoots (b/shoots in clusters/b.yaml) b/a scale",
    "shoots (b/shoots in clusters/b.yaml) b/b none",
  ]);
});

test("files that Flux leaves out of every artifact are not built", withTools, async (context) => {
  const text = shoot("one", ["a", "b"]).replace("maximum: 3", 'maximum: "${MAX}"');
  const base = {
    "shoots/shoot.yaml": text,
    "clusters/shoots.yaml": flux('postBuild: { substitute: { MAX: "3" } }\n'),
  };
  const left = [".github/workflows/ci.yml", "eu/.travis.yml", "appveyor.yml", "cloudbuild.yaml", "eu/.sops.yaml"];
  const noManifests = Object.fromEntries(left.map((path) => [`shoots/${path}`, "steps: []\n"]));
  const change = { "shoots/shoot.yaml": text.replace("50Gi", "60Gi") };
  const report = await reportOf(context, { ...base, ...noManifests }, change);
  assert.deepEqual([effectsOf(report), report.complete], [["shoots one/a replace", "shoots one/b none"], true]);
  for (const path of [".appveyor.yml", ".sops.yml", "cloudbuild.yml"]) {
    const failing = await reportOf(context, { ...base, [`shoots/${path}`]: "steps: []\n" }, change);
    assert.deepEqual([failing.verdict, codesOf(failing)], ["unknown", ["not-rendered"]], path);
  }
});

test("a kustomization that changes below what is not known is reported", withTools, async (context) => {
  const suspended = {
    "shoots/shoot.yaml": shoot("one", ["a"]),
    "shoots/kustomization.yaml": "resources: [shoot.yaml]\n",
    "clusters/shoots.yaml": `${flux("targetNamespace: garden-b\n")}  suspend: true\n`,
  };
  const named = await reportOf(context, suspended, {
    "shoots/kustomization.yaml": "resources: [shoot.yaml]\nnamePrefix: x-\n",
  });
  assert.deepEqual([codesOf(named), named.complete], [["unrendered"], false]);
  const other = await reportOf(context, suspended, { "shoots/README.md": "a\n" });
  assert.deepEqual([codesOf(other), other.complete], [[], true]);
});

test("a variable whose value is known on one side alone leaves the pools unknown", withTools, async (context) => {
  const optional = (name: string): string =>
    flux(`postBuild: { substituteFrom: [{ kind: ConfigMap, name: ${name}, optional: true }] }\n`);
  const valued = settings("TYPE: m5.xlarge");
  const named = shoot("one", ["a", "b"]).replace("type: m5.large", "type: ${TYPE:=m5.large}");
  const base = {
    ...files,
    "shoots/shoot.yaml": named,
    "clusters/settings.yaml": valued,
    "clusters/shoots.yaml": optional("settings"),
  };
  const report = await reportOf(context, base, { "clusters/shoots.yaml": optional("others") });
  assert.deepEqual(effectsOf(report), ["shoots one/a unknown", "shoots one/b unknown"]);
  assert.equal(report.complete, false);
  assert.match(report.pools[0]?.causes[0]?.because ?? "", /the variable "TYPE" has a value on one side/);
});
