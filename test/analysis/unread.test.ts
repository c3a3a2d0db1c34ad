import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { analyze, type Report } from "../../src/index.ts";
import { sideOf } from "../side.ts";

const side = (label: string, files: Readonly<Record<string, string>>) => sideOf(files, label);
const pool = (name: string): string =>
  `apiVersion: hypershift.openshift.io/v1beta1\nkind: NodePool\nmetadata: {name: ${name}, namespace: clusters}\nspec:\n  clusterName: c\n  replicas: 1\n  management: {upgradeType: Replace}\n  platform: {type: None}\n  release: {image: "quay.io/ocp-release:4.18.1-x86_64"}\n`;
const broken = (name: string): string => pool(name).replace("replicas: 1", "replicas: [1");
const effects = (report: Report): string[] => report.pools.map((one) => `${one.pool} ${one.effect}`);

describe("an object that is missing where not everything could be read", () => {
  it("is neither new nor deleted, but unknown", () => {
    const whole = { "a.yaml": pool("a"), "b.yaml": pool("b") };
    const part = { "a.yaml": pool("a"), "b.yaml": broken("b") };
    const lost = analyze(side("base", whole), side("head", part));
    assert.deepEqual(effects(lost), ["b unknown"]);
    assert.equal(
      lost.pools[0]?.causes[0]?.because,
      "b.yaml could not be read as a whole on the head side, and the NodePool may stand in what is missing",
    );
    assert.deepEqual(effects(analyze(side("base", part), side("head", whole))), ["b unknown"]);
  });

  it("is what it seems in every other file", () => {
    const base = { "a.yaml": pool("a"), "b.yaml": pool("b") };
    const head = { "a.yaml": broken("a") };
    assert.deepEqual(effects(analyze(side("base", base), side("head", head))), ["a unknown", "b delete"]);
  });

  it("is what it seems in a file that declares something else twice", () => {
    const base = { "a.yaml": pool("a"), "b.yaml": pool("b") };
    const head = { "a.yaml": pool("c"), "b.yaml": `${pool("b")}---\n${pool("c")}` };
    const report = analyze(side("base", base), side("head", head));
    assert.deepEqual(effects(report), ["a delete", "c create"]);
    assert.equal(report.complete, false);
    const other = { "a.yaml": `${pool("b")}---\n${pool("c")}`, "b.yaml": pool("b") };
    assert.deepEqual(effects(analyze(side("base", base), side("head", other))), ["a delete", "c create"]);
  });

  it("is looked for at the same path below two folders, and in the only file of each side", () => {
    assert.deepEqual(
      effects(analyze(side("./old/", { "old/a.yaml": pool("a") }), side("new", { "new/a.yaml": broken("a") }))),
      ["a unknown"],
    );
    const two = analyze(
      side("x.yaml", { "x.yaml": `${pool("a")}---\n${pool("b")}` }),
      side("y.yaml", { "y.yaml": `${pool("a")}---\n${broken("b")}` }),
    );
    assert.deepEqual(effects(two), ["b unknown"]);
  });

  it("is unknown below a folder that was not read", () => {
    const base = side("base", { "base/prod/a.yaml": pool("a"), "base/producer.yaml": pool("b") });
    const message = "the symbolic link leads out of the directory and is not followed";
    for (const file of ["head/prod", "head/prod/"]) {
      const problem = { severity: "error", code: "unreadable-file", message, file, incomplete: true } as const;
      assert.deepEqual(effects(analyze(base, { ...side("head", {}), diagnostics: [problem] })), [
        "a unknown",
        "b delete",
      ]);
    }
  });

  it("is unknown where Git LFS left a pointer in the place of the file", () => {
    const pointer = (size: number): string =>
      `version https://git-lfs.github.com/spec/v1\noid sha256:${"4d7a".repeat(16)}\nsize ${size}\n`;
    const pointers = side("head", { "a.yaml": pointer(812) });
    const lost = analyze(side("base", { "a.yaml": pool("a") }), pointers);
    assert.deepEqual(effects(lost), ["a unknown"]);
    assert.equal(lost.complete, false);
    assert.match(lost.diagnostics[0]?.message ?? "", /Git LFS .* run git lfs pull/);
    const other = analyze(side("base", { "a.yaml": pointer(811) }), pointers);
    assert.equal(other.complete, false);
    assert.equal(other.verdict, "unknown");
    assert.equal(analyze(pointers, pointers).complete, true, "what is equal hides no change");
  });
});
