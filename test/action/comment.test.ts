import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { decodeMarker, encodeMarker } from "../../src/views/marker.ts";
import { shoot, old, rolled, serverFor, at } from "./pull-request.ts";
import { pullRequest, pushTo, runAction } from "./runner.ts";

describe("the comment", { concurrency: 4 }, () => {
  test("a clean run after a rolling one corrects the comment, and one that never had an effect gets none", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const server = await serverFor(context, pull);
    await runAction(context, server, at(pull));
    const clean = pushTo(pull.repository, { "README.md": "# hi\n" });
    const outcome = await runAction(context, server, at(clean, { run: 2 }));
    assert.equal(outcome.status, 0, outcome.log);
    assert.equal(server.comments.length, 1);
    assert.match(server.comments[0]!.body, /No worker pool is touched/);
    assert.equal(decodeMarker(server.comments[0]!.body)?.head, clean.head);
    server.comments.length = 0;
    await runAction(context, server, at(clean, { run: 3 }));
    assert.equal(server.comments.length, 0);
  });

  test("a pull request that was just opened and touches nothing asks GitHub nothing", async (context) => {
    const pull = pullRequest(context, old, { "README.md": "# hi\n" }, { action: "opened" });
    const server = await serverFor(context, pull);
    const outcome = await runAction(context, server, at(pull));
    assert.equal(outcome.outputs["verdict"], "none");
    assert.deepEqual(server.requests, []);
  });

  test("an older run does not overwrite a newer one", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const server = await serverFor(context, pull);
    await runAction(context, server, at(pull, { run: 9 }));
    const body = server.comments[0]!.body;
    const outcome = await runAction(context, server, at(pull, { run: 8 }));
    assert.equal(server.comments[0]!.body, body);
    assert.match(outcome.log, /newer run/);
  });

  test("two runs racing leave one comment, that of the newer", async (context) => {
    for (const [other, isFirst] of [
      [3, false],
      [3, true],
      [7, false],
      [7, true],
    ] as const) {
      const pull = pullRequest(context, old, rolled);
      const server = await serverFor(context, pull);
      const marker = {
        key: "check/roll",
        fingerprint: "x",
        head: "f".repeat(40),
        run: { number: other, attempt: 1, time: "" },
      };
      server.onCreate = () => {
        server.add(`${encodeMarker(marker)}\nthe other run\n`, server.login, "Bot");
        if (isFirst) server.comments.reverse();
      };
      await runAction(context, server, at(pull, { run: 5 }));
      const bodies = server.comments.map(({ body }) => decodeMarker(body)?.run.number);
      // The newer one removes the older, or takes its place; the older leaves the newer, which removes it in its turn.
      assert.deepEqual(bodies, other === 3 ? [5] : isFirst ? [7] : [5, 7]);
    }
  });

  test("a copy that somebody makes of a comment at once is no newer run, and stays", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const server = await serverFor(context, pull);
    const run = { number: 9, attempt: 1, time: "" };
    const copy = `${encodeMarker({ key: "check/roll", fingerprint: "x", head: "f".repeat(40), run })}\ncopied\n`;
    server.onCreate = () => {
      server.add(copy, "mallory");
      server.add(copy, "github-actions[bot]", "User");
      server.add(copy, "other-app[bot]", "Bot");
    };
    const outcome = await runAction(context, server, at(pull, { run: 5 }));
    assert.doesNotMatch(outcome.log, /newer run/);
    assert.equal(outcome.outputs["comment-id"], String(server.comments[0]!.id));
    assert.equal(server.comments.length, 4);
  });

  test("one that is deleted at once is said not to be there", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const server = await serverFor(context, pull);
    server.onCreate = () => void server.comments.splice(0);
    const outcome = await runAction(context, server, at(pull));
    assert.equal(outcome.status, 0, outcome.log);
    assert.match(outcome.log, /^::notice .*The comment was not written \(the comment is gone again\)/m);
    assert.equal(outcome.outputs["comment-id"], "");
  });

  test("each instance has its own, whatever kind of user the token is", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const server = await serverFor(context, pull);
    for (const [login, viewer] of [
      ["github-actions[bot]", "github-actions"],
      ["alice", "alice"],
    ] as const) {
      server.comments.length = 0;
      [server.login, server.viewer] = [login, viewer];
      for (const key of ["retail", "retail-2", "retail"])
        await runAction(context, server, at(pull, { inputs: { "comment-key": key } }));
      const keys = server.comments.map(({ body }) => decodeMarker(body)?.key);
      assert.deepEqual(keys, ["retail", "retail-2"], login);
      assert.equal(server.count(/^POST .*comments$/), 2, "what is there is found, and not written again");
      server.requests.length = 0;
    }
  });

  test("a marker that somebody else copied is left alone", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const server = await serverFor(context, pull);
    await runAction(context, server, at(pull));
    const stolen = server.comments[0]!.body;
    server.comments.length = 0;
    for (const [login, type] of [
      ["mallory", "User"],
      ["github-actions", "User"],
      ["other-app[bot]", "Bot"],
    ] as const)
      server.add(stolen, login, type);
    await runAction(context, server, at(pull, { run: 2 }));
    assert.equal(server.comments.length, 4);
    assert.deepEqual(
      server.comments.slice(0, 3).map(({ body }) => body),
      [stolen, stolen, stolen],
    );
  });

  test("the comment is found behind 3,000 others", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const server = await serverFor(context, pull);
    for (let index = 0; index < 2999; index += 1) server.add(`comment ${index}`);
    await runAction(context, server, at(pull));
    assert.equal(server.comments.length, 3000);
    server.requests.length = 0;
    const next = pushTo(pull.repository, { "a.yaml": shoot("a", "1.35.0") });
    await runAction(context, server, at(next, { run: 2 }));
    assert.equal(server.comments.length, 3000);
    assert.equal(server.count(/^GET .*comments/), 30);
    assert.equal(server.count(/^PATCH/), 1);
  });

  test("labels follow the verdict", async (context) => {
    const pull = pullRequest(context, old, rolled, { labels: ["will-it-roll/delete", "keep"] });
    const server = await serverFor(context, pull);
    server.labels.add("will-it-roll/delete").add("keep");
    const outcome = await runAction(context, server, at(pull, { inputs: { labels: "true" } }));
    assert.equal(outcome.status, 0, outcome.log);
    assert.deepEqual([...server.labels], ["keep", "will-it-roll/replace"]);
  });

  test("labels that cannot be set fail nothing, and one that is gone already is none too many", async (context) => {
    const pull = pullRequest(context, old, rolled, { labels: ["will-it-roll/delete"] });
    const server = await serverFor(context, pull);
    const inputs = { labels: "true" };
    assert.doesNotMatch((await runAction(context, server, at(pull, { inputs }))).log, /label was not set/);
    assert.deepEqual([...server.labels], ["will-it-roll/replace"]);
    server.faults.push({ method: "POST", path: /labels$/, times: 9, status: 403, body: { message: "Not for you" } });
    const refused = await runAction(context, server, at(pull, { inputs }));
    assert.equal(refused.status, 0, refused.log);
    assert.match(refused.log, /^::notice .*The label was not set \(403: Not for you\)/m);
  });

  test("labels stay those of the newer run when an older one is run again", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const server = await serverFor(context, pull);
    await runAction(context, server, at(pull, { run: 9, inputs: { labels: "true" } }));
    const older = pushTo(pull.repository, { "a.yaml": null });
    await runAction(context, server, at(older, { run: 8, inputs: { labels: "true" } }));
    assert.deepEqual([...server.labels], ["will-it-roll/replace"]);
  });

  test("one is written where there may be pools that nobody could judge", async (context) => {
    const pull = pullRequest(context, old, { "b.yaml": `${shoot("b", "1.33.0")}  bad: [\n` });
    const server = await serverFor(context, pull);
    const outcome = await runAction(context, server, at(pull));
    assert.equal(outcome.outputs["verdict"], "unknown", outcome.log);
    assert.match(server.comments[0]?.body ?? "", /There may be pools that could not be judged/);
  });
});
