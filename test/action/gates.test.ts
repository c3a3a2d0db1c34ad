import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { encodeMarker } from "../../src/views/marker.ts";
import { shoot, old, rolled, serverFor, at } from "./pull-request.ts";
import { pullRequest, pushTo, runAction, type RunOptions } from "./runner.ts";

describe("gates of the Action", { concurrency: 4 }, () => {
  test("a gate holds the check until the label accepts these verdicts, and no longer than they last", async (context) => {
    const base = { ...old, ".will-it-roll.yaml": "failOn: [replace]\ncomment: {acceptLabel: roll-ok}\n" };
    const pull = pullRequest(context, base, rolled);
    const server = await serverFor(context, pull);
    const held = await runAction(context, server, at(pull));
    assert.equal(held.status, 1, held.log);
    assert.match(held.log, /::error.*Gate fail-on/);
    assert.match(held.summary, /\*\*The check fails\*\*: Gate fail-on.*\n> \n> To accept these verdicts/);
    assert.match(server.comments[0]!.body, /set the label `roll-ok`/);
    const labelled = pushTo(pull.repository, rolled, { action: "labeled", label: "roll-ok", labels: ["roll-ok"] });
    const accepted = await runAction(context, server, at(labelled, { run: 2 }));
    assert.equal(accepted.status, 0, accepted.log);
    assert.match(accepted.log, /^will-it-roll: Gate .*\. It was accepted with the label /m);
    assert.match(server.comments[0]!.body, /Accepted by `maintainer`/);
    const again = pushTo(pull.repository, { ...rolled, "x.md": "x" }, { labels: ["roll-ok"] });
    assert.equal((await runAction(context, server, at(again, { run: 3 }))).status, 0);
    const more = pushTo(pull.repository, { ...rolled, "b.yaml": shoot("b", "1.33.0") }, { labels: ["roll-ok"] });
    const lapsed = await runAction(context, server, at(more, { run: 4 }));
    assert.equal(lapsed.status, 1, lapsed.log);
    assert.match(server.comments[0]!.body, /acceptance has lapsed/);
  });

  test("strict fails the check where the report is not complete, and says so once", async (context) => {
    const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: pools, namespace: x}
spec: {chart: {spec: {chart: nodepools, sourceRef: {kind: HelmRepository, name: charts}}}, values: {nodePools: [a]}}
`;
    for (const [head, status, strict, unreadable] of [
      [rolled, 0, false, false],
      [{ "release.yaml": release }, 1, true, false],
      [{ "a.yaml": "kind: Shoot\nspec: [" }, 1, false, true],
    ] as const) {
      const pull = pullRequest(context, old, head);
      const outcome = await runAction(
        context,
        await serverFor(context, pull),
        at(pull, { inputs: { strict: "true" } }),
      );
      const said = [/::error.*strict: the report is not complete/, /::error.*Part of the change could not be read/];
      assert.deepEqual(
        [outcome.status, ...said.map((message) => message.test(outcome.log))],
        [status, strict, unreadable],
        outcome.log,
      );
    }
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
    server.faults.push({ method: "GET", path: /comments$/, times: 1, status: 403 });
    const blind = await runAction(context, server, group(3));
    assert.equal(blind.status, 1, blind.log);
    assert.match(
      blind.log,
      /^::warning .*accepted these verdicts is not known: .*\(403.*needs pull-requests: write, or read/m,
    );
    const writes = server.count(/^(?:POST|PATCH) .*comments/);
    const queued = await runAction(context, server, group(4));
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

  for (const [name, workspace] of [
    ["in the checkout", undefined],
    ["through the API", "/nowhere"],
  ] as const)
    test(`a wrong configuration that the change brings fails the check before it can spoil every other: ${name}`, async (context) => {
      const pull = pullRequest(context, old, { ...rolled, ".will-it-roll.yaml": "failon: []\n" });
      const server = await serverFor(context, pull);
      const outcome = await runAction(context, server, at(pull, workspace === undefined ? {} : { workspace }));
      assert.equal(outcome.status, 1, outcome.log);
      assert.equal(outcome.outputs["verdict"], "replace");
      assert.match(
        outcome.log,
        /^::error .*this change brings is wrong: \.will-it-roll\.yaml:1: unknown key "failon"/m,
      );
      assert.match(
        server.comments[0]!.body,
        /the new one is wrong, and once this is merged no run would have a verdict: /,
      );
    });

  for (const [what, base, head, fault] of [
    [
      "a target that nobody knows, where paths leave the configuration out",
      { ".will-it-roll.yaml": 'paths: ["*.yaml", "!.*"]\n' },
      { ".will-it-roll.yaml": 'paths: ["a.yaml"]\ntargets: {gardner: "1.149"}\n' },
      /\.will-it-roll\.yaml:2: targets\.gardner: no target is called "gardner" \(did you mean "gardener"\?\)/,
    ],
    [
      "a rule that says nothing",
      { ".will-it-roll.yaml": "rules: [ci/ours.yaml]\n", "ci/ours.yaml": "system: gardener\n" },
      { "ci/ours.yaml": "system: gardener\nfields: [{id: ours, because: it is ours}]\n" },
      /ci\/ours\.yaml:2: fields\[0\]\.id: no row of fields is called "ours"/,
    ],
    [
      "rules that go away",
      { ".will-it-roll.yaml": "rules: [ci/ours.yaml]\n", "ci/ours.yaml": "system: gardener\n" },
      { "ci/ours.yaml": null },
      /\.will-it-roll\.yaml:1: rules\[0\]: ci\/ours\.yaml is not on the head side\. The path begins at the folder of this file/,
    ],
    [
      "the name of rules that are nowhere",
      { ".will-it-roll.yaml": "failOn: [delete]\n", "ci/ours.yaml": "system: gardener\n" },
      { ".will-it-roll.yaml": "failOn: [delete]\nrules: [ci/ours.yaml, ci/our.yaml]\n" },
      /\.will-it-roll\.yaml:2: rules\[1\]: ci\/our\.yaml is not on the head side/,
    ],
    [
      "the name of a file that says nothing of rules",
      { "ci/ours.yaml": "system: gardener\nfields: [{id: ours, because: it is ours}]\n" },
      { ".will-it-roll.yaml": "rules: [ci/ours.yaml]\n" },
      /ci\/ours\.yaml:2: fields\[0\]\.id: no row of fields is called "ours"/,
    ],
  ] as const)
    for (const options of [{}, { workspace: "/nowhere" }])
      test(`so does ${what}${"workspace" in options ? ", through the API" : ""}`, async (context) => {
        const pull = pullRequest(context, { ...old, ...base }, { ...rolled, ...head });
        const server = await serverFor(context, pull);
        const outcome = await runAction(context, server, at(pull, options));
        assert.equal(outcome.status, 1, outcome.log);
        assert.equal(outcome.outputs["verdict"], "replace");
        assert.match(outcome.log, /^::error .*The configuration that this change brings is wrong: /m);
        assert.match(outcome.log, fault);
        assert.match(server.comments[0]!.body, / changes here too\. It was judged by the configuration of the base/);
      });

  test("rules that the change brings with the configuration are no fault of it, and one that goes away is said to", async (context) => {
    const pull = pullRequest(
      context,
      { ...old, ".will-it-roll.yaml": "failOn: [delete]\n" },
      {
        ...rolled,
        ".will-it-roll.yaml": "rules: [ci/ours.yaml]\n",
        "ci/ours.yaml":
          "system: gardener\nfields: [{id: ours, at: /spec/ours, effect: none, because: it is ours, source: s}]\n",
      },
    );
    const server = await serverFor(context, pull);
    assert.equal((await runAction(context, server, at(pull))).status, 0);
    assert.match(server.comments[0]!.body, /changes here too\..*the new one holds once this is merged/);
    const removed = pushTo(pull.repository, { ...rolled, ".will-it-roll.yaml": null });
    assert.equal((await runAction(context, server, at(removed, { run: 2 }))).status, 0);
    assert.match(server.comments[0]!.body, /once this is merged there is none, and no gate of it holds/);
  });

  test("a configuration under a name that is nearly right is named", async (context) => {
    const pull = pullRequest(context, old, { ...rolled, ".will-it-roll.yml": "failOn: [replace]\n" });
    const server = await serverFor(context, pull);
    const outcome = await runAction(context, server, at(pull));
    for (const text of [server.comments[0]!.body, outcome.summary])
      assert.match(text, /\.will-it-roll\.yml is not read under this name: call it \.will-it-roll\.yaml\./);
  });

  test("the log says when paths leave out all that changed", async (context) => {
    const pull = pullRequest(context, old, rolled);
    const outcome = await runAction(
      context,
      await serverFor(context, pull),
      at(pull, { inputs: { paths: "flete/**" } }),
    );
    assert.equal(outcome.outputs["verdict"], "none");
    assert.match(outcome.log, /^will-it-roll: paths leaves out all that changed \(1 file\), so nothing was judged\.$/m);
  });

  test("paths of the configuration and of its rules may go up and down", async (context) => {
    const rules = "system: gardener\nfields: [{id: ours, at: /spec/ours, effect: none, because: it is ours}]\n";
    const files = { "ci/gates/roll.yaml": "failOn: [replace]\nrules: [../ours.yaml]\n", "ci/ours.yaml": rules };
    const pull = pullRequest(
      context,
      { ...old, ...files },
      { ...rolled, "ci/gates/roll.yaml": "failOn: []\n", "ci/ours.yaml": rules },
    );
    const server = await serverFor(context, pull);
    const outcome = await runAction(context, server, at(pull, { inputs: { config: "./ci/gates/roll.yaml" } }));
    assert.equal(outcome.status, 1);
    assert.match(outcome.log, /Gate fail-on/);
    assert.match(server.comments[0]!.body, /ci\/gates\/roll\.yaml changes here too/);
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

  test("a run without a verdict corrects the comment of the configured key, and keeps what was accepted", async (context) => {
    const configuration = "failOn: [replace]\ncomment: {key: fleet, acceptLabel: roll-ok}\n";
    const labels = ["roll-ok"];
    const files = { ...old, ".will-it-roll.yaml": configuration };
    const pull = pullRequest(context, files, rolled, { action: "labeled", label: "roll-ok", labels });
    const server = await serverFor(context, pull);
    assert.equal((await runAction(context, server, at(pull))).status, 0);
    const again = pushTo(pull.repository, { ...rolled, "x.md": "x" }, { labels });
    // The first request for files is that for the configuration.
    server.faults.push({ method: "POST", path: /graphql/, times: 1, after: 1, status: 401 });
    const failed = await runAction(context, server, at(again, { run: 2, workspace: "/nowhere" }));
    assert.match(failed.log, /the files could not be read from GitHub/);
    assert.match(server.comments[0]!.body, /No verdict/);
    const retried = await runAction(context, server, at(again, { run: 3, workspace: "/nowhere" }));
    assert.equal(retried.status, 0, retried.log);
    assert.equal(server.comments.length, 1);
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
});
