import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { folderWith } from "../temporary-folder.ts";
import { at, old, rolled, serverFor, shoot } from "./pull-request.ts";
import { pullRequest, runAction, type RunOptions } from "./runner.ts";

describe("what is wrong with a workflow is said in plain words", { concurrency: 4 }, () => {
  const none = "0".repeat(40);
  for (const [what, options, said] of [
    [
      "an event that cannot be read",
      { environment: { GITHUB_EVENT_PATH: "/nowhere.json" } },
      /^::error .*cannot read the event at \/nowhere\.json: ENOENT/m,
    ],
    [
      "a pull request that lacks what is compared",
      { event: "pull_request", payload: { pull_request: { number: 1, head: { sha: "1".repeat(40) }, base: null } } },
      /^::error .*cannot read the event at .*: its pull_request has no base\.sha/m,
    ],
    [
      "a push that deletes a branch",
      { event: "push", payload: { before: "1".repeat(40), after: none } },
      /^::error .*the push deleted a branch: there is nothing to compare/m,
    ],
    [
      "a schedule without sides",
      { event: "schedule" },
      /^::error .*the event "schedule" does not say what to compare\. Set the inputs base and head, or run on/m,
    ],
    [
      "no token for the head of a stranger",
      { event: "pull_request_target", inputs: { "github-token": "" } },
      /^::error .*without a checkout the input github-token is needed/m,
    ],
    ["no repository", { environment: { GITHUB_REPOSITORY: "" } }, /^::error .*GITHUB_REPOSITORY is not set/m],
    [
      "a configuration that the base does not have",
      { inputs: { config: "ci/roll.yaml" } },
      /^::error .*input config: ci\/roll\.yaml is not on the base side, which alone is asked\. Merge it first/m,
    ],
    [
      "a configuration that is a folder",
      { inputs: { config: "ci" } },
      /^::error .*input config: ci is not on the base side/m,
    ],
    [
      "rules that the base does not have",
      { inputs: { config: "other.yaml" } },
      /^::error .*other\.yaml:1: rules\[0\]: ci\/gone\.yaml is not on the base side, which alone is asked\. The path begins at/m,
    ],
  ] satisfies readonly (readonly [string, RunOptions, RegExp])[])
    test(what, async (context) => {
      const base = { ...old, "ci/x.md": "x", "other.yaml": "rules: [ci/gone.yaml]\n" };
      const pull = pullRequest(context, base, rolled);
      const server = await serverFor(context, pull);
      for (const workspace of [pull.repository.folder, "/nowhere"]) {
        const outcome = await runAction(context, server, at(pull, { workspace, ...options }));
        assert.equal(outcome.status, 1, outcome.log);
        assert.match(outcome.log, said);
        assert.doesNotMatch(outcome.log, /a bug in will-it-roll/);
        assert.equal(outcome.outputs["verdict"], undefined);
      }
    });

  test("a commit without a parent has nothing to be compared with", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const server = await serverFor(context, pull);
    const root = pull.repository.git("rev-list", "--max-parents=0", "HEAD");
    const outcome = await runAction(context, server, at(pull, { commit: root, workspace: "/nowhere" }));
    assert.match(outcome.log, /^::error .*has no parent to compare with\. Give the inputs base and head/m);
  });

  test("more changed folders than are listed one by one, where GitHub cuts the list", async (context) => {
    const fleet = (version: string): Record<string, string> =>
      Object.fromEntries(Array.from({ length: 401 }, (_, index) => [`c${index}/a.yaml`, shoot(`c${index}`, version)]));
    const pull = pullRequest(context, fleet("1.33.0"), fleet("1.34.0"));
    const server = await serverFor(context, pull);
    server.isTruncating = true;
    const outcome = await runAction(context, server, at(pull, { workspace: "/nowhere" }));
    assert.equal(outcome.status, 1, outcome.log);
    assert.match(outcome.log, /^::error .*GitHub cuts the list of this repository's files.*with fetch-depth: 2/m);
    assert.ok(server.count(/git\/trees/) < 500);
  });
});

describe("what is not as usual, and no fault", { concurrency: 4 }, () => {
  test("branches as sides, without a checkout", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const server = await serverFor(context, pull);
    const inputs = { base: "main", head: "topic" };
    const outcome = await runAction(context, server, { event: "schedule", inputs });
    assert.equal(outcome.outputs["verdict"], "replace", outcome.log);
    assert.deepEqual(server.problems, []);
  });

  test("a pull request without labels, as programs that imitate GitHub write it", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const event = pull.payload as { readonly pull_request: object };
    const { labels: _, ...without } = event.pull_request as { readonly labels: unknown };
    const server = await serverFor(context, pull);
    const outcome = await runAction(context, server, at(pull, { payload: { ...event, pull_request: without } }));
    assert.deepEqual([outcome.status, outcome.outputs["verdict"]], [0, "replace"], outcome.log);
  });

  test("no git, where GitHub has the files", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const server = await serverFor(context, pull);
    const environment = { PATH: folderWith(context, {}) };
    const outcome = await runAction(context, server, at(pull, { environment }));
    assert.equal(outcome.outputs["verdict"], "replace", outcome.log);
    assert.match(outcome.log, /^will-it-roll: The files were read from GitHub: git is not installed/m);
  });

  test("a summary that cannot be written", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const server = await serverFor(context, pull);
    const folder = join(folderWith(context, {}), "summary");
    mkdirSync(folder);
    const environment = { GITHUB_STEP_SUMMARY: folder };
    const outcome = await runAction(context, server, at(pull, { environment }));
    assert.equal(outcome.status, 0, outcome.log);
    assert.match(outcome.log, /^::warning .*the job summary could not be written: EISDIR/m);
    assert.equal(server.comments.length, 1);
  });

  test("another attempt at the run of a pull request that was just opened: it may have a comment by now", async (context) => {
    const pull = pullRequest(context, old, { "README.md": "# hi\n" }, { action: "opened" });
    const server = await serverFor(context, pull);
    await runAction(context, server, at(pull, { environment: { GITHUB_RUN_ATTEMPT: "2" } }));
    assert.equal(server.count(/^GET .*comments/), 1);
  });
});
