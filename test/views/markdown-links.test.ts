import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Commits, linker } from "../../src/views/markdown-links.ts";
import { report } from "./build-report.ts";

const base = "1f0c9a4be1f3b1e2a6f0cbd1a8b0d5b1f7a9c001";
const head = "9b7d1c2ef00d4a3b8c1d2e3f4a5b6c7d8e9f0a12";
const repository = "https://github.com/acme/fleet";
const removed = { object: "Shoot garden/gone", change: "removed", file: "gone.yaml", patch: [] } as const;
const placeOf = (commits: Commits, object = "Shoot garden/a", line: number | null = 3): string =>
  linker(report([], { objects: [{ ...removed, patch: [] }] }), commits).place({
    object,
    path: "/spec",
    file: "a b.yaml",
    line,
    pools: [],
  });

describe("a place in a comment", () => {
  it("leads to its line in the head, and of a removed object in the base", () => {
    const commits = { base, head, repository };
    assert.equal(placeOf(commits), `[\`a b.yaml:3\`](${repository}/blob/${head}/a%20b.yaml#L3)`);
    assert.equal(placeOf(commits, removed.object), `[\`a b.yaml:3\`](${repository}/blob/${base}/a%20b.yaml#L3)`);
    assert.equal(placeOf(commits, "Shoot garden/a", null), `[\`a b.yaml\`](${repository}/blob/${head}/a%20b.yaml)`);
  });

  it("is no link where the repository or the commit is not known, or is none", () => {
    for (const commits of [
      {},
      { head },
      { repository },
      { base, repository },
      { head: "main", repository },
      { head, repository: "javascript:alert(1)" },
      { head, repository: `${repository})` },
    ])
      assert.equal(placeOf(commits), "`a b.yaml:3`", JSON.stringify(commits));
  });
});

describe("a commit in a comment", () => {
  it("is shortened where it is one, and a link where the repository is known", () => {
    const commit = (revision: string | undefined, commits: Commits): string =>
      linker(report([]), commits).commit(revision);
    assert.equal(commit(head, { repository }), `[\`9b7d1c2ef0\`](${repository}/commit/${head})`);
    assert.equal(commit(head, {}), "`9b7d1c2ef0`");
    assert.equal(commit("main", { repository }), "`main`");
    assert.equal(commit(undefined, { repository }), "");
  });
});
