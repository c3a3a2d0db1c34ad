import assert from "node:assert/strict";
import { describe, test, type TestContext } from "node:test";
import { decodeMarker, encodeMarker } from "../../src/views/marker.ts";
import { GitHubServer } from "../github/server.ts";
import { cloneOf } from "../sources/git/repository.ts";
import { type PullFixture, pullRequest, pushTo, runAction, type RunOptions } from "./runner.ts";

const shoot = (name: string, version: string): string => `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: {name: ${name}, namespace: garden-x}
spec:
  region: eu
  kubernetes: {version: ${version}}
  provider: {type: aws, workers: [{name: cpu, machine: {type: m5.large}, minimum: 1, maximum: 2}]}
`;
const old = { "a.yaml": shoot("a", "1.33.0") };
const rolled = { "a.yaml": shoot("a", "1.34.0") };

const serverFor = async (context: TestContext, pull: PullFixture): Promise<GitHubServer> =>
  await new GitHubServer(pull.repository.folder).start(context);
const at = (pull: PullFixture, more: RunOptions = {}): RunOptions => ({
  commit: pull.merge,
  payload: pull.payload,
  workspace: pull.repository.folder,
  ...more,
});

describe("the Action", { concurrency: 4 }, () => {
  test("a rolling pull request gets one comment, a summary, annotations and outputs", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const server = await serverFor(context, pull);
    const outcome = await runAction(context, server, at(pull));
    assert.equal(outcome.status, 0, outcome.log);
    assert.equal(server.comments.length, 1, outcome.log);
    assert.match(server.comments[0]!.body, /will have its nodes replaced/);
    assert.equal(decodeMarker(server.comments[0]!.body)?.head, pull.head);
    assert.match(outcome.summary, /will have its nodes replaced/);
    assert.match(outcome.log, /^::warning title=replace%3A cpu,file=a\.yaml,line=6::/m);
    assert.equal(outcome.outputs["verdict"], "replace");
    assert.equal(outcome.outputs["has-rollout"], "true");
    assert.equal(outcome.outputs["comment-id"], String(server.comments[0]!.id));
    assert.deepEqual(JSON.parse(outcome.outputs["counts"]!), { replace: 1 });
    assert.equal(outcome.gitProcesses, 2);
    assert.deepEqual(server.problems, []);
  });

  test("a pull request with 400 changed files, one of them a Shoot", async (context) => {
    const many = (text: string): Record<string, string> =>
      Object.fromEntries(
        Array.from({ length: 399 }, (_, index) => [
          `app/${index}.yaml`,
          `apiVersion: v1\nkind: Service\nmetadata: {name: s${index}}\nspec: {x: ${text}}\n`,
        ]),
      );
    const pull = pullRequest(context, { ...old, ...many("a") }, { ...rolled, ...many("b") });
    const server = await serverFor(context, pull);
    const outcome = await runAction(context, server, at(pull));
    assert.equal(outcome.outputs["verdict"], "replace");
    assert.equal(outcome.gitProcesses, 2);
    assert.equal(server.requests.length, 3, server.requests.join("\n"));
  });

  test("a HostedCluster change whose NodePools are unchanged", async (context) => {
    const cluster = (release: string): string => `apiVersion: hypershift.openshift.io/v1beta1
kind: HostedCluster
metadata: {name: prod, namespace: clusters}
spec: {platform: {type: AWS}, additionalTrustBundle: {name: ${release}}, release: {image: quay.io/x:4.18.1}}
`;
    const pool = `apiVersion: hypershift.openshift.io/v1beta1
kind: NodePool
metadata: {name: workers, namespace: clusters}
spec: {clusterName: prod, replicas: 2, management: {upgradeType: Replace}, platform: {type: AWS}, release: {image: quay.io/x:4.18.1}}
`;
    const pull = pullRequest(
      context,
      { "hc.yaml": cluster("one"), "np.yaml": pool, ...old },
      { "hc.yaml": cluster("two") },
    );
    const server = await serverFor(context, pull);
    const outcome = await runAction(context, server, at(pull));
    const pools = JSON.parse(outcome.outputs["pools"]!) as { readonly pool: string; readonly cluster: string }[];
    assert.deepEqual(
      pools.map((one) => `${one.cluster}/${one.pool}`),
      ["prod/workers"],
      outcome.log,
    );
    assert.equal(outcome.gitProcesses, 3);
  });

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
    for (const other of [3, 7]) {
      const pull = pullRequest(context, old, rolled);
      const server = await serverFor(context, pull);
      const marker = {
        key: "check/roll",
        fingerprint: "x",
        head: "f".repeat(40),
        run: { number: other, attempt: 1, time: "" },
      };
      server.onCreate = () => void server.add(`${encodeMarker(marker)}\nthe other run\n`, server.login, "Bot");
      await runAction(context, server, at(pull, { run: 5 }));
      const bodies = server.comments.map(({ body }) => decodeMarker(body)?.run.number);
      // The newer one removes the older; the older leaves the newer, which removes it in its turn.
      if (other === 3) assert.deepEqual(bodies, [5]);
      else assert.ok(bodies.includes(7));
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

  test("a gate holds the check until the label accepts these verdicts, and no longer than they last", async (context) => {
    const base = { ...old, ".will-it-roll.yaml": "failOn: [replace]\ncomment: {acceptLabel: roll-ok}\n" };
    const pull = pullRequest(context, base, rolled);
    const server = await serverFor(context, pull);
    const held = await runAction(context, server, at(pull));
    assert.equal(held.status, 1, held.log);
    assert.match(held.log, /::error.*Gate fail-on/);
    assert.match(server.comments[0]!.body, /set the label `roll-ok`/);
    const labelled = pushTo(pull.repository, rolled, { action: "labeled", label: "roll-ok", labels: ["roll-ok"] });
    const accepted = await runAction(context, server, at(labelled, { run: 2 }));
    assert.equal(accepted.status, 0, accepted.log);
    assert.match(server.comments[0]!.body, /Accepted by `maintainer`/);
    const again = pushTo(pull.repository, { ...rolled, "x.md": "x" }, { labels: ["roll-ok"] });
    assert.equal((await runAction(context, server, at(again, { run: 3 }))).status, 0);
    const more = pushTo(pull.repository, { ...rolled, "b.yaml": shoot("b", "1.33.0") }, { labels: ["roll-ok"] });
    const lapsed = await runAction(context, server, at(more, { run: 4 }));
    assert.equal(lapsed.status, 1, lapsed.log);
    assert.match(server.comments[0]!.body, /acceptance has lapsed/);
  });

  test("the merge queue heeds the gate and the acceptance, and writes no comment", async (context) => {
    const base = { ...old, ".will-it-roll.yaml": "failOn: [replace]\ncomment: {acceptLabel: roll-ok}\n" };
    const pull = pullRequest(context, base, rolled, { action: "labeled", label: "roll-ok", labels: ["roll-ok"] });
    const server = await serverFor(context, pull);
    const payload = {
      merge_group: {
        base_sha: pull.base,
        head_sha: pull.merge,
        head_ref: `refs/heads/gh-readonly-queue/main/pr-2-${pull.base}`,
      },
    };
    const group = (run: number): RunOptions => at(pull, { event: "merge_group", payload, run });
    assert.equal((await runAction(context, server, group(1))).status, 1);
    await runAction(context, server, at(pull, { run: 2 }));
    const writes = server.count(/^(?:POST|PATCH) .*comments/);
    const queued = await runAction(context, server, group(3));
    assert.equal(queued.status, 0, queued.log);
    assert.equal(server.count(/^(?:POST|PATCH) .*comments/), writes);
  });

  test("the configuration is that of the base; the head cannot switch the gate off, and its change is pointed out", async (context) => {
    const pull = pullRequest(
      context,
      { ...old, ".will-it-roll.yaml": "failOn: [replace]\n" },
      { ...rolled, ".will-it-roll.yaml": "failOn: []\n" },
    );
    const server = await serverFor(context, pull);
    const outcome = await runAction(context, server, at(pull));
    assert.equal(outcome.status, 1);
    assert.match(server.comments[0]!.body, /will-it-roll.*changes here too/);
  });

  test("an unreadable manifest fails the check and corrects an old comment", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const server = await serverFor(context, pull);
    await runAction(context, server, at(pull));
    const broken = pushTo(pull.repository, { "a.yaml": `${shoot("a", "1.33.0")}  bad: [\n` });
    const outcome = await runAction(context, server, at(broken, { run: 2 }));
    assert.equal(outcome.status, 1, outcome.log);
    assert.match(outcome.log, /^::error /m);
    assert.equal(server.comments.length, 1);
    assert.doesNotMatch(server.comments[0]!.body, /will have its nodes replaced/);
  });

  test("a configuration that cannot be read fails the check and says so in an old comment", async (context) => {
    const pull = pullRequest(context, { ...old, ".will-it-roll.yaml": "failOn: [sometimes]\n" }, rolled);
    const server = await serverFor(context, pull);
    const marker = {
      key: "check/roll",
      fingerprint: "x",
      head: "f".repeat(40),
      run: { number: 1, attempt: 1, time: "" },
    };
    server.add(`${encodeMarker(marker)}\nold\n`, server.login, "Bot");
    const outcome = await runAction(context, server, at(pull, { run: 2 }));
    assert.equal(outcome.status, 1);
    assert.match(outcome.log, /^::error /m);
    assert.match(server.comments[0]!.body, /No verdict/);
  });

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

  test("a checkout without the parent is made up for by GitHub, with a word about it", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const server = await serverFor(context, pull);
    const clone = cloneOf(context, pull.repository, "--depth=1", "--no-local");
    const outcome = await runAction(context, server, at(pull, { workspace: clone.folder }));
    assert.equal(outcome.outputs["verdict"], "replace", outcome.log);
    assert.match(outcome.log, /read from GitHub.*fetch-depth: 2/);
  });

  test("a push compares before and after, and comments on nothing", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const server = await serverFor(context, pull);
    const outcome = await runAction(
      context,
      server,
      at(pull, { event: "push", payload: { before: pull.base, after: pull.merge } }),
    );
    assert.equal(outcome.outputs["verdict"], "replace");
    assert.deepEqual(server.requests, []);
  });

  test("workflow_dispatch compares what its inputs say, and wrong inputs are refused in plain words", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const server = await serverFor(context, pull);
    const dispatch = (inputs: Record<string, string>): RunOptions =>
      at(pull, { event: "workflow_dispatch", payload: {}, inputs });
    assert.equal(
      (await runAction(context, server, dispatch({ base: "main", head: "topic" }))).outputs["verdict"],
      "replace",
    );
    for (const [inputs, message] of [
      [{ base: "main", "fail-on": "sometimes" }, /input fail-on.*sometimes/],
      [{ base: "main", comment: "often" }, /input comment: write always/],
      [{ base: "main", strict: "yes" }, /input strict: write true or false/],
      [{ base: "main", targets: "gardener" }, /input targets: write NAME=VERSION/],
      [{ head: "main" }, /input head needs input base/],
      [{}, /does not say what to compare/],
    ] as const) {
      const outcome = await runAction(context, server, dispatch(inputs));
      assert.equal(outcome.status, 1);
      assert.match(outcome.log, message);
    }
  });

  test("labels follow the verdict", async (context) => {
    const pull = pullRequest(context, old, rolled, { labels: ["will-it-roll/delete", "keep"] });
    const server = await serverFor(context, pull);
    server.labels.add("will-it-roll/delete").add("keep");
    const outcome = await runAction(context, server, at(pull, { inputs: { labels: "true" } }));
    assert.equal(outcome.status, 0, outcome.log);
    assert.deepEqual([...server.labels], ["keep", "will-it-roll/replace"]);
  });

  test("no secret is printed anywhere, also where the runner debugs", async (context) => {
    const secrets = (c: string): string => `${shoot("a", "1.33.0")}  extensions:
  - type: x
    providerConfig: {password: ${c}, note: "token: one ${c}", url: "https://u:${c}@h/x", kubeconfig: {a: [${c}]}}
---
apiVersion: v1
kind: Secret
metadata: {name: s, namespace: garden-x}
stringData: {a: ${c}}
---
{{ ${c} }}: [
`;
    const pull = pullRequest(context, { "a.yaml": secrets("canary1") }, { "a.yaml": secrets("canary2") });
    const server = await serverFor(context, pull);
    const environment = { RUNNER_DEBUG: "1", ACTIONS_STEP_DEBUG: "true", ACTIONS_RUNNER_DEBUG: "true", DEBUG: "*" };
    const outcome = await runAction(context, server, at(pull, { environment, inputs: { comment: "always" } }));
    assert.equal(server.comments.length, 1, outcome.log);
    assert.match(outcome.summary, /providerConfig/);
    assert.doesNotMatch(JSON.stringify([outcome, server.comments]), /canary|ghs_secret/);
  });

  test("the token is printed nowhere", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const server = await serverFor(context, pull);
    server.faults.push({ method: "POST", path: /graphql|comments/, times: 9, status: 403 });
    const outcome = await runAction(context, server, { commit: pull.merge, payload: pull.payload });
    assert.doesNotMatch(JSON.stringify([outcome, server.comments]), /ghs_secret/);
  });
});
