import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { willItRoll } from "../built-program.ts";
import { newRepository } from "../sources/git/repository.ts";
import { folderWith, temporaryFolder } from "../temporary-folder.ts";
import { baseShoot } from "./example-shoot.ts";

const nodePool =
  "apiVersion: hypershift.openshift.io/v1beta1\nkind: NodePool\nmetadata: {name: np}\nspec: {clusterName: c}\n";

const sides = ["examples/gardener.base.yaml", "examples/gardener.head.yaml"];

describe("explain", () => {
  it("prints every input of a pool, both sides", async () => {
    const { code, stdout } = await willItRoll(["explain", "payments/ledger", ...sides]);
    assert.equal(code, 0);
    assert.match(stdout, /^garden-prod\/payments\/ledger \(gardener\)/);
    assert.match(stdout, /different +gardener\/machine-type +"r6i\.2xlarge" -> "r6i\.4xlarge"/);
    assert.match(stdout, /equal +gardener\/\S+/);
  });

  it("is JSON on demand", async () => {
    const { stdout } = await willItRoll(["explain", "ledger", ...sides, "--format", "json"]);
    const [pool] = JSON.parse(stdout) as { inputs: { rule: string; equal: boolean }[] }[];
    assert.deepEqual(
      pool?.inputs.filter(({ equal }) => !equal).map(({ rule }) => rule),
      ["gardener/machine-type"],
    );
  });

  it("says of an input that cannot be worked out why, and shows the others", async (context) => {
    const folder = temporaryFolder(context);
    const cluster =
      "apiVersion: hypershift.openshift.io/v1beta1\nkind: HostedCluster\nmetadata: {name: c}\nspec: {sshKey: {name: k}}\n";
    writeFileSync(join(folder, "np.yaml"), `${cluster}---\n${nodePool}`);
    const { code, stdout, stderr } = await willItRoll(["explain", "c/np", "np.yaml", "np.yaml"], { cwd: folder });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /unknown +hypershift\/ssh-key +\(the Secret k is not among the manifests; .*\)\n/);
    assert.match(stdout, /equal +hypershift\/fips +false\n/);
  });

  it("tells pools of one name in two folders apart, and takes the name that reports show", async (context) => {
    const folder = temporaryFolder(context);
    const hosted =
      "apiVersion: hypershift.openshift.io/v1beta1\nkind: HostedCluster\nmetadata: {name: c}\nspec: {}\n---\n";
    for (const side of ["old", "new"])
      for (const stage of ["dev", "prod"]) {
        mkdirSync(join(folder, side, stage), { recursive: true });
        writeFileSync(join(folder, side, stage, "np.yaml"), hosted + nodePool);
      }
    const headings = (text: string): string[] => text.split("\n").filter((line) => /^\S/.test(line));
    const both = await willItRoll(["explain", "c/np", "old", "new"], { cwd: folder });
    assert.deepEqual(headings(both.stdout), ["c (dev)/np (hypershift)", "c (prod)/np (hypershift)"], both.stderr);
    const one = await willItRoll(["explain", "c (prod)/np", "old", "new", "--format", "json"], { cwd: folder });
    const pools = JSON.parse(one.stdout) as { application?: string }[];
    assert.deepEqual(
      pools.map(({ application }) => application),
      ["prod"],
    );
  });

  it("says when there is no such pool", async (context) => {
    for (const [given, meant] of [
      ["legder", "ledger"],
      ["payment/ledger", "payments/ledger"],
      ["garden-prd/payments/ledger", "garden-prod/payments/ledger"],
    ] as const) {
      const { code, stderr } = await willItRoll(["explain", given, ...sides]);
      assert.equal(code, 3);
      assert.ok(stderr.includes(`no pool is called ${given} (did you mean "${meant}"?)`), stderr);
    }
    const cluster = await willItRoll(["explain", "payments", ...sides]);
    assert.match(
      cluster.stderr,
      /no pool is called payments \(did you mean payments\/\w+, payments\/\w+, payments\/\w+\?\)/,
    );
    const wide = baseShoot.replace("workers:\n", (workers) => {
      const pool = (index: number): string => `      - {name: w${index}, machine: {type: m}, minimum: 1, maximum: 1}\n`;
      return workers + Array.from({ length: 11 }, (_, index) => pool(index)).join("");
    });
    const many = await willItRoll(["explain", "payments", "wide.yaml", "wide.yaml"], {
      cwd: folderWith(context, { "wide.yaml": wide }),
    });
    assert.match(many.stderr, /\(did you mean (?:payments\/\w+, ){10}\.\.\.\?\)/);
    const namespace = await willItRoll(["explain", "garden-prod", ...sides]);
    assert.match(namespace.stderr, /\(did you mean (?:garden-prod\/\w+(?:, )?){3}\?\)/);
    const far = await willItRoll(["explain", "nothing-of-this-name", ...sides]);
    assert.match(far.stderr, /no pool is called nothing-of-this-name in examples/);
  });

  it("knows pools that a change between revisions does not touch", async (context) => {
    const tree = newRepository(context);
    tree.commit({ "payments.yaml": baseShoot, "pool.yaml": nodePool, "README.md": "# hi\n" });
    tree.commit({ "README.md": "# hello\n" });
    for (const [pool, pattern] of [
      ["payments/ledger", /kubernetes/],
      ["np", /config/],
    ] as const) {
      const { code, stdout, stderr } = await willItRoll(["explain", pool, "HEAD^", "HEAD"], { cwd: tree.folder });
      assert.equal(code, 0, stderr);
      assert.match(stdout, pattern);
    }
  });
});
