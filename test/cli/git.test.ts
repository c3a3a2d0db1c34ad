import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import type { Report } from "../../src/report/report.ts";
import { willItRoll } from "../built-program.ts";
import { newRepository } from "../sources/git/repository.ts";
import { folderWith } from "../temporary-folder.ts";
import { baseShoot, headShoot } from "./example-shoot.ts";

function repository(context: TestContext): string {
  const cwd = folderWith(context, { "shoots/payments.yaml": baseShoot });
  const git = (...args: string[]): void => {
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", ...args], { cwd, stdio: "pipe" });
  };
  git("init", "-q", "-b", "main");
  git("add", ".");
  git("commit", "-qm", "Add payments");
  git("checkout", "-qb", "larger-machines");
  writeFileSync(join(cwd, "shoots/payments.yaml"), headShoot);
  git("commit", "-qam", "Larger machines");
  return cwd;
}

const verdict = async (args: readonly string[], cwd: string): Promise<string> => {
  const run = await willItRoll([...args, "--format", "json"], { cwd });
  assert.equal(run.code, 0, run.stderr);
  return (JSON.parse(run.stdout) as Report).verdict;
};

describe("git operands", () => {
  it("compare the merge base with the working tree when there are none", async (context) => {
    assert.equal(await verdict([], repository(context)), "replace");
  });

  it("are revisions, REV:PATH, or one beside a file", async (context) => {
    const cwd = repository(context);
    assert.equal(await verdict(["main", "larger-machines"], cwd), "replace");
    assert.equal(await verdict(["main"], cwd), "replace");
    assert.equal(await verdict(["HEAD"], cwd), "none");
    assert.equal(await verdict(["main:shoots/payments.yaml", "shoots/payments.yaml"], cwd), "replace");
    assert.equal(await verdict(["HEAD:shoots", "shoots"], cwd), "none");
  });

  it("are asked of the repository around a subfolder too", async (context) => {
    const cwd = repository(context);
    mkdirSync(join(cwd, "docs"));
    assert.equal(await verdict(["main", "HEAD"], join(cwd, "docs")), "replace");
  });

  it("give exit 3 for what is no revision, and suggest a command that was mistyped", async (context) => {
    const { code, stderr, stdout } = await willItRoll(["expalin", "ledger"], { cwd: repository(context) });
    assert.equal(code, 3);
    assert.equal(stdout, "");
    assert.match(stderr, /did you mean "explain"/);
    const whole = await willItRoll(["explian", "ledger", "main", "HEAD"], { cwd: repository(context) });
    assert.match(whole.stderr, /too many operands: explian ledger main HEAD \(did you mean "explain"\?\); give BASE/);
    const outside = await willItRoll(["mrege", "part.txt"], { cwd: folderWith(context, {}) });
    assert.match(outside.stderr, /mrege does not exist \(did you mean "merge"\?\), and no git repository is here/);
  });

  it("start at the working directory with a dot, as git has it, and else at the root", async (context) => {
    const cwd = repository(context);
    const below = join(cwd, "shoots");
    assert.equal(await verdict(["main:./payments.yaml", "HEAD:./payments.yaml"], below), "replace");
    assert.equal(await verdict(["main:../shoots", "HEAD:shoots"], below), "replace");
    assert.equal(await verdict(["main:.", "HEAD:./"], below), "replace");
    assert.equal(await verdict(["main:./shoots", "HEAD:/shoots/"], cwd), "replace");
    for (const [path, why] of [
      ["./shoots", /shoots\/shoots is not a file or folder in main or HEAD/],
      ["payments.yaml", /payments\.yaml is not a file or folder in main or HEAD/],
      ["../../x", /main:\.\.\/\.\.\/x leads out of the repository/],
    ] as const) {
      const { code, stderr } = await willItRoll([`main:${path}`, `HEAD:${path}`], { cwd: below });
      assert.equal(code, 3);
      assert.match(stderr, why);
    }
  });

  it("say how a part of two revisions is written", async (context) => {
    const cwd = repository(context);
    for (const operands of [
      ["main...HEAD", "--", "shoots"],
      ["main..HEAD", "shoots"],
    ]) {
      const { code, stderr } = await willItRoll(operands, { cwd });
      assert.equal(code, 2);
      assert.match(
        stderr,
        /main\.{2,3}HEAD is a range, which names both sides: give it alone\. .* BASE:PATH HEAD:PATH/,
      );
    }
    const three = await willItRoll(["main", "HEAD", "--", "shoots"], { cwd });
    assert.equal(three.code, 2);
    assert.match(three.stderr, /too many operands: main HEAD shoots; .* BASE:PATH HEAD:PATH/);
  });

  it("are not one file and a whole revision, which would count its other manifests as new or deleted", async (context) => {
    const cwd = repository(context);
    for (const operands of [
      ["main", "shoots/payments.yaml"],
      ["shoots/payments.yaml", "main"],
    ]) {
      const { code, stderr } = await willItRoll(operands, { cwd });
      assert.equal(code, 2);
      assert.match(stderr, /is one file and main no path, so a whole revision: give main:\.\/shoots\/payments\.yaml/);
    }
  });

  it("that are a folder and a branch are the folder, which is said", async (context) => {
    const cwd = repository(context);
    execFileSync("git", ["branch", "shoots", "main"], { cwd });
    const said =
      /^will-it-roll: shoots was read as what is here .* revision too: for that, write refs\/heads\/shoots$/m;
    assert.match((await willItRoll(["shoots", "HEAD"], { cwd })).stderr, said);
    for (const plain of [
      ["./shoots", "HEAD:shoots"],
      ["refs/heads/shoots", "HEAD"],
    ])
      assert.equal((await willItRoll(plain, { cwd })).stderr, "");
  });

  it("ask for the other side of a file", async (context) => {
    const { code, stderr } = await willItRoll(["shoots/payments.yaml"], { cwd: repository(context) });
    assert.equal(code, 2);
    assert.match(stderr, /will-it-roll HEAD:\.\/shoots\/payments\.yaml shoots\/payments\.yaml/);
    const stdin = await willItRoll(["-"], { cwd: folderWith(context, {}) });
    assert.match(stdin.stderr, /- is one side: .* will-it-roll BASE -\n/);
  });
});

