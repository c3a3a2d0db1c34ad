import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { codesOf, effectsOf, reportOf, withTools } from "../comparison.ts";
import { shoot } from "../shoots.ts";

const kustomization = (spec = "", source = "name: all"): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shoots, namespace: flux-system}
spec:
  path: ./shoots
  prune: true
  sourceRef: {kind: GitRepository, ${source}}
${spec}`;
const filledIn = kustomization("  postBuild: {substitute: {MAX: '3'}}\n");
const repository = (ignore: string): string =>
  `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: all, namespace: flux-system}\nspec: {url: https://example.com/a, ignore: ${ignore}}\n`;
const wide = (text: string): string => text.replace("maximum: 3", "maximum: 4");
const draft = shoot("draft", ["a"]);
const files = {
  "other/kustomization.yaml": "resources: []\n",
  "shoots/one.yaml": shoot("one", ["a"]),
  "shoots/draft/draft.yaml": draft,
  "flux/shoots.yaml": filledIn,
};
const unused = [[], ["unused-file"], true];
const seen = (report: Awaited<ReturnType<typeof reportOf>>): unknown[] => [
  effectsOf(report),
  codesOf(report),
  report.complete,
];

describe("what Flux leaves out of the folders that it deploys", withTools, () => {
  const ways = {
    "by a .sourceignore above": { ".sourceignore": "draft/\n" },
    "by a .sourceignore beside it": { "shoots/draft/.sourceignore": "*\n" },
    "by the ignore of the source": { "flux/source.yaml": repository("'*.md\n\n  draft/'") },
  };
  for (const [way, more] of Object.entries(ways)) {
    it(`is not judged: ${way}`, async (context) => {
      for (const object of [filledIn, kustomization()]) {
        const base = { ...files, ...more, "flux/shoots.yaml": object };
        assert.deepEqual(seen(await reportOf(context, base, { "shoots/draft/draft.yaml": wide(draft) })), unused);
        const root = { ...base, "shoots/draft/kustomization.yaml": "resources: [draft.yaml]\n" };
        assert.deepEqual(seen(await reportOf(context, root, { "shoots/draft/draft.yaml": wide(draft) })), unused);
      }
    });

    it(`does not keep the rest from being built: ${way}`, async (context) => {
      const base = { ...files, ...more, "shoots/draft/values.yaml": "replicas: 1\n" };
      const report = await reportOf(context, base, { "shoots/one.yaml": wide(shoot("one", ["a"])) });
      assert.deepEqual(seen(report), [["shoots one/a scale"], [], true]);
    });
  }

  it("takes the place of what it leaves out without a word", async (context) => {
    const base = { ...files, "shoots/.github/one.yaml": draft };
    const change = { "shoots/.github/one.yaml": wide(draft) };
    assert.deepEqual(seen(await reportOf(context, base, change)), unused);
    const { "shoots/draft/draft.yaml": _draft, ...others } = { ...base, ".sourceignore": "*.md\n" };
    const said = await reportOf(context, others, change);
    assert.deepEqual(seen(said), [["shoots draft/a scale"], [], true]);
  });

  it("is judged where another object takes the folder, or none does", async (context) => {
    const base = { ...files, "flux/source.yaml": repository("draft"), "flux/shoots.yaml": kustomization() };
    const change = { "shoots/draft/draft.yaml": wide(draft) };
    const named = kustomization("", "name: more").replace("name: shoots", "name: more");
    const judged = [["- draft/a scale"], [], true];
    assert.deepEqual(seen(await reportOf(context, { ...base, "flux/more.yaml": named }, change)), judged);
    const elsewhere = { ...base, "flux/shoots.yaml": kustomization().replace("./shoots", "./other") };
    assert.deepEqual(seen(await reportOf(context, elsewhere, change)), judged);
  });

  it("is not known where sources of one name leave out different files", async (context) => {
    const base = { ...files, "flux/a.yaml": repository("draft"), "flux/b.yaml": repository("'*.md'") };
    const report = await reportOf(context, base, { "shoots/draft/draft.yaml": wide(draft) });
    assert.deepEqual(seen(report), [["- draft/a scale"], ["unrendered"], false]);
    assert.match(report.diagnostics[0]?.message ?? "", /several sources of its name/);
  });
});
