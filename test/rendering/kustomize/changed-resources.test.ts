import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { codesOf, reportOf } from "../comparison.ts";
import { nodePool } from "../shoots.ts";

const forklift = (more = ""): string =>
  `apiVersion: forklift.konveyor.io/v1beta1\nkind: ForkliftController\nmetadata: {name: forklift${more}}\n`;
const generator = (more = ""): string => `apiVersion: policy.open-cluster-management.io/v1
kind: PolicyGenerator
metadata: {name: all}
policies:
  - name: all
    manifests:
      - path: forklift.yaml
      - path: pool.yaml
${more}`;
/** A folder of which no tool here builds anything: a program makes policies of its manifests. */
const policies = {
  "kustomization.yaml": "generators: [generator.yaml]\n",
  "generator.yaml": generator(),
  "forklift.yaml": forklift(),
  "pool.yaml": nodePool("c", "a"),
};
/** Another one: it builds in what is not in the repository. */
const remote = {
  "kustomization.yaml": "resources: [https://example.com/crds.yaml, forklift.yaml, pool.yaml]\n",
  "forklift.yaml": forklift(),
  "pool.yaml": nodePool("c", "a"),
};
type Files = Readonly<Record<string, string>>;

async function answer(context: TestContext, base: Files, change: Files): Promise<unknown[]> {
  const report = await reportOf(context, base, change);
  return [report.verdict, report.complete, ...codesOf(report)];
}
const edit = { "forklift.yaml": forklift(", labels: {a: b}") };
const nothing = ["none", true];
const unknown = ["unknown", false, "not-rendered"];

describe("a folder that cannot be built", () => {
  it("is not reported for a resource that is none of ours", async (context) => {
    assert.deepEqual(await answer(context, policies, edit), nothing);
    assert.deepEqual(await answer(context, remote, edit), nothing);
  });

  it("is not reported where others take something of other kinds", async (context) => {
    const taking = {
      ...remote,
      "kustomization.yaml": `${remote["kustomization.yaml"]}configurations: [names.yaml]
replacements:
  - {source: {kind: Namespace, fieldPath: metadata.name}, targets: [{select: {kind: NodePool}}]}
  - path: more.yaml
transformers: [suffix.yaml]
`,
      "names.yaml":
        "nameReference:\n- kind: PolicySet\n  fieldSpecs: [{kind: PlacementBinding, path: subjects/name}]\n",
      "more.yaml": "- source: {kind: Namespace}\n",
      "suffix.yaml": "apiVersion: builtin\nkind: SuffixTransformer\nmetadata: {name: a}\nsuffix: -b\n",
    };
    assert.deepEqual(await answer(context, taking, edit), nothing);
  });

  const reported: Record<string, readonly [base: Files, change: Files]> = {
    "a pool": [policies, { "pool.yaml": nodePool("c", "b") }],
    "its generator": [policies, { "generator.yaml": generator("  - name: more\n") }],
    "a kustomization": [remote, { "kustomization.yaml": `${remote["kustomization.yaml"]}namePrefix: a-\n` }],
    "a map, which pools may name": [
      remote,
      { "forklift.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {config: b}\n" },
    ],
    "a patch": [
      { ...remote, "kustomization.yaml": `${remote["kustomization.yaml"]}patches: [{path: forklift.yaml}]\n` },
      edit,
    ],
    "a patch of a generator": [
      { ...policies, "generator.yaml": generator("        patches: [{path: forklift.yaml}]\n") },
      edit,
    ],
    "what a replacement takes": [
      {
        ...remote,
        "kustomization.yaml": `${remote["kustomization.yaml"]}replacements: [{source: {kind: ForkliftController}}]\n`,
      },
      edit,
    ],
    "what a replacement takes of any kind": [
      {
        ...remote,
        "kustomization.yaml": `${remote["kustomization.yaml"]}replacements: [{path: one.yaml}]\n`,
        "one.yaml": "source: {name: forklift}\n",
      },
      edit,
    ],
    "what a transformer takes": [
      {
        ...remote,
        "kustomization.yaml": `${remote["kustomization.yaml"]}transformers: [one.yaml]\n`,
        "one.yaml":
          "apiVersion: builtin\nkind: ReplacementTransformer\nmetadata: {name: a}\nreplacements: [{source: {kind: ForkliftController}}]\n",
      },
      edit,
    ],
    "what a variable takes": [
      {
        ...remote,
        "kustomization.yaml": `${remote["kustomization.yaml"]}vars: [{name: A, objref: {kind: ForkliftController, name: forklift}}]\n`,
      },
      edit,
    ],
    "a name that others take": [
      {
        ...remote,
        "kustomization.yaml": `${remote["kustomization.yaml"]}configurations: [names.yaml]\n`,
        "names.yaml":
          "nameReference: [{kind: ForkliftController, fieldSpecs: [{kind: NodePool, path: spec/config/name}]}]\n",
      },
      edit,
    ],
    "a file that it finds by another name": [
      { ...remote, "kustomization.yaml": `${remote["kustomization.yaml"]}patches: [{path: ./a/../forklift.yaml}]\n` },
      edit,
    ],
    "what a program changes": [
      {
        ...remote,
        "kustomization.yaml": `${remote["kustomization.yaml"]}transformers: [one.yaml]\n`,
        "one.yaml": "apiVersion: example.com/v1\nkind: Mixer\nmetadata: {name: a}\n",
      },
      edit,
    ],
  };
  for (const [what, [base, change]] of Object.entries(reported))
    it(`is reported for ${what}`, async (context) => {
      assert.deepEqual((await answer(context, base, change)).slice(0, 3), unknown);
    });
});
