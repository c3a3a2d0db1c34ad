import { configMap, type ConfigurationCase, release, runConfiguration } from "./configuration-run.ts";

const machineConfig = `apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata:
  name: 99-worker-sysctl
  labels:
    machineconfiguration.openshift.io/role: worker
spec:
  config:
    ignition:
      version: 3.2.0
    storage:
      files:
      - path: /etc/sysctl.d/99.conf
        mode: 0644
        contents:
          source: data:,vm.swappiness%3D10
`;
const kubeletConfig = `apiVersion: machineconfiguration.openshift.io/v1
kind: KubeletConfig
metadata:
  name: pods
spec:
  kubeletConfig:
    maxPods: 250
`;
const runtimeConfig = `apiVersion: machineconfiguration.openshift.io/v1
kind: ContainerRuntimeConfig
metadata:
  name: runtime
spec:
  containerRuntimeConfig:
    pidsLimit: 4096
    logSizeMax: 8Mi
`;
const mirrors = `apiVersion: config.openshift.io/v1
kind: ImageDigestMirrorSet
metadata:
  name: mirrors
spec:
  imageDigestMirrors:
  - source: quay.io/a
    mirrors:
    - mirror.example.com/a
`;
const policy = `apiVersion: config.openshift.io/v1
kind: ClusterImagePolicy
metadata:
  name: signed
spec:
  scopes:
  - registry.example.com
  policy:
    rootOfTrust:
      policyType: PublicKey
      publicKey:
        keyData: Zm9vCg==
`;

const named = { "spec/config": [{ name: "one" }] };
const one = (config: string) => [configMap("one", { config })];

/** A change of the text of one document, on a Replace pool and on an InPlace pool. */
const texts = (
  says: string,
  before: string,
  after: string,
  replace: ConfigurationCase["effect"],
  inPlace: ConfigurationCase["effect"],
): ConfigurationCase[] => [
  { says: `Replace: ${says}`, pool: named, beside: one(before), besideTo: one(after), effect: replace },
  {
    says: `InPlace: ${says}`,
    upgrade: "InPlace",
    pool: named,
    beside: one(before),
    besideTo: one(after),
    effect: inPlace,
  },
];
const nothing = (says: string, before: string, after: string) => texts(says, before, after, "none", "none");
const rolls = (says: string, before: string, after: string) => texts(says, before, after, "replace", "inplace-drain");
const hashOnly = (says: string, before: string, after: string) => texts(says, before, after, "replace", "none");