describe("git processes of a run", () => {
  /** A `git` that counts its starts. */
  const counting = (context: TestContext) => {
    const folder = folderWith(context, {
      git: `#!/bin/sh\necho x >> "$(dirname "$0")/starts"\nPATH=\${PATH#*:} exec git "$@"\n`,
    });
    chmodSync(join(folder, "git"), 0o755);
    return {
      env: { PATH: `${folder}:${process.env["PATH"] ?? ""}` },
      count: () => readFileSync(join(folder, "starts"), "utf8").split("\n").length - 1,
    };
  };
  const many = (change: string) =>
    Object.fromEntries(
      Array.from({ length: 300 }, (_, at) => [
        `d${at}/f.yaml`,
        `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d${at}}\nspec: {replicas: ${change}}\n`,
      ]),
    );
  const pool = `apiVersion: hypershift.openshift.io/v1beta1\nkind: NodePool\nmetadata: {name: np}\nspec: {clusterName: c, config: [{name: kubelet}]}\n`;
  const map = (max: number) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kubelet}\ndata: {config: "maxPods: ${max}"}\n`;

  const processesOf = async (
    context: TestContext,
    base: Readonly<Record<string, string>>,
    head: Readonly<Record<string, string>>,
  ): Promise<number> => {
    const tree = newRepository(context);
    tree.commit(base);
    tree.commit(head);
    const { env, count } = counting(context);
    const run = await willItRoll(["HEAD^", "HEAD", "--stats"], { cwd: tree.folder, env });
    assert.equal(run.code, 0, run.stderr);
    assert.match(run.stderr, new RegExp(`, ${count()} git processes`));
    return count();
  };

  it("are two, however much changed", async (context) => {
    assert.equal(
      await processesOf(context, { "s.yaml": baseShoot, ...many("1") }, { "s.yaml": headShoot, ...many("2") }),
      2,
    );
  });

  it("are one more where unchanged users are looked for", async (context) => {
    assert.equal(
      await processesOf(context, { "m.yaml": map(1), "p.yaml": pool, ...many("1") }, { "m.yaml": map(2) }),
      3,
    );
  });

  it("are one more where a profile changed, whose Shoots are looked for", async (context) => {
    const profile = (caBundle: string): string =>
      `apiVersion: core.gardener.cloud/v1beta1\nkind: CloudProfile\nmetadata: {name: aws}\nspec: {caBundle: ${caBundle}}\n`;
    assert.equal(
      await processesOf(context, { "p.yaml": profile("a"), "s.yaml": baseShoot }, { "p.yaml": profile("b") }),
      3,
    );
  });

  it("are one more where something may be rendered", async (context) => {
    const files = { "s.yaml": baseShoot, "other/kustomization.yaml": "resources: []\n" };
    assert.equal(await processesOf(context, files, { "s.yaml": headShoot }), 3);
  });
});

describe("git operands with templates beside what changed", () => {
  const pool = (config: string) =>
    `apiVersion: hypershift.openshift.io/v1beta1\nkind: NodePool\nmetadata: {name: "{{ .Values.name }}"}\nspec: {clusterName: c, config: [{name: ${config}}]}\n`;
  const map = (name: string, max: number) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {config: "maxPods: ${max}"}\n`;
  const run = async (context: TestContext, files: Readonly<Record<string, string>>) => {
    const tree = newRepository(context);
    tree.commit({ "m.yaml": map("kubelet", 1), ...files });
    tree.commit({ "m.yaml": map("kubelet", 2) });
    const result = await willItRoll(["HEAD^", "HEAD", "--format", "json"], { cwd: tree.folder });
    return { code: result.code, ...(JSON.parse(result.stdout) as Report) };
  };

  it("are not complete when one of them may use it", async (context) => {
    const report = await run(context, { "deep/er/np.yaml": pool('"{{ .Values.config }}"') });
    assert.equal(report.complete, false);
    assert.deepEqual(
      report.diagnostics.map(({ code, file }) => [code, file]),
      [["template", "deep/er/np.yaml"]],
    );
  });

  it("do not make a side unreadable that held no other manifests", async (context) => {
    const tree = newRepository(context);
    tree.commit({ "deep/er/np.yaml": pool('"{{ .Values.config }}"') });
    tree.commit({ "m.yaml": map("kubelet", 2) });
    const { code, stdout } = await willItRoll(["HEAD^", "HEAD", "--format", "json"], { cwd: tree.folder });
    const report = JSON.parse(stdout) as Report;
    assert.deepEqual([code, report.complete, report.diagnostics.map(({ code: one }) => one)], [0, false, ["template"]]);
  });

  it("leave a report where they are all that differs between two revisions", async (context) => {
    const tree = newRepository(context);
    tree.commit({ "a.md": "a\n" });
    tree.commit({ "np.yaml": "kind: NodePool\nmetadata:\n  name: {{ name }}\n" });
    const { code, stdout } = await willItRoll(["HEAD^", "HEAD", "--format", "json"], { cwd: tree.folder });
    const report = JSON.parse(stdout) as Report;
    assert.deepEqual([code, report.verdict, report.diagnostics.map((one) => one.code)], [0, "unknown", ["template"]]);
  });

  it("are complete when none can", async (context) => {
    const report = await run(context, { "np.yaml": pool("other"), "c/m.yaml": map("{{ .Values.config }}", 1) });
    assert.equal(report.complete, true);
    assert.deepEqual(report.diagnostics, []);
  });
});
