import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { acceptanceOf } from "../../src/action/acceptance.ts";
import type { PullRequest } from "../../src/action/event.ts";
import type { Marker } from "../../src/views/marker.ts";

const label = "rollout-accepted";
const pullWith = (parts: Partial<PullRequest> = {}): PullRequest => ({
  number: 7,
  head: "head",
  labels: [label],
  labeled: undefined,
  ...parts,
});
const justSet = pullWith({ labeled: { name: label, by: "mona" } });
const comment = (fingerprint: string, accepted?: string): Marker => ({
  key: "k",
  fingerprint,
  head: "head",
  run: { number: 1, attempt: 1, time: "2026-11-21T05:00:00Z" },
  ...(accepted === undefined ? {} : { accepted }),
});
const stateOf = (...given: [pull: PullRequest, last: Marker | undefined]): string =>
  acceptanceOf(label, "now", ...given).state;

describe("an acceptance", () => {
  it("is possible as long as nobody set the label", () => {
    assert.equal(stateOf(pullWith({ labels: ["other"] }), comment("now", "now")), "possible");
  });

  it("comes with the label when the comment showed these verdicts, or there is none", () => {
    assert.deepEqual(acceptanceOf(label, "now", justSet, comment("now")), { label, state: "accepted", by: "mona" });
    assert.equal(stateOf(justSet, undefined), "accepted");
  });

  it("does not come with a label that was set under other verdicts: whoever set it had read those", () => {
    assert.equal(stateOf(justSet, comment("before")), "lapsed");
    assert.equal(stateOf(justSet, comment("before", "before")), "lapsed");
  });

  it("stays with the verdicts that the comment remembers, and with no others", () => {
    assert.equal(stateOf(pullWith(), comment("now", "now")), "accepted");
    assert.equal(stateOf(pullWith(), comment("now", "before")), "lapsed");
  });

  it("does not come with a label that stood there already, nor with another one", () => {
    assert.equal(stateOf(pullWith(), comment("now")), "lapsed");
    assert.equal(stateOf(pullWith(), undefined), "lapsed");
    assert.equal(stateOf(pullWith({ labeled: { name: "other", by: "mona" } }), comment("now")), "lapsed");
  });
});
