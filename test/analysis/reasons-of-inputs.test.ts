import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { analyze, type Report } from "../../src/index.ts";
import { sideOf } from "../side.ts";

const side = (text: string) => sideOf({ "a.yaml": text });
const shoot = (version: string, worker: string): string => `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: {name: s, namespace: garden-x}
spec:
  kubernetes: {version: ${version}}
  provider:
    type: aws
    workers:
      - name: cpu
        machine: {type: m5.large, image: {name: gardenlinux, version: 1592.4.0}}
        volume: {size: 50Gi, type: gp3}
        minimum: 1
        maximum: 2
${worker}`;
const causesOf = ({ pools }: Report): string[] => pools.flatMap(({ causes }) => causes.map(({ because }) => because));

describe("an input that differs and does nothing under the update strategy", () => {
  it("says so", () => {
    const pool = (zone: string): string => `apiVersion: hypershift.openshift.io/v1beta1
kind: NodePool
metadata: {name: a, namespace: clusters}
spec:
  clusterName: c
  replicas: 2
  management: {upgradeType: InPlace}
  platform: {type: OpenStack, openstack: {flavor: m1, imageName: rhcos, availabilityZone: ${zone}}}
  release: {image: quay.io/openshift-release-dev/ocp-release:4.20.1-x86_64}
`;
    const { pools } = analyze(side(pool("nova-a")), side(pool("nova-b")));
    assert.deepEqual(
      pools.map(({ effect, checked }) => [effect, checked[0]?.because]),
      [
        [
          "none",
          "The availability zone is the failure domain of the machine template: nova-a -> nova-b; under the update strategy InPlace/RollingUpdate that touches no node",
        ],
      ],
    );
  });
});

describe("an input that the controller counts on one side alone", () => {
  const dedicated =
    "        providerConfig: {apiVersion: aws.provider.extensions.gardener.cloud/v1alpha1, kind: WorkerConfig, placement: {tenancy: dedicated}}\n";

  it("is no reason beside the change that makes it count", () => {
    const report = analyze(side(shoot("1.33.0", dedicated)), side(shoot("1.34.0", dedicated)));
    assert.deepEqual(causesOf(report), [
      "The Kubernetes minor version of the pool goes from 1.33 to 1.34; only a patch version is updated on running nodes",
    ]);
  });

  it("is a reason under its own name when it is edited", () => {
    const shared = dedicated.replace("dedicated", "default");
    const report = analyze(side(shoot("1.34.0", shared)), side(shoot("1.34.0", dedicated)));
    assert.deepEqual(causesOf(report), ["provider-aws hashes providerConfig.placement.tenancy: default -> dedicated"]);
  });

  it("is not said to come or go with an update strategy that is refused", () => {
    const strategy = (name: string): string => `        updateStrategy: ${name}\n`;
    const report = analyze(
      side(shoot("1.33.0", strategy("AutoInPlaceUpdate"))),
      side(shoot("1.33.0", strategy("AutoRollingUpdate")).replace("1592.4.0", "1592.9.0")),
    );
    assert.deepEqual(
      report.pools.map(({ effect }) => effect),
      ["rejected"],
    );
    assert.ok(
      causesOf(report).every((because) => because.startsWith("spec.provider.workers.cpu.")),
      causesOf(report).join("\n"),
    );
  });
});