runConfiguration([
  ...rolls("a file of a MachineConfig", machineConfig, machineConfig.replace("10", "20")),
  ...nothing("a comment in a MachineConfig", machineConfig, `# why\n${machineConfig}`),
  ...nothing("octal and decimal modes", machineConfig, machineConfig.replace("0644", "420")),
  ...nothing("another role label", machineConfig, machineConfig.replace("role: worker", "role: master")),
  ...nothing("a field that the type does not know", machineConfig, `${machineConfig}  unknownField: 1\n`),
  ...nothing("false and empty written out", machineConfig, `${machineConfig}  fips: false\n  kernelType: ""\n`),
  ...nothing(
    "a null creationTimestamp",
    machineConfig,
    machineConfig.replace("  labels:", "  creationTimestamp: null\n  labels:"),
  ),
  ...nothing("a leading and a trailing separator", machineConfig, `---\n${machineConfig}---\n`),
  ...nothing(
    "the same as JSON",
    kubeletConfig,
    `{"kind":"KubeletConfig","apiVersion":"machineconfiguration.openshift.io/v1","spec":{"kubeletConfig":{"maxPods":250}},"metadata":{"name":"pods"}}`,
  ),
  ...hashOnly("an empty list of extensions", machineConfig, `${machineConfig}  extensions: []\n`),
  ...hashOnly(
    "another name of a MachineConfig",
    machineConfig,
    machineConfig.replace("99-worker-sysctl", "98-worker-sysctl"),
  ),
  ...hashOnly(
    "an annotation of a MachineConfig",
    machineConfig,
    machineConfig.replace("  labels:", "  annotations: {a: b}\n  labels:"),
  ),
  ...rolls("a quoted number in a kubeletConfig", kubeletConfig, kubeletConfig.replace("250", '"250"')),
  ...nothing(
    "a selector of a KubeletConfig",
    kubeletConfig,
    `${kubeletConfig}  machineConfigPoolSelector:\n    matchLabels: {a: b}\n`,
  ),
  ...nothing(
    "a selector of a ContainerRuntimeConfig",
    runtimeConfig,
    `${runtimeConfig}  machineConfigPoolSelector: {}\n`,
  ),
  ...rolls("a limit of a ContainerRuntimeConfig", runtimeConfig, runtimeConfig.replace("4096", "8192")),
  ...nothing("the same quantity", runtimeConfig, runtimeConfig.replace("8Mi", "8192Ki")),
  ...hashOnly("a comment in a mirror set", mirrors, `${mirrors}# why\n`),
  ...hashOnly("a leading separator of a mirror set", mirrors, `---\n${mirrors}`),
  ...nothing("a trailing separator of a mirror set", mirrors, `${mirrors}---\n`),
  ...nothing("no line break at the end of a mirror set", mirrors, mirrors.trimEnd()),
  ...texts("a mirror more", mirrors, `${mirrors}    - mirror.example.com/b\n`, "replace", "inplace"),
  ...rolls("a mirror less", `${mirrors}    - mirror.example.com/b\n`, mirrors),
  ...nothing("the older version of an image policy", policy, policy.replace("/v1", "/v1alpha1")),
  ...rolls("another scope of an image policy", policy, policy.replace("registry.example", "images.example")),
  ...texts(
    "an SSH key of a user",
    machineConfig,
    machineConfig.replace("    storage:", "    passwd: {users: [{name: core, sshAuthorizedKeys: [k]}]}\n    storage:"),
    "replace",
    "inplace",
  ),
  {
    says: "names and order of ConfigMaps",
    pool: { "spec/config": [{ name: "one" }, { name: "two" }] },
    poolTo: { "spec/config": [{ name: "zwei" }, { name: "one" }] },
    beside: [configMap("one", { config: machineConfig }), configMap("two", { config: mirrors })],
    besideTo: [configMap("one", { config: machineConfig }), configMap("zwei", { config: mirrors })],
    effect: "none",
  },
  {
    says: "two ConfigMaps joined into one",
    pool: { "spec/config": [{ name: "one" }, { name: "two" }] },
    poolTo: named,
    beside: [configMap("one", { config: machineConfig }), configMap("two", { config: kubeletConfig })],
    besideTo: one(`${kubeletConfig}---\n${machineConfig}`),
    effect: "none",
  },
  {
    says: "a document that stands there twice counts twice",
    pool: named,
    poolTo: { "spec/config": [{ name: "one" }, { name: "two" }] },
    beside: [configMap("one", { config: machineConfig }), configMap("two", { config: machineConfig })],
    effect: "replace",
  },
  {
    says: "a ConfigMap without the key config adds nothing",
    pool: named,
    poolTo: { "spec/config": [{ name: "one" }, { name: "two" }] },
    beside: [configMap("one", { config: machineConfig }), configMap("two", { other: "x" })],
    effect: "none",
  },
  {
    says: "another key of a ConfigMap",
    pool: named,
    beside: one(machineConfig),
    besideTo: [configMap("one", { config: machineConfig, readme: "x" })],
    effect: "none",
    rule: "config-map-documents",
  },
  { says: "a ConfigMap that no pool names", beside: one(machineConfig), besideTo: one(kubeletConfig), effect: "none" },
  {
    says: "OnDelete waits for somebody to delete the nodes",
    upgrade: "OnDelete",
    pool: named,
    beside: one(machineConfig),
    besideTo: one(kubeletConfig),
    effect: "on-delete",
  },
  {
    says: "without managed machines only nodes that join get it",
    on: "None",
    pool: named,
    beside: one(machineConfig),
    besideTo: one(kubeletConfig),
    effect: "new-nodes-only",
  },
  {
    says: "a ConfigMap that is elsewhere is unknown",
    poolTo: named,
    effect: "unknown",
    reason: /not among the manifests/,
  },
  {
    says: "a ConfigMap that is elsewhere on both sides does not hide a known change",
    pool: { "spec/config": [{ name: "one" }, { name: "elsewhere" }] },
    beside: one(machineConfig),
    besideTo: one(kubeletConfig),
    effect: "replace",
  },
  {
    says: "a ConfigMap that is removed while it is named freezes the pool",
    pool: named,
    beside: one(machineConfig),
    besideTo: [],
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
    reason: /still names it/,
  },
  {
    says: "a document of comments alone freezes the pool",
    pool: named,
    beside: one(machineConfig),
    besideTo: one(`# why\n---\n${machineConfig}`),
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
    reason: /ValidMachineConfig=False/,
  },
  {
    says: "a separator with text behind it freezes the pool",
    pool: named,
    beside: one(machineConfig),
    besideTo: one(`${machineConfig}--- # fine\n${kubeletConfig}--- not fine\n${runtimeConfig}`),
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
    reason: /stand alone on its line: --- not fine/,
  },
  {
    says: "an unsupported kind freezes everything that the pool would do",
    pool: named,
    poolTo: { "spec/release/image": release("4.20.6-multi"), "spec/replicas": 7 },
    beside: one(mirrors),
    besideTo: one(mirrors.replace("ImageDigestMirrorSet", "ImageTagMirrorSet")),
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
    reason: /ImageTagMirrorSet/,
  },
  {
    says: "a value of another type freezes the pool",
    pool: named,
    beside: one(machineConfig),
    besideTo: one(`${machineConfig}  kernelArguments: [5]\n`),
    effect: "none",
    pending: { effect: "replace", until: "fixed" },
    reason: /kernelArguments\[0\] must be a string/,
  },
  {
    says: "what a frozen pool does when it is fixed is unknown",
    pool: named,
    beside: one(`# why\n---\n${machineConfig}`),
    besideTo: one(machineConfig),
    effect: "unknown",
    rule: "freeze-ended",
  },
]);
