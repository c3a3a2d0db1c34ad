import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { nodePool, release } from "../rendering/shoots.ts";
import { analyze, type Report } from "../../src/index.ts";
import { renderText } from "../../src/views/text.ts";

const side = (...objects: readonly string[]) => ({
  label: "x",
  files: [{ path: "a.yaml", bytes: new TextEncoder().encode(objects.join("---\n")) }],
});
const cluster = (pods: string, channel: string): string =>
  `apiVersion: hypershift.openshift.io/v1beta1
kind: HostedCluster
metadata: {name: c, namespace: clusters}
spec:
  channel: ${channel}
  networking: {clusterNetwork: [{cidr: ${pods}}]}
  platform: {type: KubeVirt}
  release: {image: "${release}:4.18.1-x86_64"}
`;
const pool = (cores: number): string => nodePool("c", "workers", "", cores);
const report = (before: readonly string[], after: readonly string[]): Report =>
  analyze(side(...before), side(...after));

describe("a change of two objects of which one is refused", () => {
  const found = report(
    [cluster("10.132.0.0/14", "stable-4.18"), pool(2)],
    [cluster("10.128.0.0/14", "stable-4.18"), pool(4)],
  );

  it("has the effects of the other too: gates ask for them", () => {
    assert.deepEqual(
      found.pools.map(({ effect, effects }) => [effect, effects]),
      [["rejected", ["rejected", "replace"]]],
    );
  });

  it("does not call them prevented", () => {
    const text = renderText(found, { color: false, width: 120 });
    assert.match(text, /^REPLACE /m);
    assert.match(text, /cores: 2 -> 4/);
  });

  it("has no effects of what the refused object asks for beside", () => {
    const refused = report([pool(2)], [pool(4).replace("clusterName: c", "clusterName: d")]);
    assert.deepEqual(
      refused.pools.map(({ effects }) => effects),
      [["rejected"]],
    );
  });
});
