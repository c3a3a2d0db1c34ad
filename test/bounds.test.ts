import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { summaryBudget } from "../src/action/deliver.ts";
import { mostConcerned, mostPools } from "../src/analysis/pool-bound.ts";
import { readReportFile } from "../src/cli/report-file.ts";
import { analyze, type Report } from "../src/index.ts";
import { boundTable, bounds as readerBounds } from "../src/manifests/bounds.ts";
import { mostReplicas } from "../src/manifests/wrappers.ts";
import { mostMessage, runTool } from "../src/rendering/tools/run-tool.ts";
import { mostCauses } from "../src/report/cause.ts";
import { mostChecked } from "../src/report/checked.ts";
import { displayPair, longestValue } from "../src/report/display.ts";
import { deepestReport } from "../src/report/read-report.ts";
import { longestMatched } from "../src/rules/encodings/pattern.ts";
import { readOperand } from "../src/sources/files.ts";
import { wordProblem } from "../src/systems/hypershift/admission/schema-values.ts";
import { annotations, longestMessage, longestTitle, mostPerLevel } from "../src/views/annotations.ts";
import { commentBudget, mostTexts, renderComment } from "../src/views/comment.ts";
import { renderMarkdown } from "../src/views/markdown.ts";
import { mostPictured } from "../src/views/mermaid.ts";
import { bounds } from "./every-bound.ts";
import { sideOf } from "./side.ts";
import { folderWith } from "./temporary-folder.ts";

const side = (text: string) => sideOf({ "pools.yaml": text });
const pool = (index: number, instance: string, cluster = `cluster-${index}`): string =>
  `apiVersion: hypershift.openshift.io/v1beta1
kind: NodePool
metadata: {name: pool-${index}, namespace: clusters}
spec:
  clusterName: ${cluster}
  management: {upgradeType: Replace}
  platform: {type: AWS, aws: {instanceType: ${instance}}}
`;
const poolsOf = (count: number, instance: string, cluster?: string): string =>
  Array.from({ length: count }, (_, index) => pool(index, `${instance}.${index}`, cluster)).join("---\n");
const fleet = analyze(side(poolsOf(1500, "m5")), side(poolsOf(1500, "m6")));

const shoot = (count: number, version: string): string => `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: {name: large, namespace: garden}
spec:
  kubernetes: {version: ${version}}
  provider:
    type: local
    workers:
${Array.from({ length: count }, (_, index) => `    - {name: w${index}, machine: {type: a}, minimum: 1, maximum: 1}\n`).join("")}`;
const codes = ({ diagnostics }: Report): string[] => diagnostics.map(({ code }) => code);

