import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, test } from "node:test";
import { decodeMarker } from "../../src/views/marker.ts";
import { shoot, old, rolled, serverFor, at } from "./pull-request.ts";
import { pullRequest, runAction, type RunOptions } from "./runner.ts";

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
    assert.doesNotMatch(outcome.log, /::notice/);
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
    const targets = "gardener=1.139, hypershift-operator=4.20";
    const older = await runAction(context, server, dispatch({ base: "main", head: "topic", targets }));
    assert.match(older.summary, /judged by gardener 1\.139/);
    for (const [inputs, message] of [
      [{ base: "main", "fail-on": "sometimes" }, /input fail-on: no effect is called "sometimes": one of rejected/],
      [{ base: "main", comment: "often" }, /input comment: write always, on-impact or never, not "often"/],
      [{ base: "main", strict: "yes" }, /input strict: write true or false/],
      [{ base: "main", targets: "gardener" }, /input targets: "gardener" is not a target: write NAME=VERSION/],
      [{ base: "main", paths: "[" }, /input paths: the glob "\[": /],
      [{ base: "mian", head: "topic" }, /Check the spelling of mian and topic\. Give the job the permission/],
      [{ head: "main" }, /input head needs input base/],
      [{}, /does not say what to compare/],
    ] as const) {
      const outcome = await runAction(context, server, dispatch(inputs));
      assert.equal(outcome.status, 1);
      assert.match(outcome.log, message);
    }
  });

  test("a run whose two sides are one commit says that nothing was compared", async (context) => {
    const pull = pullRequest(context, old, rolled);
    pull.repository.git("update-ref", "refs/remotes/origin/main", "main");
    const payload = { repository: { default_branch: "main" } };
    const dispatch = at(pull, { event: "workflow_dispatch", commit: pull.base, payload });
    const outcome = await runAction(context, await serverFor(context, pull), dispatch);
    assert.equal(outcome.outputs["verdict"], "none", outcome.log);
    for (const text of [outcome.log, outcome.summary])
      assert.match(text, new RegExp(`Both sides are the commit ${pull.base}, so nothing was compared\\.`));
  });

  test("steps of one job leave a report each, and commas in braces part no globs", async (context) => {
    const file = "fleet/a/a.yaml";
    const pull = pullRequest(context, { [file]: shoot("a", "1.33.0") }, { [file]: shoot("a", "1.34.0") });
    const server = await serverFor(context, pull);
    const environment = { RUNNER_TEMP: pull.repository.folder };
    const [first, second] = [
      await runAction(context, server, at(pull, { environment, inputs: { paths: "x/**, fleet/{a,b}/**\n!y/**" } })),
      await runAction(context, server, at(pull, { environment, inputs: { paths: "x/**, fleet/{b,c}/**" } })),
    ];
    const verdicts = [first, second].map(({ outputs }) => {
      const path = outputs["report-path"] ?? "";
      assert.equal(basename(path), "will-it-roll-report.json");
      return (JSON.parse(readFileSync(path, "utf8")) as { readonly verdict: string }).verdict;
    });
    assert.deepEqual(verdicts, ["replace", "none"]);
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
