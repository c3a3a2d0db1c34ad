import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { comment } from "../../src/cli/commands/comment.ts";
import { analyze } from "../../src/index.ts";
import { renderJson } from "../../src/views/json.ts";
import { decodeMarker } from "../../src/views/marker.ts";
import { GitHubServer } from "../github/server.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const side = (version: string) => ({
  label: version,
  files: [
    {
      path: "a.yaml",
      bytes: Buffer.from(
        `apiVersion: core.gardener.cloud/v1beta1\nkind: Shoot\nmetadata: {name: a, namespace: garden-x}\nspec: {region: eu, kubernetes: {version: ${version}}, provider: {type: aws, workers: [{name: cpu, machine: {type: m5.large}, minimum: 1, maximum: 2}]}}\n`,
      ),
    },
  ],
});

test("a second, trusted workflow posts a report, on the pull request that the event names", async (context) => {
  const folder = temporaryFolder(context);
  const server = await new GitHubServer(folder).start(context);
  const from = join(folder, "report.json");
  writeFileSync(from, renderJson(analyze(side("1.33.0"), side("1.34.0"))));
  const event = join(folder, "event.json");
  const head = "a".repeat(40);
  writeFileSync(
    event,
    JSON.stringify({ pull_request: { number: 2, head: { sha: head }, base: { sha: head }, labels: [] } }),
  );
  const before = { ...process.env };
  context.after(() => {
    process.env = before;
  });
  Object.assign(process.env, {
    GITHUB_TOKEN: "ghs_secret",
    GITHUB_REPOSITORY: "octo/repo",
    GITHUB_API_URL: server.url,
    GITHUB_EVENT_PATH: event,
    GITHUB_RUN_NUMBER: "4",
  });
  const run = async (path = from): Promise<number> =>
    await comment({ command: "comment", operands: [], values: { from: path, "comment-key": "k" } });
  assert.equal(await run(), 0);
  assert.equal(await run(), 0);
  assert.equal(server.comments.length, 1);
  assert.match(server.comments[0]!.body, /will have its nodes replaced/);
  assert.deepEqual(
    [decodeMarker(server.comments[0]!.body)?.key, decodeMarker(server.comments[0]!.body)?.head],
    ["k", head],
  );
  assert.deepEqual(server.problems, []);

  const { fingerprint } = analyze(side("1.33.0"), side("1.34.0"));
  const harmless = analyze(side("1.33.0"), side("1.33.1"));
  writeFileSync(join(folder, "claims.json"), renderJson({ ...harmless, fingerprint }));
  assert.equal(await run(join(folder, "claims.json")), 0);
  const marked = decodeMarker(server.comments[0]!.body)?.fingerprint;
  assert.equal(marked, harmless.fingerprint, "whoever sets the label after this comment accepts what it shows");

  writeFileSync(join(folder, "bad.json"), JSON.stringify({ formatVersion: "9" }));
  await assert.rejects(run(join(folder, "bad.json")), /its format is "9"/);
  const ofFork = (more: object = {}): void => {
    const workflow_run = {
      head_sha: head,
      head_branch: "topic",
      head_repository: { owner: { login: "fork" } },
      ...more,
    };
    writeFileSync(event, JSON.stringify({ workflow_run }));
  };
  server.pulls.push(
    { number: 7, owner: "octo", branch: "topic", sha: "b".repeat(40) },
    { number: 9, owner: "fork", branch: "topic", sha: head },
  );
  ofFork();
  server.requests.splice(0);
  assert.equal(await run(), 0);
  assert.equal(server.count(/^GET .*\/pulls\?.*head=fork%3Atopic/), 1, server.requests.join("\n"));
  assert.equal(server.count(/\/issues\/9\/comments/), 1, "the pull request of the fork, and no other of that branch");
  assert.deepEqual(server.problems, []);
  ofFork({ head_sha: "c".repeat(40) });
  await assert.rejects(run(), /no open pull request has c{40} as its head/);
  ofFork({ head_repository: null });
  assert.equal(await run(), 0);
  server.faults.push({ method: "GET", path: /pulls$/, times: 9, status: 404 });
  await assert.rejects(run(), /comment was not written \(404/);
  server.faults.push({ method: "GET", path: /comments/, times: 9, status: 403 });
  writeFileSync(
    event,
    JSON.stringify({ pull_request: { number: 2, head: { sha: head }, base: { sha: head }, labels: [] } }),
  );
  await assert.rejects(run(), /pull-requests: write/);
  server.faults.splice(0);
  server.faults.push({ method: "GET", path: /comments/, times: 1, status: 422 });
  await assert.rejects(run(), /comment was not written \(422: .*\)\. Run it again$/);
  server.faults.push({ method: "PATCH", path: /comments/, times: 9, status: 403, body: { message: "Not for you" } });
  await assert.rejects(run(), /comment was not written \(403: Not for you\)\. The token needs pull-requests: write$/);
  const message = "You have exceeded a secondary rate limit.";
  const headers = { "retry-after": "600" };
  server.faults.splice(0, 1, { method: "PATCH", path: /comments/, times: 9, status: 403, headers, body: { message } });
  await assert.rejects(run(), /comment was not written \(429: You have exceeded .*\)\. Run it again$/);
  server.faults.splice(0);
  delete process.env["GITHUB_TOKEN"];
  await assert.rejects(run(), /set GITHUB_TOKEN to a token with pull-requests: write/);
  process.env["GH_TOKEN"] = "ghs_secret";
  assert.equal(await run(), 0);
  writeFileSync(event, "{}");
  await assert.rejects(run(), /the event has no pull request\. Run this on pull_request or workflow_run/);
});
