import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../src/index.ts";
import type { ReadStatistics } from "../../src/manifests/read-sides.ts";
import { changedText } from "../../src/manifests/text/changed-text.ts";
import type { Report } from "../../src/report/report.ts";

const file = (path: string, text: string) => ({ path, bytes: new TextEncoder().encode(text) });
const side = (...files: readonly (readonly [string, string])[]) => ({
  label: "x",
  files: files.map(([path, text]) => file(path, text)),
});

function run(
  base: ReturnType<typeof side>,
  head: ReturnType<typeof side>,
): { readonly report: Report; readonly parsed: number } {
  let statistics: ReadStatistics | undefined;
  const report = analyze(base, head, { onStatistics: (told) => (statistics = told) });
  return { report, parsed: statistics?.parsed ?? -1 };
}

const cluster = (name: string, extra = "", namespace = "clusters"): string =>
  `apiVersion: hypershift.openshift.io/v1beta1\nkind: HostedCluster\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\nspec:\n  platform:\n    type: AWS\n${extra}`;
const pool = (name: string, owner: string, extra = "", namespace = "clusters"): string =>
  `apiVersion: hypershift.openshift.io/v1beta1\nkind: NodePool\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\nspec:\n  clusterName: ${owner}\n${extra}`;
const map = (name: string, config: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: clusters\ndata:\n  config: |\n    ${config}\n`;
const uses = (name: string): string => `  config:\n  - name: ${name}\n`;
const stream = (...documents: readonly string[]): string => documents.join("---\n");
const pools = ({ report }: { readonly report: Report }): string[] =>
  report.pools.map(({ cluster: owner, pool: name }) => `${owner}/${name}`);

const fleet = [
  cluster("a"),
  pool("a1", "a", uses("shared")),
  pool("a2", "a"),
  cluster("b"),
  pool("b1", "b"),
  map("shared", "kind: X"),
  map("other", "kind: Y"),
];
const replaced = (index: number, by: string): string[] => fleet.map((document, at) => (at === index ? by : document));

test("equal sides, and documents that only moved to other files, are not parsed at all", () => {
  const base = side(["all.yaml", stream(...fleet)]);
  assert.equal(run(base, base).parsed, 0);
  const moved = run(base, side(["1.yaml", stream(...fleet.slice(3))], ["2.yaml", stream(...fleet.slice(0, 3))]));
  assert.equal(moved.parsed, 0);
  assert.deepEqual(moved.report.pools, []);
});

test("a changed pool brings its cluster and that cluster's pools, and nothing of other clusters", () => {
  const read = run(
    side(["f.yaml", stream(...fleet)]),
    side(["f.yaml", stream(...replaced(2, pool("a2", "a", "  replicas: 2\n")))]),
  );
  assert.deepEqual(pools(read), ["a/a1", "a/a2"]);
  // Both sides of a2, then a, a1, and the ConfigMap that a1 names.
  assert.equal(read.parsed, 5);
});

test("a changed cluster or ConfigMap brings its users, in whichever file they stand", () => {
  const head = replaced(5, map("shared", "kind: Z"));
  const files = (documents: readonly string[]) =>
    side(...documents.map((text, index) => [`${index}.yaml`, text] as const));
  assert.deepEqual(pools(run(files(fleet), files(head))), ["a/a1", "a/a2"]);
  assert.deepEqual(pools(run(files(fleet), files(replaced(3, cluster("b", "  channel: fast\n"))))), ["b/b1"]);
});

test("names that are written indirectly are found by parsing", () => {
  for (const spelling of [
    'clusterName: "\\x61"',
    "clusterName: # ours\n    a",
    "? clusterName\n  : a",
    "clusterName: !!binary YQ==",
    "!!binary Y2x1c3Rlck5hbWU=: a",
  ]) {
    const odd = pool("a1", "a").replace("clusterName: a", spelling);
    const base = side(["f.yaml", stream(cluster("a"), odd)]);
    const head = side(["f.yaml", stream(cluster("a", "  channel: fast\n"), odd)]);
    assert.deepEqual(pools(run(base, head)), ["a/a1"], spelling);
  }
});

test("an object that is declared again in an unchanged file is said to be declared twice", () => {
  const twice = run(
    side(["1.yaml", cluster("a")]),
    side(["1.yaml", cluster("a")], ["2.yaml", cluster("a", "  channel: fast\n")]),
  );
  assert.deepEqual(
    twice.report.diagnostics.map(({ code }) => code),
    ["declared-twice"],
  );
  assert.equal(twice.report.complete, false);
});

test("what is declared twice is only said where a pool or cluster names it", () => {
  const named = (names: string, replicas = "2"): string[] =>
    run(
      side(["pools.yaml", pool("a1", "a", uses(names))]),
      side(
        ["pools.yaml", pool("a1", "a", `${uses(names)}  replicas: ${replicas}\n`)],
        ["x/map.yaml", map("shared", "kind: X")],
        ["y/map.yaml", map("shared", "kind: Y")],
      ),
    ).report.diagnostics.map(({ code }) => code);
  assert.ok(named("shared").includes("declared-twice"));
  assert.ok(!named("other").includes("declared-twice"));
  assert.ok(named("shared", "99999999999999999").includes("declared-twice"), "beside a number beyond 2^53");
});

test("positions count from the beginning of the file, though only its changed part is read", () => {
  const read = run(
    side(["f.yaml", stream(...fleet)]),
    side(["f.yaml", stream(...replaced(2, pool("a2", "a", "  replicas: 2\n")))]),
  );
  const line =
    stream(...replaced(2, pool("a2", "a", "  replicas: 2\n")))
      .split("\n")
      .indexOf("  replicas: 2") + 1;
  const causes = read.report.pools.find((one) => one.pool === "a2")?.causes ?? [];
  assert.equal(causes.find(({ path }) => path === "/spec/replicas")?.line, line);
});

test("equal text is cut off at separator lines", () => {
  const text = (found: readonly { file: { bytes: Uint8Array }; start: number; end: number }[]) =>
    found.map(({ file: { bytes }, start, end }) => new TextDecoder().decode(bytes.subarray(start, end)));
  const changed = changedText([file("f", "a: 1\n---\nb: 1\n---\nc: 1\n")], [file("f", "a: 1\n---\nb: 2\n---\nc: 1\n")]);
  assert.deepEqual(text(changed.base), ["b: 1\n---\n"]);
  assert.deepEqual(text(changed.head), ["b: 2\n---\n"]);
  assert.deepEqual(text(changed.shared), ["a: 1\n---\n", "c: 1\n"]);
  const grown = changedText([file("f", "a: 1\n---\na: 1\n")], [file("f", "a: 1\n---\na: 1\n---\na: 1\n")]);
  assert.deepEqual([text(grown.base), text(grown.head)], [[], ["a: 1\n---\n"]]);
});

test("two single files are trimmed against each other, whatever they are called", () => {
  const base = stream(...fleet);
  const text = changedText(
    [file("old.yaml", base)],
    [file("new.yaml", base.replace("clusterName: b\n", "clusterName: c\n"))],
  );
  assert.equal(text.base.length, 1);
  assert.ok((text.base[0]?.end ?? 0) - (text.base[0]?.start ?? 0) < base.length / 3);
  assert.deepEqual(
    text.shared.map(({ file: { path } }) => path),
    ["new.yaml", "new.yaml"],
  );
});

test("what is equal between documents that differ is cut off too, and lines are counted past what differs", () => {
  const document = (name: string, more = ""): string => cluster(name, more);
  const base = stream(document("a"), document("b"), document("c"), document("d"), document("e"));
  const head = stream(
    document("a"),
    document("b", "  channel: fast\n  x: 1\n"),
    document("c"),
    document("d"),
    document("e", "  channel: fast\n"),
  );
  for (const as of [(text: string) => new TextEncoder().encode(text), (text: string) => Buffer.from(text)]) {
    const found = changedText([{ path: "f", bytes: as(base) }], [{ path: "f", bytes: as(head) }]);
    const cut = (stretches: typeof found.base) =>
      stretches.map(({ file: { bytes }, start, end, lines }) => ({
        text: new TextDecoder().decode(bytes.subarray(start, end)),
        isRightLine: lines.lineAt(start) === new TextDecoder().decode(bytes.subarray(0, start)).split("\n").length,
      }));
    assert.deepEqual(cut(found.base), [
      { text: `${document("b")}---\n`, isRightLine: true },
      { text: document("e"), isRightLine: true },
    ]);
    assert.deepEqual(cut(found.head), [
      { text: `${document("b", "  channel: fast\n  x: 1\n")}---\n`, isRightLine: true },
      { text: document("e", "  channel: fast\n"), isRightLine: true },
    ]);
    assert.deepEqual(
      cut(found.shared).map(({ text }) => text),
      [`${document("a")}---\n`, `${document("c")}---\n${document("d")}---\n`],
    );
  }
});

test("one document that is put in or taken out does not make those behind it differ", () => {
  const documents = ["a", "b", "c", "d", "e"].map((name) => cluster(name));
  const base = stream(...documents);
  const head = stream(documents[0]!, cluster("new"), ...documents.slice(1, 3), cluster("e", "  channel: fast\n"));
  const found = changedText([file("f", base)], [file("f", head)]);
  const texts = (stretches: typeof found.base) =>
    stretches.map(({ file: { bytes }, start, end }) => new TextDecoder().decode(bytes.subarray(start, end)));
  assert.deepEqual(texts(found.base), [stream(...documents.slice(3))]);
  assert.deepEqual(texts(found.head), [`${cluster("new")}---\n`, cluster("e", "  channel: fast\n")]);
});
