import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { describe, test } from "node:test";
import { type Fault, GitHubServer } from "../github/server.ts";
import { folderWith } from "../temporary-folder.ts";
import { old, rolled, shoot } from "./pull-request.ts";
import { pullRequest, runAction } from "./runner.ts";

const list = { method: "GET", path: /issues\/2\/comments$/ };
const write = { method: "POST", path: /issues\/2\/comments$/ };
const limit = { "retry-after": "1", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "0" };

interface Trial {
  readonly name: string;
  readonly fault: Fault;
  /** How many comments there are in the end. */
  readonly comments: 0 | 1;
  readonly notice?: RegExp;
  /** How many times it was tried to write one, where that matters. */
  readonly writes?: number;
}

/** What GitHub and the network do to a run that has something to say. The verdict is never lost, nor said twice. */
const trials: readonly Trial[] = [
  { name: "401 on the list", fault: { ...list, times: 9, status: 401 }, comments: 0, notice: /not written \(401/ },
  {
    name: "403 for a read-only token",
    fault: { ...write, times: 9, status: 403, body: { message: "Resource not accessible by integration" } },
    comments: 0,
    writes: 1,
    notice: /read-only token/,
  },
  { name: "404 on the list", fault: { ...list, times: 9, status: 404 }, comments: 0, notice: /not written \(404/ },
  {
    name: "409 on the write",
    fault: { ...write, times: 9, status: 409 },
    comments: 0,
    writes: 1,
    notice: /not written \(409/,
  },
  { name: "422 for a body that is too long, once", fault: { ...write, times: 1, status: 422 }, comments: 1, writes: 2 },
  {
    name: "422 whatever the length",
    fault: { ...write, times: 9, status: 422 },
    comments: 0,
    writes: 3,
    notice: /not written \(422/,
  },
  {
    name: "a primary rate limit on the list",
    fault: { ...list, times: 1, status: 403, headers: limit, body: { message: "API rate limit exceeded" } },
    comments: 1,
  },
  {
    name: "a secondary rate limit on the write",
    fault: {
      ...write,
      times: 1,
      status: 403,
      headers: { "retry-after": "1" },
      body: { message: "You have exceeded a secondary rate limit" },
    },
    comments: 1,
  },
  {
    name: "429 on the write",
    fault: {
      ...write,
      times: 1,
      status: 429,
      headers: { "retry-after": "1" },
      body: { message: "You have exceeded a secondary rate limit" },
    },
    comments: 1,
  },
  {
    name: "a rate limit that lasts an hour",
    fault: {
      ...write,
      times: 9,
      status: 429,
      headers: { "retry-after": "3600" },
      body: { message: "You have exceeded a secondary rate limit" },
    },
    comments: 0,
    writes: 1,
    notice: /not written \(429/,
  },
  { name: "500 after the write took effect", fault: { ...write, times: 1, status: 500, isAfter: true }, comments: 1 },
  { name: "502 before the write", fault: { ...write, times: 1, status: 502 }, comments: 1 },
  {
    name: "502 for ever",
    fault: { ...write, times: 99, status: 502 },
    comments: 0,
    writes: 2,
    notice: /not written \(502/,
  },
  { name: "502 once on the list", fault: { ...list, times: 1, status: 502 }, comments: 1 },
  { name: "a connection cut before the write", fault: { ...write, times: 1, isCut: true }, comments: 1 },
  {
    name: "a connection cut after the write took effect",
    fault: { ...write, times: 1, isCut: true, isAfter: true },
    comments: 1,
  },
  { name: "a connection cut on the list", fault: { ...list, times: 1, isCut: true }, comments: 1 },
  { name: "a slow answer", fault: { ...list, times: 1, delay: 1500 }, comments: 1 },
];

describe("faults of GitHub", { concurrency: 6 }, () => {
  for (const { name, fault, comments, notice, writes } of trials)
    test(name, async (context) => {
      const pull = pullRequest(context, old, rolled);
      const server = await new GitHubServer(pull.repository.folder).start(context);
      server.faults.push(fault);
      const outcome = await runAction(context, server, {
        commit: pull.merge,
        payload: pull.payload,
        workspace: pull.repository.folder,
      });
      assert.equal(outcome.status, 0, outcome.log);
      assert.equal(outcome.outputs["verdict"], "replace");
      assert.match(outcome.summary, /will have its nodes replaced/);
      assert.equal(server.comments.length, comments, outcome.log);
      if (notice !== undefined) assert.match(outcome.log, notice);
      assert.ok(server.requests.length < 20, "retries are bounded");
      if (writes !== undefined) assert.equal(server.count(/^POST .*comments$/), writes);
    });

  test("without a checkout, trees that cannot be read fail the check and say how to go on", async (context) => {
    const pull = pullRequest(context, old, rolled);
    for (const status of [401, 404]) {
      const server = await new GitHubServer(pull.repository.folder).start(context);
      server.faults.push({ method: "GET", path: /git\/(?:trees|commits)/, times: 99, status });
      const outcome = await runAction(context, server, { commit: pull.merge, payload: pull.payload });
      assert.equal(outcome.status, 1);
      assert.match(outcome.log, /^::error .*could not be read from GitHub.*contents: read/m);
    }
  });

  test("what GraphQL refuses is no bug of this program, and it is said how to go on", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const inAnHour = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Math.ceil(Date.now() / 1000) + 3600) };
    const refusals = [
      { type: "FORBIDDEN", message: "Resource not accessible by integration", headers: {}, advice: /contents: read/ },
      { type: "RATE_LIMITED", message: "API rate limit exceeded", headers: inAnHour, advice: /Run the job again/ },
    ];
    for (const { type, message, headers, advice } of refusals) {
      const server = await new GitHubServer(pull.repository.folder).start(context);
      const body = { data: { repository: null }, errors: [{ type, message }] };
      server.faults.push({ method: "POST", path: /graphql$/, times: 99, status: 200, headers, body });
      const outcome = await runAction(context, server, { commit: pull.merge, payload: pull.payload });
      assert.equal(outcome.status, 1);
      assert.match(outcome.log, /^::error .*could not be read from GitHub/m);
      assert.match(outcome.log, advice);
      assert.doesNotMatch(outcome.log, /a bug in will-it-roll/);
    }
  });

  test("a rate limit on reading is no lack of a permission, nor of a file", async (context) => {
    const pull = pullRequest(context, old, { ...rolled, "cut.yaml": `# ${"ö".repeat(300_000)}\n` });
    const message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
    for (const path of [/git\/trees/, /git\/blobs/]) {
      const server = await new GitHubServer(pull.repository.folder).start(context);
      const headers = { "retry-after": "600" };
      server.faults.push({ method: "GET", path, times: 99, status: 403, headers, body: { message } });
      const outcome = await runAction(context, server, { commit: pull.merge, payload: pull.payload });
      assert.equal(outcome.status, 1, outcome.log);
      assert.match(outcome.log, /^::error .*from GitHub \(429: You have exceeded .*Run the job again, or check/m);
      assert.doesNotMatch(outcome.log, /contents: read/);
    }
  });

  test("a file of more than 100 MB is not read; the rest is, and the check fails for what is not known", async (context) => {
    const pull = pullRequest(context, old, { ...rolled, "huge.yaml": "x" });
    const server = await new GitHubServer(pull.repository.folder).start(context);
    server.huge.add(pull.repository.git("rev-parse", `${pull.merge}:huge.yaml`));
    const outcome = await runAction(context, server, { commit: pull.merge, payload: pull.payload });
    assert.equal(outcome.outputs["verdict"], "replace", outcome.log);
    assert.equal(outcome.status, 1);
    assert.match(outcome.log, /::error title=file-too-large,file=huge\.yaml/);
  });

  test("hostile names, values, labels and branches break out of nothing", async (context) => {
    const evil =
      "</details>|`@octocat`<img src=x onerror=1>\u001b[31m\u202E#1 [x](javascript:1)\n::error::pwned\n::set-output name=x::y";
    const manifest = (version: string): string =>
      shoot("a", version)
        .replace("region: eu", `region: eu\n  purpose: ${JSON.stringify(`${evil}${version}${"x".repeat(1_000_000)}`)}`)
        .replace("name: a,", `name: ${JSON.stringify(evil)},`);
    const path = "a`|<b>@octocat.yaml";
    const pull = pullRequest(
      context,
      { [path]: manifest("1.33.0") },
      { [path]: manifest("1.34.0") },
      { labels: [evil] },
    );
    const server = await new GitHubServer(pull.repository.folder).start(context);
    const outcome = await runAction(context, server, {
      commit: pull.merge,
      payload: pull.payload,
      workspace: pull.repository.folder,
      inputs: { "comment-key": evil },
    });
    const body = server.comments[0]?.body ?? "";
    for (const text of [body, outcome.summary, outcome.log]) {
      assert.ok(!text.includes("\u001b") && !text.includes("\u202E"));
      assert.doesNotMatch(text, /^::error::pwned|^::set-output/m);
    }
    for (const text of [body, outcome.summary])
      assert.doesNotMatch(
        text.replaceAll(/```[^]*?```|`[^`\n]*`|<code>[^<]*<\/code>/g, ""),
        /<img|@octocat|\]\(javascript/,
      );
    assert.ok(body.length <= 60_000);
    assert.ok(Buffer.byteLength(outcome.summary) < 1024 * 1024);
    assert.ok(outcome.log.length < 200_000);
  });
});

test("a git that says nothing more fails the check, and no verdict is given", async (context) => {
  const pull = pullRequest(context, old, rolled);
  const server = await new GitHubServer(pull.repository.folder).start(context);
  const folder = folderWith(context, { git: "#!/bin/sh\nexec sleep 600\n" });
  chmodSync(`${folder}/git`, 0o755);
  const options = { commit: pull.merge, payload: pull.payload, workspace: pull.repository.folder };
  const environment = { PATH: `${folder}:${process.env["PATH"] ?? ""}` };
  const outcome = await runAction(context, server, { ...options, environment, inputs: { "git-timeout": "0.3" } });
  assert.equal(outcome.status, 1, outcome.log);
  assert.match(outcome.log, /^::error.*git cat-file said nothing for 0\.3 s and was stopped/m);
  assert.equal(outcome.outputs["verdict"], undefined);
  const wrong = await runAction(context, server, { ...options, inputs: { "git-timeout": "soon" } });
  assert.equal(wrong.status, 1, wrong.log);
  assert.match(wrong.log, /^::error.*input git-timeout: write a number of seconds/m);
});

test("an unchanged file that GitHub does not hand out may use what changed, which is said", async (context) => {
  const config = (value: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shared, namespace: clusters}\ndata: {config: "${value}"}\n`;
  const huge = { "huge.yaml": "kind: NodePool\n" };
  const pull = pullRequest(context, { "a.yaml": config("1"), ...huge }, { "a.yaml": config("2"), ...huge });
  const server = await new GitHubServer(pull.repository.folder).start(context);
  server.huge.add(pull.repository.git("rev-parse", `${pull.merge}:huge.yaml`));
  const inputs = { strict: "true" };
  const outcome = await runAction(context, server, { commit: pull.merge, payload: pull.payload, inputs });
  assert.equal(outcome.status, 1, outcome.log);
  assert.match(outcome.log, /title=file-too-large,file=huge\.yaml::the unchanged file may use what changed/);
});
