import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { analyze, type Report } from "../../src/index.ts";
import { shoot } from "../rendering/shoots.ts";
import { sideOf } from "../side.ts";

const said = ({ verdict, complete, diagnostics }: Report): unknown[] => [
  verdict,
  complete,
  ...diagnostics.map(({ code, file, line }) => [code, file, line]),
];
const compared = (path: string, base: string | undefined, head: string | undefined, beside = ""): unknown[] => {
  const files = (text: string | undefined) =>
    sideOf({ ...(text === undefined ? {} : { [path]: text }), "z.yaml": beside });
  return said(analyze(files(base), files(head)));
};

describe("programs that make manifests", () => {
  const jsonnet = (type: string): string =>
    `local type = '${type}';\n{ apiVersion: 'core.gardener.cloud/v1beta1', kind: 'Shoot', spec: { type: type } }\n`;

  it("says of a changed one that what it makes is unknown, and where it names a kind that is judged", () => {
    assert.deepEqual(compared("a/pools.jsonnet", jsonnet("small"), jsonnet("large")), [
      "unknown",
      false,
      ["unrendered", "a/pools.jsonnet", 2],
    ]);
    assert.deepEqual(compared("pools.tf", 'kind = "NodePool"\n# 1\n', 'kind = "NodePool"\n# 2\n'), [
      "unknown",
      false,
      ["unrendered", "pools.tf", 1],
    ]);
    assert.deepEqual(compared("pools.yaml.j2", "{% if a %}\nkind: Shoot\n", undefined), [
      "unknown",
      false,
      ["unrendered", "pools.yaml.j2", null],
    ]);
  });

  it("keeps quiet where it did not change, or names none of our objects", () => {
    const nothing = ["none", true];
    assert.deepEqual(
      compared("main.tf", "  # drains a NodePool\n// of a Shoot\na = 1\n", "# A NodePool\na = 2\n"),
      nothing,
    );
    assert.deepEqual(compared("pools.jsonnet", jsonnet("small"), jsonnet("small")), nothing);
    assert.deepEqual(compared("vpc.tf", "cidr = 1", "cidr = 2"), nothing);
    const karpenter = (cpu: number) => `{ apiVersion: "karpenter.sh/v1", kind: "NodePool", limits: cpu: ${cpu} }`;
    assert.deepEqual(compared("pools.cue", karpenter(1), karpenter(2)), nothing);
  });

  it("reads a template that begins as a manifest, and two files given by name, as manifests", () => {
    const [base, head] = [shoot("a", ["w"]), shoot("a", ["w"]).replace("m5.large", "m5.xlarge")];
    assert.equal(compared("shoot.yaml.tmpl", base, head)[0], "replace");
    const start = "status: {}\n";
    assert.equal(analyze(sideOf({ "a.k": start + base }), sideOf({ "b.k": start + head })).verdict, "replace");
  });
});
