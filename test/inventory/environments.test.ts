import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { analyze, type Report } from "../../src/index.ts";
import { nodePool } from "../rendering/shoots.ts";
import { sideOf } from "../side.ts";

type Files = Readonly<Record<string, string>>;
const side = (files: Files) => sideOf(files, "x");
const compare = (base: Files, head: Files): Report => analyze(side(base), side(head));
const seen = ({ pools }: Report): string[] =>
  pools.map(
    ({ application, pool, effect, causes }) =>
      `${application ?? "-"} ${pool} ${effect} ${String(causes[0]?.before)} ${String(causes[0]?.after)}`,
  );

const pool = (cores: number, config?: string): string =>
  nodePool("c", "workers", config === undefined ? "" : `  config: [{name: ${config}}]\n`, cores);
const map = (name: string, text: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: clusters}\ndata: {a: ${text}}\n`;

describe("environments of one repository", () => {
  const three = (dev: number, stage: number, prod: number): Files => ({
    "env/dev/pool.yaml": pool(dev),
    "env/stage/pool.yaml": pool(stage),
    "env/prod/pool.yaml": pool(prod),
  });

  it("are told apart by the folders in which they declare the same objects", () => {
    const report = compare(three(2, 2, 4), three(2, 2, 8));
    assert.deepEqual([seen(report), report.complete, report.diagnostics], [["env/prod workers replace 4 8"], true, []]);
  });

  it("are compared each with itself when one gets what another had", () => {
    const report = compare(three(6, 4, 2), three(8, 6, 4));
    assert.deepEqual(seen(report), [
      "env/dev workers replace 6 8",
      "env/prod workers replace 2 4",
      "env/stage workers replace 4 6",
    ]);
  });

  it("may come with what another has, and go", () => {
    const { "env/stage/pool.yaml": _, ...two } = three(2, 4, 4);
    const effects = (report: Report): string[] => report.pools.map((one) => `${one.application ?? "-"} ${one.effect}`);
    assert.deepEqual(effects(compare(two, three(2, 4, 6))), ["env/prod replace", "env/stage create"]);
    assert.deepEqual(effects(compare(three(2, 4, 6), two)), ["env/prod replace", "env/stage delete"]);
  });

  it("have names of their own", () => {
    const fleet = (dev: string, prod: string): Files => ({
      "dev/pools/pool.yaml": pool(2, "kubelet"),
      "dev/config/kubelet.yaml": map("kubelet", dev),
      "prod/pools/pool.yaml": pool(2, "kubelet"),
      "prod/config/kubelet.yaml": map("kubelet", prod),
    });
    const report = compare(fleet("x", "x"), fleet("y", "x"));
    assert.deepEqual(
      report.pools.map(({ application }) => application),
      ["dev"],
    );
    assert.deepEqual(report.diagnostics, []);
  });

  it("are none where one folder declares an object twice: the first declaration is judged, and the other said", () => {
    const twice = (cores: number): Files => ({ "a/1.yaml": pool(cores), "a/2.yaml": pool(9), "a/b/3.yaml": pool(9) });
    const report = compare(twice(2), twice(4));
    assert.deepEqual([seen(report), report.complete], [["- workers replace 2 4"], false]);
    const [diagnostic] = report.diagnostics;
    assert.deepEqual([diagnostic?.code, diagnostic?.file, diagnostic?.line], ["declared-twice", "a/2.yaml", 1]);
    assert.match(diagnostic?.message ?? "", /^NodePool "clusters\/workers" is declared twice, .* a\/1\.yaml:1/);
  });

  it("are said once where both sides declare an object twice, in other files", () => {
    const { diagnostics } = compare(
      { "a/2.yaml": pool(2), "a/3.yaml": pool(9) },
      { "a/1.yaml": pool(3), "a/2.yaml": pool(2), "a/3.yaml": pool(9) },
    );
    assert.deepEqual(
      diagnostics.map(({ file, message }) => [file, message.slice(-41)]),
      ["a/2.yaml", "a/3.yaml"].map((file) => [
        file,
        "a/1.yaml:1; only the other one is judged, so delete one".slice(-41),
      ]),
    );
  });

  it("say nothing of what is declared twice where nothing changes that it may use", () => {
    const operations = { "ops/1.yaml": pool(4, "kubelet"), "ops/2.yaml": pool(9, "kubelet") };
    const fleet = (cores: number, note = ""): Files => ({ ...operations, "prod/pool.yaml": note + pool(cores) });
    const commented = compare(fleet(2), fleet(2, "# more\n"));
    assert.deepEqual([commented.verdict, commented.complete, commented.diagnostics], ["none", true, []]);
    const elsewhere = compare(fleet(2), fleet(4));
    assert.deepEqual([seen(elsewhere), elsewhere.diagnostics], [["prod workers replace 2 4"], []]);
    const codes = (base: Files, head: Files): string[] => compare(base, head).diagnostics.map(({ code }) => code);
    assert.deepEqual(codes(fleet(2), { ...fleet(2), "ops/2.yaml": pool(8, "kubelet") }), ["declared-twice"]);
    const shared = (text: string): Files => ({ ...fleet(2), "maps/kubelet.yaml": map("kubelet", text) });
    assert.deepEqual(codes(shared("x"), shared("y")), ["declared-twice"]);
  });

  it("are told apart where there are thousands", () => {
    const paths = Array.from({ length: 8000 }, (_, index) => `clusters/region-${index % 10}/c${index}/pool.yaml`);
    const fleet = (cores: number): Files => Object.fromEntries(paths.map((path) => [path, pool(cores)]));
    const { pools } = compare(fleet(2), { ...fleet(2), "clusters/region-1/c11/pool.yaml": pool(4) });
    assert.deepEqual(
      pools.map(({ application }) => application),
      ["clusters/region-1/c11"],
    );
  });
});
