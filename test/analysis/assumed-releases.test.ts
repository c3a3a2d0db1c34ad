import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { analyze, type AnalyzeOptions, mergeShards } from "../../src/index.ts";
import { sideOf } from "../side.ts";

const shoot = (name: string, kubernetes: string, { policy = "", own = "" } = {}): string => `---
apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: ${name}, namespace: garden-prod }
spec:
  cloudProfile: { name: local }
  region: local
  kubernetes: { version: ${kubernetes}${policy === "" ? "" : `, kubelet: { cpuManagerPolicy: ${policy} }`} }
  networking: { type: calico }
  provider:
    type: local
    workers:
      - name: cpu
        minimum: 2
        maximum: 2
        machine: { type: local, image: { name: local, version: 1.0.0 } }${own === "" ? "" : `\n        kubernetes: { version: ${own} }`}
`;
const side = (text: string) => sideOf({ "shoots.yaml": text });
const judge = (base: string, head: string, options: AnalyzeOptions = {}) => analyze(side(base), side(head), options);

const said = ({ diagnostics }: ReturnType<typeof judge>): string[] =>
  diagnostics.filter(({ code }) => code === "gardener/older-release").map(({ message }) => message.slice(0, 62));
const versionOf = ({ rules }: ReturnType<typeof judge>): string | undefined => rules[0]?.targets["gardener"];

describe("the release by which a Shoot is judged where nobody named one", () => {
  it("is one that runs its Kubernetes", () => {
    const report = judge(shoot("a", "1.26.4"), shoot("a", "1.26.4", { policy: "static" }));
    // Gardener 1.113 hashes nothing of the kubelet.
    assert.equal(report.pools[0]?.effect, "inplace");
    assert.equal(versionOf(report), "1.113");
    assert.deepEqual(said(report), ["Gardener runs Kubernetes 1.26 in its releases before 1.114 onl"]);
    assert.doesNotMatch(report.pools[0]?.causes[0]?.because ?? "", /--target/);
  });

  it("says where a release before that would decide otherwise", () => {
    const report = judge(shoot("a", "1.28.4"), shoot("a", "1.28.4", { policy: "static" }));
    assert.equal(report.pools[0]?.effect, "replace");
    assert.match(report.pools[0]?.causes[0]?.because ?? "", /with gardener before 1\.126: inplace;/);
    assert.equal(versionOf(report), "1.126");
  });

  it("is the newest where that runs it, and the one that somebody names", () => {
    const newest = judge(shoot("a", "1.32.4"), shoot("a", "1.32.4", { policy: "static" }));
    assert.equal(versionOf(newest), "1.149");
    assert.deepEqual(said(newest), []);
    const named = judge(shoot("a", "1.26.4"), shoot("a", "1.26.4", { policy: "static" }), {
      targets: { gardener: "1.149" },
    });
    assert.equal(named.pools[0]?.effect, "replace");
    assert.deepEqual(said(named), []);
  });

  it("runs what is there before the change, of pools too", () => {
    const upgraded = judge(shoot("a", "1.31.4"), shoot("a", "1.32.1"));
    assert.equal(versionOf(upgraded), "1.141");
    const before = shoot("a", "1.32.1", { own: "1.29.3" });
    assert.equal(versionOf(judge(before, shoot("a", "1.32.1", { own: "1.30.1" }))), "1.132");
    assert.equal(versionOf(judge("", shoot("a", "1.30.1"))), "1.140");
  });

  it("is as old as the rules go where only older ones run it", () => {
    const report = judge(shoot("a", "1.23.4"), shoot("a", "1.23.6"));
    assert.equal(versionOf(report), "1.98");
    const told = report.diagnostics.find(({ code }) => code === "gardener/older-release");
    assert.match(told?.message ?? "", /before 1\.81 only, so that this is judged by 1\.98/);
  });

  it("is each Shoot's own, of which a report names the newest, as one that is joined of parts does", () => {
    const fleet = (policy: string): string =>
      [
        shoot("old", "1.26.4", { policy }),
        shoot("new", "1.33.4", { policy }),
        shoot("older", "1.26.1", { policy }),
      ].join("");
    const [base, head] = [fleet(""), fleet("static")];
    const report = judge(base, head);
    assert.deepEqual(Object.fromEntries(report.pools.map(({ cluster, effect }) => [cluster, effect])), {
      new: "replace",
      old: "inplace",
      older: "inplace",
    });
    assert.equal(versionOf(report), "1.149");
    const parts = [1, 2, 3].map((number) => ({
      name: `part ${number}`,
      report: judge(base, head, { shard: { number, count: 3 } }),
    }));
    assert.deepEqual(mergeShards(parts), report);
  });

  it("is not told where nothing happens", () => {
    assert.deepEqual(said(judge(shoot("a", "1.26.4"), shoot("a", "1.26.4").replace("---", "---\n# moved"))), []);
  });
});
