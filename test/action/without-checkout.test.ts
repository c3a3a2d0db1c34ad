import assert from "node:assert/strict";
import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { cloneOf } from "../sources/git/repository.ts";
import { shoot, old, rolled, serverFor, at } from "./pull-request.ts";
import { pullRequest, runAction } from "./runner.ts";

describe("the Action without what it needs of a checkout", { concurrency: 4 }, () => {
  test("without a checkout the same verdict comes from GitHub, in as many requests whatever the repository's size", async (context) => {
    const others = (count: number): Record<string, string> =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`d${index % 10}/f${index}.yaml`, `kind: Service\nx: ${index}\n`]),
      );
    const counts: number[] = [];
    for (const size of [1, 1500]) {
      const pull = pullRequest(context, { ...old, ...others(size) }, rolled);
      const server = await serverFor(context, pull);
      const outcome = await runAction(context, server, { commit: pull.merge, payload: pull.payload });
      assert.equal(outcome.outputs["verdict"], "replace", outcome.log);
      assert.deepEqual(server.problems, []);
      assert.equal(outcome.gitProcesses, 0);
      counts.push(server.requests.length);
    }
    // One commit, two trees, a hundred files a request; then the comment: list, create, list again.
    assert.deepEqual(counts, [7, 7]);
  });

  test("without a checkout, manifests are known by what stands in them, and pictures are not fetched", async (context) => {
    const renamed = (files: Readonly<Record<string, string>>): Record<string, string> =>
      Object.fromEntries(Object.entries(files).map(([path, text]) => [path.replace(/\.yaml$/, ".md"), text]));
    const pictures = (letter: string): Record<string, string> =>
      Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`p${index}.png`, `\0${letter}`]));
    const pull = pullRequest(context, { ...renamed(old), ...pictures("a") }, { ...renamed(rolled), ...pictures("b") });
    const server = await serverFor(context, pull);
    const outcome = await runAction(context, server, { commit: pull.merge, payload: pull.payload });
    assert.equal(outcome.outputs["verdict"], "replace", outcome.log);
    assert.deepEqual(
      server.requests.filter((one) => one.includes("/git/blobs/")),
      [],
    );
  });

  test("without a checkout, as many changed files as there are take the promised number of requests", async (context) => {
    const services = (count: number, port: number): Record<string, string> =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `d${index % 10}/f${index}.yaml`,
          `apiVersion: v1\nkind: Service\nmetadata: {name: s${index}}\nspec: {port: ${port}}\n`,
        ]),
      );
    for (const files of [1, 10, 300]) {
      const promised = 4 + Math.ceil((2 * files) / 100) + 2;
      const pull = pullRequest(
        context,
        { ...old, ...services(files - 1, 80) },
        { ...rolled, ...services(files - 1, 81) },
      );
      const server = await serverFor(context, pull);
      for (const state of ["creates", "changes"]) {
        server.requests.length = 0;
        const run = state === "creates" ? 1 : 2;
        const outcome = await runAction(context, server, { commit: pull.merge, payload: pull.payload, run });
        assert.equal(outcome.outputs["verdict"], "replace", outcome.log);
        assert.equal(server.comments.length, 1);
        assert.ok(server.requests.length <= promised, `${state}, ${files} files:\n${server.requests.join("\n")}`);
      }
    }
  });

  test("trees that GitHub cuts are walked where they differ, never judged", async (context) => {
    const pull = pullRequest(
      context,
      { "deep/er/a.yaml": shoot("a", "1.33.0"), "other/b.yaml": shoot("b", "1.33.0") },
      { "deep/er/a.yaml": shoot("a", "1.34.0") },
    );
    const server = await serverFor(context, pull);
    server.isTruncating = true;
    const outcome = await runAction(context, server, { commit: pull.merge, payload: pull.payload });
    assert.deepEqual(JSON.parse(outcome.outputs["counts"] ?? "{}"), { replace: 1 }, outcome.log);
  });

  test("pull_request_target reads the head from GitHub and never from the checkout", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const server = await serverFor(context, pull);
    const outcome = await runAction(context, server, at(pull, { event: "pull_request_target", commit: pull.base }));
    assert.equal(outcome.outputs["verdict"], "replace", outcome.log);
    assert.equal(outcome.gitProcesses, 0);
  });

  test("a new branch, and a pull request with conflicts, are compared with where they left their base", async (context) => {
    const pull = pullRequest(context, { ...old, "b.yaml": shoot("b", "1.33.0") }, rolled);
    const { repository } = pull;
    repository.git("checkout", "-q", "main");
    repository.commit({ "b.yaml": shoot("b", "1.34.0") }, "the base moves on");
    repository.git("update-ref", "-d", "refs/pull/2/merge");
    const server = await serverFor(context, pull);
    const branch = { before: "0".repeat(40), after: pull.head, repository: { default_branch: "main" } };
    const pushed = await runAction(context, server, { event: "push", payload: branch, commit: pull.head });
    const conflict = await runAction(context, server, { event: "pull_request_target", payload: pull.payload });
    for (const { outputs, log } of [pushed, conflict])
      assert.deepEqual(JSON.parse(outputs["counts"] ?? "{}"), { replace: 1 }, log);
    assert.match(
      conflict.log,
      /no test merge of this head, as where there are conflicts, so it was compared with where it left its base/,
    );
    assert.deepEqual(server.problems, []);
    const gone = { ...branch, repository: { default_branch: "trunk" } };
    const lost = await runAction(context, server, { event: "push", payload: gone, commit: pull.head });
    assert.equal(lost.status, 1);
    assert.match(
      lost.log,
      /::error.*404: Not Found.*contents: read, or check the repository out first with fetch-depth: 0/,
    );
  });

  test("without a checkout links are followed as in one: to links, to folders, and not out of the repository", async (context) => {
    const versions = {
      "fleet/b.yaml": shoot("b", "1.33.0"),
      "versions/1.yaml": shoot("a", "1.33.0"),
      "versions/2.yaml": shoot("a", "1.34.0"),
    };
    const pull = pullRequest(context, versions, { "x.md": "x" });
    const { repository } = pull;
    const linked = (links: Readonly<Record<string, string>>): string => {
      for (const [path, target] of Object.entries(links)) {
        rmSync(join(repository.folder, path), { force: true });
        symlinkSync(target, join(repository.folder, path));
      }
      return repository.commit({});
    };
    repository.git("checkout", "-q", "main");
    const before = linked({ one: "versions/1.yaml", "versions/two": "2.yaml", "prod.yaml": "one" });
    const steps = [
      [{ "prod.yaml": "./versions/./two" }, "replace", /^(?![^]*::error)/],
      [{ "outside.yaml": "/etc/hostname" }, "none", /^::error title=link-leaves-tree,file=outside\.yaml/m],
      [{ "outside.yaml": "../../etc/hostname" }, "none", /^::error title=link-leaves-tree,file=outside\.yaml/m],
      [{ "loop.yaml": "loop.yaml" }, "none", /^::error title=link-leaves-tree,file=loop\.yaml/m],
      // As in a checkout: the Shoot is that of another folder.
      [{ "folder.yaml": "fleet" }, "rejected", /file=folder\.yaml\/b\.yaml/],
    ] as const;
    const server = await serverFor(context, pull);
    let last = before;
    for (const [links, verdict, said] of steps) {
      const after = linked(links);
      for (const workspace of [repository.folder, "/nowhere"]) {
        const push = { event: "push", payload: { before: last, after }, commit: after, workspace };
        const outcome = await runAction(context, server, push);
        assert.equal(outcome.outputs["verdict"], verdict, outcome.log);
        assert.match(outcome.log, said);
      }
      last = after;
    }
  });

  test("a run of the head itself, and of no merge, is compared with where that left its base", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const { repository, base } = pull;
    repository.git("checkout", "-q", "topic");
    const head = repository.commit({ "later.md": "x" }, "the last commit of several");
    const server = await serverFor(context, pull);
    const payload = { pull_request: { number: 2, labels: [], head: { sha: head }, base: { sha: base } } };
    for (const workspace of [repository.folder, "/nowhere"]) {
      const outcome = await runAction(context, server, { commit: head, payload, workspace });
      assert.equal(outcome.outputs["verdict"], "replace", outcome.log);
    }
  });

  test("on an Enterprise Server its API is asked, and links lead to it", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const server = await serverFor(context, pull);
    const environment = { GITHUB_API_URL: `${server.url}/api/v3/`, GITHUB_SERVER_URL: "https://ghe.example.com" };
    const outcome = await runAction(context, server, { commit: pull.merge, payload: pull.payload, environment });
    assert.equal(outcome.outputs["verdict"], "replace", outcome.log);
    assert.ok(
      server.requests.every((one) => / \/api\/(?:v3\/repos\/octo\/repo\/|graphql)/.test(one)),
      server.requests.join("\n"),
    );
    assert.ok(server.comments[0]?.body.includes(`](https://ghe.example.com/octo/repo/blob/${pull.head}/a.yaml#L6)`));
    assert.deepEqual(server.problems, []);
  });

  test("a checkout that lacks a commit is made up for by GitHub: the log says so, and no comment", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const server = await serverFor(context, pull);
    const { folder } = cloneOf(context, pull.repository, "--depth=1", "--no-local");
    const merge = await runAction(context, server, at(pull, { workspace: folder }));
    assert.equal(merge.outputs["verdict"], "replace", merge.log);
    assert.match(
      merge.log,
      /read from GitHub: the checkout does not have [0-9a-f]{40} with its parents.*fetch-depth: 2/,
    );
    const push = { before: pull.base, after: pull.merge };
    const pushed = await runAction(context, server, at(pull, { event: "push", payload: push, workspace: folder }));
    assert.match(pushed.log, /read from GitHub: the checkout does not have both commits.*fetch-depth: 0/);
    for (const text of [server.comments[0]?.body ?? "", merge.summary, pushed.summary])
      assert.doesNotMatch(text, /read from GitHub/);
  });

  test("without a token a checkout that lacks a commit, or none at all, says what the workflow needs", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const server = await serverFor(context, pull);
    const { folder } = cloneOf(context, pull.repository, "--depth=1", "--no-local");
    const inputs = { "github-token": "" };
    const shallow = await runAction(context, server, at(pull, { workspace: folder, inputs }));
    assert.match(shallow.log, /::error.*the checkout does not have .*fetch-depth: 2.*input github-token is needed/);
    const none = await runAction(context, server, { commit: pull.merge, payload: pull.payload, inputs });
    assert.match(none.log, /::error.*there is no checkout.*input github-token is needed/);
    const whole = await runAction(context, server, at(pull, { inputs }));
    assert.match(whole.log, /::notice.*No comment was written, because the input github-token is empty/);
    assert.deepEqual([shallow.status, none.status, whole.status, server.requests], [1, 1, 0, []]);
  });
});
