import {
  type Changes,
  configMap,
  type ConfigurationCase,
  release,
  runConfiguration,
  secret,
} from "./config/configuration-run.ts";

const image = (tag: string): Changes => ({ "spec/release/image": release(tag) });
const skip = "metadata/annotations/hypershift.openshift.io~1skip-release-image-validation";
const rollingUpdate = { maxSurge: 1, maxUnavailable: 0 };

const profile = (name: string) =>
  configMap(name, {
    tuning: `apiVersion: performance.openshift.io/v2\nkind: PerformanceProfile\nmetadata: {name: ${name}}\nspec: {cpu: {isolated: "2-3", reserved: "0-1"}, nodeSelector: {node-role.kubernetes.io/worker: ""}}\n`,
  });

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
    reason: /go back a minor version, from release 4\.20\.4 to 4\.19\.9/,
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
    says: "a HostedCluster that is asked to go back stays, and its pools go on",
    clusterTo: { "spec/release/image": release("4.19.9-multi") },
    poolTo: { "spec/replicas": 9 },
    effect: "scale",
  },
  {
    says: "a release behind all that operators know",
    poolTo: image("6.0.0-multi"),
    clusterTo: { "spec/release/image": release("6.0.0-multi") },
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
    reason: /does not know release 6\.0\.0/,
  },
  {
    says: "a release before all that operators know",
    poolTo: image("3.11.0-multi"),
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
    reason: /from release 4\.20\.4 to 3\.11\.0/,
  },
  {
    says: "the HostedCluster's own release counts where the one that it is asked for is refused",
    clusterTo: { "spec/release/image": release("6.0.0-multi") },
    poolTo: image("5.0.0-multi"),
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
    reason: /newer than the HostedCluster's 4\.20\.4/,
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
  ...(
    [
      ["a timeout without a unit", { "spec/nodeDrainTimeout": "30" }, /nodeDrainTimeout "30" is not a duration/],
      ["an empty timeout", { "spec/nodeVolumeDetachTimeout": "" }, /is not a duration/],
      [
        "a surge in quotes",
        {
          "spec/management/replace": { rollingUpdate: { maxSurge: "1", maxUnavailable: 0 }, strategy: "RollingUpdate" },
        },
        /"1" is neither .* without quotes/,
      ],
    ] as const
  ).map(([says, poolTo, reason]): ConfigurationCase => ({
    says,
    poolTo: { ...poolTo, "spec/platform/aws/instanceType": "m6i.large" },
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
    reason,
  })),
  {
    says: "a share of nodes that is none, InPlace",
    upgrade: "InPlace",
    poolTo: { ...image("4.20.3-multi"), "spec/management/inPlace": { maxUnavailable: "1.5%" } },
    effect: "none",
    pending: { effect: "inplace-drain", until: "fixed" },
    reason: /neither a number nor a percentage/,
  },
  {
    says: "fewer nodes than none, InPlace",
    upgrade: "InPlace",
    poolTo: { ...image("4.20.3-multi"), "spec/management/inPlace": { maxUnavailable: -1 } },
    effect: "none",
    pending: { effect: "inplace-drain", until: "fixed" },
    reason: /maxUnavailable -1 is negative/,
  },
  {
    says: "fewer nodes than none, Replace",
    poolTo: {
      ...image("4.20.3-multi"),
      "spec/management/replace": { strategy: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: -1 } },
    },
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
    reason: /maxUnavailable -1 is negative/,
  },
  {
    says: "Cluster API takes what it cannot read for no node that may be unavailable",
    poolTo: {
      ...image("4.20.3-multi"),
      "spec/management/replace": { strategy: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: "x" } },
    },
    effect: "replace",
  },
  {
    says: "a section that the upgrade type does not read may hold what it likes",
    upgrade: "InPlace",
    poolTo: {
      ...image("4.20.3-multi"),
      "spec/management/replace": { strategy: "RollingUpdate", rollingUpdate: { maxSurge: "x", maxUnavailable: 0 } },
    },
    effect: "inplace-drain",
  },
  {
    says: "a network that the API server takes and the operator cannot read",
    clusterTo: { "spec/networking": { machineNetwork: [{ cidr: "10.0.0.0/64" }] }, "spec/pullSecret/name": "other" },
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
    reason: /machineNetwork "10\.0\.0\.0\/64" is not a network/,
  },
  {
    says: "a release for another architecture than the pool's",
    clusterTo: { ...image("4.20.4-aarch64"), "spec/pullSecret/name": "other" },
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
    reason: /built for arm64 alone/,
  },
  {
    says: "an architecture that the platform has not is told of, and holds nothing up",
    on: "PowerVS",
    clusterTo: { ...image("4.20.4-ppc64le"), "spec/pullSecret/name": "other" },
    effect: "replace",
  },
  {
    says: "a pull secret without credentials",
    beside: [secret("pull-secret", { stringData: { dockerconfigjson: "{}" } })],
    poolTo: { "spec/replicas": 9 },
    effect: "none",
    pending: { effect: "scale", until: "fixed" },
    reason: /Secret pull-secret has no key \.dockerconfigjson/,
  },
  {
    says: "a pull secret that somebody else fills",
    besideTo: [secret("pull-secret", {})],
    poolTo: { "spec/replicas": 9 },
    effect: "scale",
  },
  {
    says: "a HostedCluster without the section of its pool's platform",
    clusterTo: { "spec/platform/aws": undefined },
    poolTo: { "spec/replicas": 9 },
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
    reason: /no spec\.platform\.aws/,
  },
  {
    says: "a frozen pool is fixed, and what it does is unknown",
    pool: image("4.21.0-multi"),
    clusterTo: image("4.21.0-multi"),
    effect: "unknown",
    rule: "freeze-ended",
    reason: /had frozen the pool/,
  },
  {
    says: "an autoscaler whose bounds cross, under an operator that asks for it itself",
    cluster: image("4.15.1-multi"),
    pool: { ...image("4.15.1-multi"), "spec/replicas": undefined, "spec/autoScaling": { min: 1, max: 3 } },
    poolTo: { "spec/autoScaling": { min: 4, max: 3 } },
    options: { targets: { "hypershift-operator": "4.15" } },
    effect: "none",
    pending: { effect: "scale", until: "fixed" },
    reason: /autoScaling\.max is less than autoScaling\.min/,
  },
  {
    says: "two performance profiles of one pool",
    pool: { "spec/tuningConfig": [{ name: "one" }] },
    poolTo: { "spec/tuningConfig": [{ name: "one" }, { name: "two" }] },
    beside: ["one", "two"].map(profile),
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
    reason: /there can be only one PerformanceProfile for a NodePool/,
  },
  ...(
    [
      ["a list", "- a", /it holds no object/],
      ["an object without a kind", "apiVersion: tuned.openshift.io/v1", /it has no apiVersion and kind/],
      ["another kind", "apiVersion: v1\nkind: Node", /its kind is neither Tuned nor PerformanceProfile: v1 Node/],
    ] as const
  ).map(([what, tuning, reason]): ConfigurationCase => ({
    says: `${what} for tuning`,
    poolTo: { "spec/tuningConfig": [{ name: "one" }], "spec/replicas": 9 },
    beside: [configMap("one", { tuning })],
    effect: "none",
    pending: { effect: "scale", until: "fixed" },
    reason,
  })),
  {
    says: "a stream without runc, which the configuration asks for",
    cluster: image("5.0.1-multi"),
    pool: { ...image("5.0.1-multi"), "spec/config": [{ name: "runtime" }] },
    poolTo: { "spec/osImageStream": { name: "rhel-10" } },
    beside: [
      configMap("runtime", {
        config:
          "apiVersion: machineconfiguration.openshift.io/v1\nkind: ContainerRuntimeConfig\nmetadata: {name: r}\nspec: {containerRuntimeConfig: {defaultRuntime: runc}}\n",
      }),
    ],
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
    reason: /stream rhel-10 has no runc/,
  },
]);
