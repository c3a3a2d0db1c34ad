import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { RenderedApplication } from "../../src/rendering/application.ts";
import { withMovedObjects } from "../../src/rendering/moved-objects.ts";

const kinds = [{ group: "g", kind: "NodePool" }];
const sideOf = (text: string) => ({ ok: true, output: Buffer.from(text), sources: new Map<string, Buffer>() }) as const;
const rendered = (text: string): RenderedApplication => ({
  name: "a",
  file: "a.yaml",
  tool: "helm",
  sides: { base: sideOf(text), head: sideOf(text) },
  sources: { base: new Set(), head: new Set() },
  resources: new Set(),
});
const textsOf = ({ sides: { base, head } }: RenderedApplication) =>
  [base, head].map((side) => (side?.ok === true ? side.output.toString() : side?.because));
const moved = (text: string) => textsOf(withMovedObjects(rendered(text), { base: "here", head: "there" }, kinds));

describe("objects of a release that goes to another namespace", () => {
  it("get it where they name none", () => {
    const pool = "kind: NodePool\nmetadata:\n  # a comment\n\n  labels: {namespace: x}\n  name: a\nspec: {}\n";
    const own = "kind: ConfigMap\nmetadata:\n    name: b\n    namespace: fixed\n";
    const other = "kind: ClusterRole\nmetadata:\n  name: c\n";
    const [base, head] = moved(`---\n${pool}---\n${own}---\n${other}`);
    const placed = (namespace: string): string =>
      `---\n${pool.replace("  labels", `  namespace: "${namespace}"\n  labels`)}---\n${own}---\n${other}`;
    assert.deepEqual([base, head], [placed("here"), placed("there")]);
  });

  it("do not take what is deeper, or elsewhere, for their own", () => {
    const deep = "kind: NodePool\nmetadata:\n  name: a\n  annotations:\n    namespace: deep\nspec:\n  namespace: no\n";
    assert.match(moved(deep)[1] ?? "", /^metadata:\n {2}namespace: "there"\n {2}name: a$/m);
  });

  it("get it where their metadata is written in one line", () => {
    assert.equal(
      moved("kind: NodePool\nmetadata: { name: a }\n")[1],
      'kind: NodePool\nmetadata: {namespace: "there",  name: a }\n',
    );
    const own = 'kind: NodePool\nmetadata: {name: a, "namespace": own}\n';
    assert.deepEqual(moved(own), [own, own]);
  });

  it("are not known where all of them is written in one line", () => {
    assert.match(moved("{kind: NodePool, metadata: {name: a}}\n")[0] ?? "", /./);
    assert.match(moved("kind: NodePool\nmetadata: &m\n")[0] ?? "", /another namespace than before/);
  });

  it("get it where they name one on one side only", () => {
    const [own, none] = [
      "kind: NodePool\nmetadata:\n  name: a\n  namespace: own\n",
      "kind: NodePool\nmetadata:\n  name: a\n",
    ];
    const both = { ...rendered(own), sides: { base: sideOf(own), head: sideOf(none) } };
    const placed = none.replace("  name", '  namespace: "here"\n  name');
    assert.deepEqual(textsOf(withMovedObjects(both, { base: "here", head: "here" }, kinds)), [own, placed]);
    assert.deepEqual(textsOf(withMovedObjects(both, { base: "here", head: undefined }, kinds)), [own, none]);
    const other = { ...both, sides: { base: sideOf(own.replace("a\n", "b\n")), head: sideOf(none) } };
    assert.deepEqual(textsOf(withMovedObjects(other, { base: "here", head: "here" }, kinds))[1], none);
  });

  it("stay where they are where the namespace does, or is not known on both sides", () => {
    const text = "kind: NodePool\nmetadata:\n  name: a\n";
    for (const namespaces of [
      { base: "here", head: "here" },
      { base: undefined, head: "there" },
      { base: "here", head: undefined },
    ])
      assert.deepEqual(textsOf(withMovedObjects(rendered(text), namespaces, kinds)), [text, text]);
  });
});
