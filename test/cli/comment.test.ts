import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { pullOfEvent } from "../../src/github/pull-of-event.ts";
import type { RepositoryAccess } from "../../src/github/repository.ts";
import type { Report } from "../../src/report/report.ts";
import { type Run, willItRoll } from "../built-program.ts";
import { GitHubServer } from "../github/server.ts";
import { folderWith } from "../temporary-folder.ts";
import { baseShoot, headShoot } from "./example-shoot.ts";

const run = {
  head_sha: "b".repeat(40),
  head_branch: "larger",
  head_repository: { owner: { login: "stranger" } },
};

interface Trial {
  readonly server: GitHubServer;
  readonly cwd: string;
  readonly post: (file?: string) => Promise<Run>;
}

/** A report as an untrusted workflow leaves it, and a trusted one that posts it. */
async function trial(context: TestContext): Promise<Trial> {
  const event = JSON.stringify({ workflow_run: { ...run, pull_requests: [{ number: 7 }] } });
  const cwd = folderWith(context, { "base.yaml": baseShoot, "head.yaml": headShoot, "event.json": event });
  await willItRoll(["base.yaml", "head.yaml", "--format", "json=report.json"], { cwd });
  const server = await new GitHubServer(cwd).start(context);
  const env = {
    GITHUB_REPOSITORY: "octo/repo",
    GITHUB_API_URL: server.url,
    GITHUB_TOKEN: "ghs_secret",
    GITHUB_EVENT_PATH: join(cwd, "event.json"),
    GITHUB_WORKFLOW: "comment",
    GITHUB_RUN_NUMBER: "3",
  };
  return { server, cwd, post: (file = "report.json") => willItRoll(["comment", "--from", file], { cwd, env }) };
}

describe("comment --from", () => {
  it("posts the report once, and keeps it true", async (context) => {
    const { server, post } = await trial(context);
    const first = await post();
    assert.equal(first.code, 0, first.stderr);
    assert.equal(server.comments.length, 1);
    assert.match(server.comments[0]?.body ?? "", /will have its nodes replaced/);
    assert.equal((await post()).code, 0);
    assert.equal(server.comments.length, 1);
    assert.deepEqual(server.problems, []);
  });

  it("refuses what is no report, before it asks anybody", async (context) => {
    const { server, cwd, post } = await trial(context);
    const report = JSON.parse(readFileSync(join(cwd, "report.json"), "utf8")) as Report;
    writeFileSync(join(cwd, "wrong.json"), JSON.stringify({ ...report, verdict: "harmless" }));
    const { code, stderr } = await post("wrong.json");
    assert.equal(code, 3);
    assert.match(stderr, /wrong\.json is no report of format version 1\.0: .*verdict/);
    assert.deepEqual(server.requests, []);
  });

  it("says which variable is missing", async () => {
    const { code, stderr } = await willItRoll(["comment", "--from", "schemas/report.json"]);
    assert.notEqual(code, 0);
    assert.match(stderr, /is no report/);
    assert.match((await willItRoll(["comment"])).stderr, /comment on which report/);
  });
});

describe("the pull request of an event", () => {
  const asked: unknown[] = [];
  const list = (parameters: unknown): Promise<{ data: { number: number; head: { sha: string } }[] }> => {
    asked.push(parameters);
    return Promise.resolve({
      data: [
        { number: 4, head: { sha: "a".repeat(40) } },
        { number: 5, head: { sha: run.head_sha } },
      ],
    });
  };
  const client = { rest: { pulls: { list } } } as unknown as RepositoryAccess["client"];
  const access: RepositoryAccess = { client, owner: "octo", repo: "repo" };

  it("is found by branch and commit where it comes from a fork", async () => {
    assert.equal(await pullOfEvent(access, { workflow_run: { ...run, pull_requests: [] } }), 5);
    assert.deepEqual(asked, [{ owner: "octo", repo: "repo", head: "stranger:larger", state: "open", per_page: 100 }]);
  });

  it("is none when the branch has moved on", async () => {
    const moved = { ...run, head_sha: "c".repeat(40), pull_requests: [] };
    assert.equal(await pullOfEvent(access, { workflow_run: moved }), undefined);
  });
});
