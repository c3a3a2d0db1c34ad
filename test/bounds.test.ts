import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { analyze } from "../src/index.ts";
import { boundTable, defaultBounds } from "../src/manifests/bounds.ts";
import { displayValue, longestValue } from "../src/report/display.ts";
import { defaultFileBounds, readOperand } from "../src/sources/files.ts";
import { annotations, mostPerLevel } from "../src/views/annotations.ts";
import { commentBudget, renderComment } from "../src/views/comment.ts";
import { folderWith } from "./temporary-folder.ts";

const pool = (index: number, instance: string): string => `apiVersion: hypershift.openshift.io/v1beta1
kind: NodePool
metadata: {name: pool-${index}, namespace: clusters}
spec:
  clusterName: cluster-${index}
  management: {upgradeType: Replace}
  platform: {type: AWS, aws: {instanceType: ${instance}}}
`;
const side = (instance: string) => ({
  label: instance,
  files: [
    {
      path: "pools.yaml",
      bytes: new TextEncoder().encode(
        Array.from({ length: 1500 }, (_, index) => pool(index, `${instance}.${index}`)).join("---\n"),
      ),
    },
  ],
});
const fleet = analyze(side("m5"), side("m6"));

describe("every size that a stranger decides has a bound", () => {
  it("of this value", () => {
    assert.deepEqual(
      { ...defaultBounds, ...defaultFileBounds, longestValue, mostPerLevel, commentBudget },
      {
        // What is said and done at each of the reader's is tested in test/manifests/bounds.test.ts.
        totalBytes: 512 * 1024 * 1024,
        documents: 200_000,
        documentLength: 16 * 1024 * 1024,
        depth: 500,
        aliasShare: 0.99,
        keyLength: 1024,
        duplicates: 20,
        repairs: 24 * 1024 * 1024,
        fileBytes: 256 * 1024 * 1024,
        files: 200_000,
        longestValue: 4000,
        mostPerLevel: 10,
        commentBudget: 60_000,
      },
    );
    assert.deepEqual(Object.keys(boundTable).toSorted(), Object.keys(defaultBounds).toSorted());
  });

  it("files of a directory: those beyond are left out, and the report says so", async (context) => {
    const folder = folderWith(context, { "a.yaml": "a: 1\n", "b.yaml": "b: 1\n", "c.yaml": "c: 1\n" });
    const { files, diagnostics } = await readOperand(folder, { bounds: { files: 2 } });
    assert.equal(files.length, 2);
    assert.ok(diagnostics.some(({ incomplete }) => incomplete === true));
  });

  it("values: cut, with the number of characters that are not shown", () => {
    assert.equal(displayValue("x".repeat(longestValue)), "x".repeat(longestValue));
    assert.match(displayValue("x".repeat(longestValue + 7)) ?? "", /… \(7 more characters\)$/);
  });

  it("annotations: so many of a level, the last of which stands for the rest", () => {
    assert.equal(fleet.pools.length, 1500);
    const all = annotations(fleet);
    assert.ok(all.length > 0);
    for (const level of ["error", "warning", "notice"])
      assert.ok(all.filter((one) => one.level === level).length <= mostPerLevel, level);
  });

  it("the comment: shortened to what a forge takes, with its worst first", () => {
    const comment = renderComment(fleet, { key: "k" });
    assert.ok(comment.length <= commentBudget);
    assert.match(comment, /1,?500/);
  });
});
