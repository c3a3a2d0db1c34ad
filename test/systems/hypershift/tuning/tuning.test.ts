import { configMap, type ConfigurationCase, runConfiguration } from "../config/configuration-run.ts";

const tuned = `apiVersion: tuned.openshift.io/v1
kind: Tuned
metadata:
  name: database
  namespace: openshift-cluster-node-tuning-operator
spec:
  profile:
  - name: base
    data: |
      [variables]
      pages=50
      [bootloader]
      cmdline_pages=hugepages=\${pages}
  - name: database
    data: |
      [main]
      include=openshift-node,base
      [sysctl]
      vm.swappiness=10
  recommend:
  - priority: 20
    profile: database
`;
const performance = `apiVersion: performance.openshift.io/v2
kind: PerformanceProfile
metadata:
  name: low-latency
spec:
  cpu:
    isolated: 2-7
    reserved: 0-1
  nodeSelector:
    node-role.kubernetes.io/worker: ""
`;
const paused = performance.replace(
  "name: low-latency",
  'name: low-latency\n  annotations: { performance.openshift.io/pause-reconcile: "true" }',
);
const named = { "spec/tuningConfig": [{ name: "tuning" }] };
const one = (tuning: string) => [configMap("tuning", { tuning })];
const text = (
  says: string,
  before: string,
  after: string,
  rest: Pick<ConfigurationCase, "effect"> & Partial<ConfigurationCase>,
): ConfigurationCase => ({ says, pool: named, beside: one(before), besideTo: one(after), ...rest });

const two = (second: string) => [configMap("tuning", { tuning: tuned }), configMap("second", { tuning: second })];
const both = { "spec/tuningConfig": [{ name: "tuning" }, { name: "second" }] };
const other = tuned
  .replace("name: base", "name: own")
  .replace("node,base", "node,own")
  .replaceAll("name: database", "name: other")
  .replace("profile: database", "profile: other");

runConfiguration([
  ...[
    { says: "that comes later", priority: "30", rest: "", effect: "inplace" as const },
    { says: "that comes first", priority: "10", rest: "", effect: "replace" as const },
    { says: "that matches labels", priority: "10", rest: "    match: [{label: gpu}]\n", effect: "inplace" as const },
  ].map(({ says, priority, rest, effect }) => {
    const second = `${other.replace("priority: 20", `priority: ${priority}`)}${rest}`;
    return {
      says: `kernel arguments of a recommendation ${says}`,
      pool: both,
      beside: two(second),
      besideTo: two(second.replace("hugepages=$", "hugepagesz=2M hugepages=$")),
      effect,
    };
  }),
  // Of two Tuned objects with one name that whose text is first reaches the nodes.
  ...[
    { says: "the first of two Tuned objects with one name", name: "abacus", effect: "replace" as const },
    { says: "the second of two Tuned objects with one name", name: "zebra", effect: "none" as const },
  ].map(({ says, name, effect }) => {
    const second = other
      .replace("name: other\n  name", "name: database\n  name")
      .replaceAll("other", name)
      .replace(/data: \|\n {6}\[var/, `data: |\n      [${name}]\n      [var`)
      .replace("priority: 20", "priority: 10");
    return {
      says: `kernel arguments of ${says}`,
      pool: both,
      beside: two(second),
      besideTo: two(second.replace("hugepages=$", "hugepagesz=2M hugepages=$")),
      effect,
    };
  }),
  text(
    "kernel arguments of a recommendation behind that of the operator",
    tuned.replace("priority: 20", "priority: 50"),
    tuned.replace("priority: 20", "priority: 50").replace("hugepages=$", "hugepagesz=2M hugepages=$"),
    { effect: "inplace" },
  ),
  text("a comment", tuned, `# why\n${tuned}`, { effect: "none", rule: "tuned-profiles" }),
  text("a sysctl", tuned, tuned.replace("=10", "=20"), { effect: "inplace", rule: "tuned-profiles" }),
  text("kernel arguments", tuned, tuned.replace("hugepages=$", "hugepagesz=2M hugepages=$"), { effect: "replace" }),
  text("InPlace: kernel arguments", tuned, tuned.replace("hugepages=$", "hugepagesz=2M hugepages=$"), {
    upgrade: "InPlace",
    effect: "inplace-drain",
  }),
  text("a variable that a kernel argument uses", tuned, tuned.replace("pages=50", "pages=60"), { effect: "replace" }),
  text("a recommendation of a profile without kernel arguments", tuned, tuned.replace("node,base", "node"), {
    effect: "replace",
  }),
  text(
    "kernel arguments of a profile that nobody recommends",
    tuned,
    tuned.replace("    profile: database", "    profile: other"),
    {
      effect: "replace",
    },
  ),
  { says: "a Tuned with kernel arguments", poolTo: named, besideTo: one(tuned), effect: "replace" },
  {
    says: "a Tuned without kernel arguments",
    poolTo: named,
    besideTo: one(tuned.replace("cmdline_", "# ")),
    effect: "inplace",
  },
  {
    says: "nothing, with the capability disabled",
    cluster: { "spec/capabilities/disabled": ["NodeTuning"] },
    poolTo: named,
    besideTo: one(tuned),
    effect: "none",
  },
  text("the CPUs of a PerformanceProfile", performance, performance.replace("2-7", "4-7"), { effect: "replace" }),
  text(
    "the network part of a PerformanceProfile",
    performance,
    `${performance}  net:\n    userLevelNetworking: true\n`,
    {
      effect: "inplace",
    },
  ),
  text("the nodes that a PerformanceProfile selects", performance, performance.replace("worker:", "edge:"), {
    effect: "none",
  }),
  text("the pause of a PerformanceProfile", performance, paused, { effect: "none", rule: "performance-profile-pause" }),
  text("a paused PerformanceProfile", paused, paused.replace("2-7", "4-7"), {
    effect: "none",
    pending: { effect: "replace", until: "unpaused" },
  }),
  text("a PerformanceProfile that is no longer paused", paused, performance, {
    effect: "unknown",
    rule: "performance-profile-pause",
  }),
  {
    says: "a first PerformanceProfile, paused",
    poolTo: named,
    besideTo: one(paused),
    effect: "none",
    pending: { effect: "replace", until: "unpaused" },
  },
  text("an unknown field", tuned, `${tuned}  typo: 1\n`, {
    effect: "none",
    poolTo: { "spec/replicas": 9 },
    pending: { effect: "replace", until: "fixed" },
    reason: /spec\.typo/,
  }),
  text("a ConfigMap without the key tuning", tuned, "", {
    besideTo: [configMap("tuning", { other: tuned })],
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
    reason: /no key tuning/,
  }),
  text("a ConfigMap that is removed while it is named", tuned, "", {
    besideTo: [],
    poolTo: { "spec/replicas": 9 },
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
    reason: /ConfigMap tuning is removed/,
  }),
  text("kernel arguments written another way", tuned, tuned.replace("hugepages=$", "+hugepages=$"), {
    effect: "inplace",
  }),
  { says: "a ConfigMap that is elsewhere", poolTo: named, effect: "unknown", reason: /not among the manifests/ },
]);
