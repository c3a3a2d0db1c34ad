import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { effectsOf, reportOf, withTools } from "../comparison.ts";
import { nodePool } from "../shoots.ts";

/** An object of another kind that is a pool otherwise. */
const template = (cores: number, version = "example.com/v1"): string =>
  nodePool("c", "p", "", cores)
    .replace("kind: NodePool", "kind: Template")
    .replace(/^apiVersion: .*$/m, `apiVersion: ${version}`);
const own = "hypershift.openshift.io/v1beta1";
const kindOf = (value: string): string => `- {op: replace, path: /kind, value: ${value}}\n`;
const version = `- {op: replace, path: /apiVersion, value: ${own}}\n`;
const patched = (more: string): string => `resources: [pool.yaml]\npatches:\n- ${more}\n`;

describe("a kustomization that gives objects another kind", withTools, () => {
  const files = (kustomization: string, version?: string): Record<string, string> => ({
    "c/kustomization.yaml": kustomization,
    "c/pool.yaml": template(4, version),
  });
  const ways: Record<string, Record<string, string>> = {
    "an operation": {
      ...files(patched("{path: kind.yaml, target: {kind: Template}}")),
      "c/kind.yaml": kindOf("NodePool") + version,
    },
    "an operation in the kustomization": files(
      patched(`target: {kind: Template}\n  patch: |\n    ${kindOf("NodePool")}    ${version}`),
    ),
    "a transformer": {
      ...files("resources: [pool.yaml]\ntransformers: [one.yaml]\n"),
      "c/one.yaml": `apiVersion: builtin\nkind: PatchTransformer\nmetadata: {name: a}\ntarget: {kind: Template}\npatch: '[{"op": "replace", "path": "/kind", "value": "NodePool"}, {"op": "replace", "path": "/apiVersion", "value": "${own}"}]'\n`,
    },
    "a merged patch": {
      ...files(patched("{path: kind.yaml, target: {kind: Template}, options: {allowKindChange: true}}"), own),
      "c/kind.yaml": `apiVersion: ${own}\nkind: NodePool\nmetadata: {name: a}\n`,
    },
    "a replacement": {
      ...files(
        "resources: [pool.yaml, map.yaml]\nreplacements:\n- source: {kind: ConfigMap, fieldPath: data.kind}\n  targets:\n  - select: {kind: Template}\n    fieldPaths: [kind]\n",
        own,
      ),
      "c/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: words}\ndata: {kind: NodePool}\n",
    },
  };
  for (const [way, base] of Object.entries(ways))
    it(`is built when ${way} makes pools of what changes`, async (context) => {
      const isOwn = base["c/pool.yaml"]?.includes(own) === true;
      const report = await reportOf(context, base, { "c/pool.yaml": template(8, isOwn ? own : undefined) });
      assert.deepEqual([report.verdict, report.complete, effectsOf(report)], ["replace", true, ["c c/p replace"]]);
    });

  it("deletes a pool that it makes something else of", async (context) => {
    const base = { ...files("resources: [pool.yaml]\n"), "c/pool.yaml": nodePool("c", "p") };
    const head = { "c/kustomization.yaml": patched(`{target: {kind: NodePool}, patch: '${kindOf("Other").trim()}'}`) };
    assert.deepEqual(effectsOf(await reportOf(context, base, head)), ["c c/p delete"]);
  });
});

it("kinds of other objects, and kinds that objects only name, make a kustomization no matter of pools", async (context) => {
  const remote = "resources: [pool.yaml, https://example.com/a.yaml]\n";
  for (const [path, value] of [
    ["/kind", "Deployment"],
    ["/spec/sourceRef/kind", "Bucket"],
    ["/metadata/labels/kind-of", "NodePool"],
  ])
    assert.deepEqual(
      (
        await reportOf(
          context,
          {
            "c/kustomization.yaml": `${remote}patches:\n- {target: {name: p}, patch: '[{op: replace, path: ${path}, value: ${value}}]'}\n`,
            "c/pool.yaml": template(4),
          },
          { "c/pool.yaml": template(8) },
        )
      ).diagnostics,
      [],
    );
});
