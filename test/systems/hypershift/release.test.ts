import assert from "node:assert/strict";
import { test } from "node:test";
import { minorInRow, releaseImageOf } from "../../../src/systems/hypershift/release.ts";
import { type Changes, release, runConfiguration } from "./config/configuration-run.ts";

const image = (text: string): Changes => ({ "spec/release/image": text });
const a = `sha256:${"a".repeat(64)}`;
const b = `sha256:${"b".repeat(64)}`;

test("a reference tells its version, flavour and digest", () => {
  const told = (text: string) => {
    const { version, flavour, digest } = releaseImageOf(text);
    return [version, flavour, digest];
  };
  assert.deepEqual(told(release("4.20.4-multi")), ["4.20.4", "multi", undefined]);
  assert.deepEqual(told(release("4.21.0-rc.2-x86_64")), ["4.21.0-rc.2", "x86_64", undefined]);
  assert.deepEqual(told(`registry:5000/ocp@${a}`), [undefined, "", a]);
  assert.deepEqual(told(`registry:5000/ocp:4.20.4@${a}`), ["4.20.4", "", a]);
  assert.deepEqual(told("registry.ci.openshift.org/ocp/release:4.21.0-0.nightly-2025-11-01-010101"), [
    "4.21.0-0.nightly-2025-11-01-010101",
    "",
    undefined,
  ]);
  assert.deepEqual(told("registry:5000/ocp"), [undefined, "", undefined]);
});

test("OpenShift 5.0 counts as 4.23", () => {
  assert.equal(minorInRow("5.0.1"), minorInRow("4.23.0-rc.1"));
  assert.equal(minorInRow("5.1"), 24);
  assert.ok((minorInRow("3.11.0") ?? 0) < (minorInRow("4.0.0") ?? 0));
  assert.ok((minorInRow("6.0.0") ?? 0) > (minorInRow("5.9.0") ?? 0));
});

runConfiguration([
  { says: "another z-stream", poolTo: image(release("4.20.6-multi")), effect: "replace", rule: "release-version" },
  { says: "an older z-stream", poolTo: image(release("4.20.1-multi")), effect: "replace" },
  { says: "a pre-release", poolTo: image(release("4.20.4-rc.1-multi")), effect: "replace" },
  {
    says: "InPlace: another z-stream",
    upgrade: "InPlace",
    poolTo: image(release("4.20.6-multi")),
    effect: "inplace-drain",
  },
  {
    says: "without machines: another z-stream",
    on: "None",
    poolTo: image(release("4.20.6-multi")),
    effect: "new-nodes-only",
  },
  { says: "the same tag elsewhere", poolTo: image("mirror.example.com/ocp:4.20.4-multi"), effect: "none" },
  { says: "the tag is pinned", poolTo: image(`${release("4.20.4-multi")}@${a}`), effect: "none" },
  { says: "the same digest elsewhere", pool: image(`x/a@${a}`), poolTo: image(`y/b@${a}`), effect: "none" },
  {
    says: "the same digest under another tag",
    pool: image(`x/a:4.20.4@${a}`),
    poolTo: image(`x/a:4.20.5@${a}`),
    effect: "none",
  },
  {
    says: "another digest",
    pool: image(`x/a@${a}`),
    poolTo: image(`x/a@${b}`),
    effect: "unknown",
    reason: /:4\.20\.4-multi@sha256/,
  },
  { says: "a digest instead of a tag", poolTo: image(`x/a@${a}`), effect: "unknown" },
  { says: "a tag that is no version", poolTo: image("x/a:stable"), effect: "unknown" },
  {
    says: "another build of the same release",
    poolTo: image(release("4.20.4-x86_64")),
    effect: "unknown",
    rule: "haproxy-image-build",
  },
  {
    says: "another build, where the pool has an image of its own",
    pool: { "metadata/annotations/hypershift.openshift.io~1haproxy-image": "r:1" },
    poolTo: image(release("4.20.4-x86_64")),
    effect: "none",
  },
  {
    says: "the control plane and its pool together",
    clusterTo: image(release("4.21.0-multi")),
    poolTo: image(release("4.21.0-multi")),
    effect: "replace",
  },
  {
    says: "a default stream written out",
    poolTo: { "spec/osImageStream": { name: "rhel-9" } },
    effect: "none",
  },
  {
    says: "another stream than the default of 5.0",
    cluster: image(release("5.0.0-multi")),
    pool: image(release("5.0.0-multi")),
    poolTo: { "spec/osImageStream": { name: "rhel-9" } },
    effect: "replace",
  },
  {
    says: "the default stream of 5.0 written out",
    cluster: image(release("5.0.0-multi")),
    pool: image(release("5.0.0-multi")),
    poolTo: { "spec/osImageStream": { name: "rhel-10" } },
    effect: "unknown",
  },
  {
    says: "a stream under an operator that does not know it",
    poolTo: { "spec/osImageStream": { name: "rhel-10" } },
    options: { targets: { "hypershift-operator": "4.22" } },
    effect: "unknown",
    rule: "unknown-field",
  },
]);
