import { type Changes, release, runConfiguration } from "./configuration-run.ts";

const image = (tag: string): Changes => ({ "spec/release/image": release(tag) });
const skip = "metadata/annotations/hypershift.openshift.io~1skip-release-image-validation";
const rollingUpdate = { maxSurge: 1, maxUnavailable: 0 };

runConfiguration([
  {
    says: "a pool newer than its HostedCluster",
    poolTo: image("4.21.0-multi"),
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
    reason: /control plane must be upgraded first/,
  },
  { says: "a patch newer than its HostedCluster", poolTo: image("4.20.9-multi"), effect: "replace" },
  {
    says: "a y-stream downgrade",
    poolTo: { ...image("4.19.9-multi"), "spec/replicas": 9 },
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
    reason: /y-stream downgrade from 4\.20\.4 to 4\.19\.9/,
  },
  {
    says: "a y-stream downgrade without validation",
    cluster: { [skip]: "true" },
    poolTo: image("4.19.9-multi"),
    effect: "replace",
  },
  {
    says: "from 5.0 to 4.23 is no downgrade",
    cluster: image("5.0.0-multi"),
    pool: image("5.0.0-multi"),
    poolTo: image("4.23.1-multi"),
    effect: "replace",
  },
  {
    says: "from 5.0 to 4.22 is one",
    cluster: image("5.0.0-multi"),
    pool: image("5.0.0-multi"),
    poolTo: image("4.22.1-multi"),
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
  },
  {
    says: "a release that the operator does not know",
    clusterTo: image("4.21.0-multi"),
    poolTo: image("4.21.0-multi"),
    options: { targets: { "hypershift-operator": "4.20" } },
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
    reason: /operator 4\.20 does not know release 4\.21\.0/,
  },
  {
    says: "a release before 4.14",
    cluster: image("4.14.1-multi"),
    pool: image("4.14.1-multi"),
    clusterTo: { "spec/pullSecret/name": "other" },
    poolTo: image("4.13.9-multi"),
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
  },
  {
    says: "an upgrade of OpenShiftSDN",
    cluster: { ...image("4.16.1-multi"), "spec/networking/networkType": "OpenShiftSDN" },
    pool: image("4.15.1-multi"),
    poolTo: image("4.16.1-multi"),
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
    reason: /OpenShiftSDN/,
  },
  {
    says: "Replace without the parameters of its strategy",
    pool: { "spec/management/replace": { strategy: "RollingUpdate", rollingUpdate } },
    poolTo: { "spec/management/replace": { strategy: "RollingUpdate" }, "spec/replicas": 9 },
    effect: "none",
    pending: { effect: "scale", until: "fixed" },
    reason: /maxSurge and maxUnavailable/,
  },
  {
    says: "Replace without replace at all gets its default",
    pool: { "spec/management/replace": { strategy: "RollingUpdate", rollingUpdate } },
    poolTo: { "spec/management/replace": undefined, "spec/replicas": 9 },
    effect: "scale",
  },
  {
    says: "stream rhel-10 needs 5.0",
    poolTo: { "spec/osImageStream": { name: "rhel-10" } },
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
    reason: /rhel-10/,
  },
  {
    says: "a trust bundle without a name cannot be read",
    clusterTo: { "spec/additionalTrustBundle": {}, "spec/pullSecret/name": "other" },
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
    reason: /additionalTrustBundle/,
  },
  {
    says: "an entry of spec.config without a name cannot be read",
    poolTo: { "spec/config": [{ name: "" }], "spec/replicas": 9 },
    effect: "none",
    pending: { effect: "scale", until: "fixed" },
    reason: /pool\.spec\.config/,
  },
  {
    says: "a frozen pool is mended, and what it does is unknown",
    pool: image("4.21.0-multi"),
    clusterTo: image("4.21.0-multi"),
    effect: "unknown",
    rule: "freeze-ended",
    reason: /had frozen the pool/,
  },
]);