describe("every size that a stranger decides has a bound", () => {
  it("of this value", () => {
    assert.deepEqual(Object.fromEntries(Object.entries(bounds).map(([name, [value]]) => [name, value])), {
      "bytes of a file": 256 * 1024 * 1024,
      "bytes given to a tool that are looked through for secrets when it fails": 16_777_216,
      "kustomizations and charts that are rendered because they use what changed": 1000,
      "changed values among which parts of a rendered text are searched": 1000,
      "bytes of a file from GitHub": 100 * 1024 * 1024,
      "milliseconds of git's silence": 300_000,
      "folders of a tree that GitHub lists in parts": 400,
      "files that GitHub hands out for a search": 5000,
      "files of a directory": 200_000,
      totalBytes: 512 * 1024 * 1024,
      pathLength: 4096,
      documents: 200_000,
      documentLength: 16 * 1024 * 1024,
      depth: 500,
      aliasShare: 0.99,
      keyLength: 1024,
      duplicates: 20,
      "Shoots of a ManagedSeedSet": 100,
      "characters of the Applications of an ApplicationSet": 16_777_216,
      "bytes unpacked of a packed chart": 67_108_864,
      "bytes unpacked of packed charts together": 268_435_456,
      "charts of the repository in one chart": 500,
      "releases of charts that Argo CD and Flux make": 500,
      "links in a row that rendering follows": 16,
      "milliseconds of a tool": 60_000,
      "bytes that a tool prints": 128 * 1024 * 1024,
      "characters of a tool's complaint": 600,
      "files searched for Argo CD and Flux objects": 5000,
      "pairs of networks of one Shoot that overlap": 10_000,
      "pools in one object": 1000,
      "pools of one cluster": 10_000,
      "changed places of what the pools of one cluster share, for all of them": 1_000_000,
      "characters held against a pattern of the API": 2048,
      "digits of a quantity": 1000,
      "characters of a name in a pattern of what Flux leaves out": 1024,
      "values that a JSON patch of VMs writes": 10_000,
      "levels of a JSON patch of VMs": 100,
      "host devices of a pool": 10_000,
      "characters of a glob": 250,
      "stars in one name of a glob": 3,
      "** of a glob": 3,
      "braces of a glob": 3,
      "characters held against a glob": 500,
      "bytes of a report": 256 * 1024 * 1024,
      "levels of a report": 600,
      "causes of a pool": 50,
      "places of a pool that were looked at": 50,
      "characters of a value": 4000,
      "characters of a line in a diff": 300,
      "edits of a diff": 1000,
      "changes in the picture": 4,
      "pools of a cluster in the picture": 6,
      "reasons of a gate, and notes, in a comment": 10,
      "annotations of a level": 10,
      "characters of an annotation": 3000,
      "characters of an annotation's title": 200,
      "characters of a comment": 60_000,
      "characters of a summary": 340_000,
    });
    assert.deepEqual(Object.keys(boundTable).toSorted(), Object.keys(readerBounds).toSorted());
    for (const [name, [, effect]] of Object.entries(bounds)) assert.ok(effect.length > 5, name);
  });

  it("files of a directory: those beyond are left out, and the report says so", async (context) => {
    const folder = folderWith(context, { "a.yaml": "a: 1\n", "b.yaml": "b: 1\n", "c.yaml": "c: 1\n" });
    const { files, diagnostics } = await readOperand(folder, { bounds: { files: 2 } });
    assert.equal(files.length, 2);
    assert.ok(diagnostics.some(({ incomplete }) => incomplete === true));
  });

  it("changes for all pools of one cluster: it is not judged, which the verdict says", () => {
    const hosted = (labels: number, value: string): string => {
      const all = Array.from({ length: labels }, (_, index) => `l${index}: "${value}"`).join(", ");
      return `apiVersion: hypershift.openshift.io/v1beta1
kind: HostedCluster
metadata: {name: large, namespace: clusters, labels: {${all}}}
---
${poolsOf(500, "m5", "large")}`;
    };
    const most = mostConcerned / 500;
    const over = analyze(side(hosted(most + 1, "a")), side(hosted(most + 1, "b")));
    assert.deepEqual([over.verdict, over.complete, codes(over)], ["unknown", false, ["too-many-changes"]]);
    assert.match(over.diagnostics[0]?.message ?? "", /HostedCluster clusters\/large has 500 pools/);
    const shoots = shoot(100, "1.33.1").replace("spec:", "spec:\n  cloudProfile: {name: p}");
    const profile = (types: number): string => `---
apiVersion: core.gardener.cloud/v1beta1
kind: CloudProfile
metadata: {name: p}
spec:
  machineTypes: [${Array.from({ length: types }, (_, index) => `{name: "t${index}"}`).join(", ")}]
`;
    const added = analyze(side(shoots), side(`${shoots}${profile(mostConcerned / 100 + 1)}`));
    assert.deepEqual([added.verdict, codes(added)], ["unknown", ["too-many-changes"]]);
  });

  it("pools of one cluster: it is not judged, which the verdict says, and the rest is", () => {
    const beside = `---\n${pool(1, "m5.x", "small")}`;
    const large = (count: number, version: string): string => `${shoot(count, version)}${beside}`;
    const most = mostPools.inOneObject;
    const over = analyze(side(large(most + 1, "1.33.1")), side(large(most + 1, "1.34.1").replace("m5.x", "m6.x")));
    assert.deepEqual([over.complete, codes(over)], [false, ["too-many-pools"]]);
    assert.deepEqual([over.diagnostics[0]?.file, over.diagnostics[0]?.line], ["pools.yaml", 1]);
    assert.deepEqual(
      over.pools.map(({ cluster, effect }) => [cluster, effect]),
      [["small", "replace"]],
    );
    const alone = analyze(side(shoot(most + 1, "1.33.1")), side(shoot(most + 1, "1.34.1")));
    assert.deepEqual([alone.verdict, alone.pools.length], ["unknown", 0]);
  });

  it("Shoots of a ManagedSeedSet: those beyond are said not to be judged", () => {
    const set = (replicas: number, image: string): string => `apiVersion: seedmanagement.gardener.cloud/v1alpha1
kind: ManagedSeedSet
metadata: {name: seeds, namespace: garden}
spec:
  replicas: ${replicas}
  shootTemplate:
    spec: {provider: {type: local, workers: [{name: a, machine: {type: ${image}}, minimum: 1, maximum: 1}]}}
`;
    const most = analyze(side(set(mostReplicas, "a")), side(set(mostReplicas, "b")));
    assert.deepEqual([most.complete, most.pools.length], [true, mostReplicas]);
    const over = analyze(side(set(mostReplicas + 1, "a")), side(set(mostReplicas + 1, "b")));
    assert.deepEqual([over.complete, over.pools.length], [false, mostReplicas]);
    assert.match(over.diagnostics[0]?.message ?? "", /only the first 100 of 101 Shoots of the ManagedSeedSet seeds/);
    assert.equal(over.diagnostics[0]?.line, 5);
  });

  it("causes of a pool: the strongest are shown, and the last says how many more there are", () => {
    const fields = (value: number): string =>
      Array.from({ length: mostCauses + 20 }, (_, index) => `  field${index}: ${value}\n`).join("");
    const [found] = analyze(side(pool(1, "m5.x") + fields(1)), side(pool(1, "m6.x") + fields(2))).pools;
    assert.deepEqual([found?.causes.length, found?.effects], [mostCauses, ["replace", "unknown"]]);
    assert.match(found?.causes.at(-1)?.because ?? "", /\(21 more causes are not shown\)$/);
  });

  it("paths: the file is not read, and its path is not repeated", () => {
    const path = `${"x/".repeat(5000)}a.yaml`;
    const files = [{ path, bytes: new TextEncoder().encode(pool(1, "m5.x")) }];
    const report = analyze({ label: "a", files: [] }, { label: "b", files });
    assert.deepEqual([report.complete, codes(report), report.pools], [false, ["path-too-long"], []]);
    assert.ok(JSON.stringify(report).length < 5000);
  });

  it("texts for patterns of the API: nothing is said of what is too long to try", () => {
    const word = String.raw`matches=^(\w+\S+)$`;
    assert.equal(wordProblem(word, "x".repeat(longestMatched)), undefined);
    assert.throws(() => wordProblem(word, "x".repeat(longestMatched + 1)), /2049 characters is too long/);
  });

  it("tools: stopped, with the reason", async (context) => {
    const folder = folderWith(context, {});
    const slow = await runTool({ command: "/bin/sleep", args: ["30"], folder, timeoutMs: 50 });
    assert.deepEqual(slow, { ok: false, because: "it took more than 0.05 s and was stopped" });
    const complaint = `printf '%*s' 200000 x >&2; exit 1`;
    const loud = await runTool({ command: "/bin/sh", args: ["-c", complaint], folder });
    assert.ok(!loud.ok && loud.because.length <= mostMessage + 1);
  });

  it("reports that are read again: refused", (context) => {
    const folder = folderWith(context, {});
    const file = join(folder, "report.json");
    writeFileSync(file, `{"a":${"[".repeat(deepestReport)}`);
    assert.throws(() => readReportFile(file), /nested more than 600 levels deep/);
  });

  it("values: cut, with the number of characters that are not shown", () => {
    assert.equal(displayPair("x".repeat(longestValue), undefined)[0], "x".repeat(longestValue));
    assert.match(displayPair(undefined, "x".repeat(longestValue + 7))[1] ?? "", /… \(7 more characters\)$/);
  });

  it("annotations: so many of a level, the last of which stands for the rest", () => {
    assert.equal(fleet.pools.length, 1500);
    const all = annotations(fleet);
    assert.ok(all.length > 0);
    for (const level of ["error", "warning", "notice"])
      assert.ok(all.filter((one) => one.level === level).length <= mostPerLevel, level);
    for (const { title, message } of all)
      assert.ok(title.length <= longestTitle && message.length <= longestMessage, title);
  });

  it("places that were looked at: the last says that there are more", () => {
    const labels = (value: number, count: number): string =>
      `${pool(1, "m5.x")}  nodeDrainTimeout: ${value}s\n`.replace(
        "metadata: {",
        `metadata: {annotations: {${Array.from({ length: count }, (_, index) => `a${index}: "${value}"`).join(", ")}}, `,
      );
    const lastOf = (count: number) => analyze(side(labels(1, count)), side(labels(2, count))).pools[0]?.checked.at(-1);
    assert.match(lastOf(mostChecked + 5)?.because ?? "", /\(more places were looked at than are shown\)$/);
    assert.doesNotMatch(lastOf(mostChecked - 5)?.because ?? "more", /more places/);
  });

  it("the picture, gate reasons and notes: what is left out is counted", () => {
    const texts = Array.from({ length: mostTexts + 3 }, (_, index) => `text ${index}.`);
    const comment = renderComment(fleet, { key: "k", gate: { hit: true, reasons: texts }, notes: texts });
    assert.match(comment, /text 9\. and 3 more reasons\./);
    assert.match(comment, /and 3 more notes\./);
    const fans = Array.from({ length: mostPictured.changes + 2 }, (_, cluster) =>
      Array.from({ length: 3 }, (__, index) => pool(10 * cluster + index, "m5.x", `cluster-${cluster}`)),
    );
    const hosted = (cluster: number, fips: boolean): string =>
      `apiVersion: hypershift.openshift.io/v1beta1\nkind: HostedCluster\nmetadata: {name: cluster-${cluster}, namespace: clusters}\nspec: {additionalTrustBundle: {name: ${fips ? "a" : "b"}}, release: {image: "quay.io/x/r:4.20.1"}, platform: {type: AWS}}\n`;
    const all = (fips: boolean): string =>
      fans.flatMap((pools, cluster) => [hosted(cluster, fips), ...pools]).join("---\n");
    const markdown = renderMarkdown(analyze(side(all(false)), side(all(true))));
    assert.match(markdown, /```mermaid/);
    assert.match(markdown, /and 2 more changes that reach several pools\./);
  });

  it("the comment and the summary: shortened to what a forge takes, with their worst first", () => {
    const comment = renderComment(fleet, { key: "k" });
    assert.ok(comment.length <= commentBudget);
    assert.match(comment, /1,?500/);
    assert.ok(renderMarkdown(fleet, { limit: summaryBudget }).length <= summaryBudget);
  });
});
