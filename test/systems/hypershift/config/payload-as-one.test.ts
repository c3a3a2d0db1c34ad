import { kubeletConfig, machineConfig, mirrors, runtimeConfig } from "./config-documents.ts";
import { configMap, type ConfigurationCase, runConfiguration } from "./configuration-run.ts";

/**
 * Operators before 4.16 decode the payload of a ConfigMap as one (branch release-4.15 nodepool_controller.go getConfig). Each
 * expectation was seen in the compiled controllers of the branches.
 */
const asOne = (
  says: string,
  before: string,
  after: string,
  effect: ConfigurationCase["effect"],
  rest: Partial<ConfigurationCase> = {},
): ConfigurationCase => ({
  says: `before 4.16: ${says}`,
  pool: { "spec/config": [{ name: "one" }] },
  beside: [configMap("one", { config: before })],
  besideTo: [configMap("one", { config: after })],
  options: { targets: { "hypershift-operator": "4.15" } },
  effect,
  ...rest,
});
const frozen = (says: string, after: string): ConfigurationCase =>
  asOne(says, machineConfig, after, "none", {
    pending: { effect: "replace", until: "fixed" },
    reason: /refuses a document/,
  });
const both = `${machineConfig}---\n${kubeletConfig}`;
const other = kubeletConfig.replace("250", "300");

runConfiguration([
  asOne("a second document changes", both, `${machineConfig}---\n${other}`, "none"),
  asOne("a second document appears", machineConfig, both, "none"),
  asOne("a second document that is no YAML", machineConfig, `${machineConfig}---\na: [b\n`, "none"),
  asOne("text on the line of a later separator", machineConfig, `${machineConfig}--- x\n`, "none"),
  asOne("the first document changes", both, both.replace("vm.swappiness%3D10", "vm.swappiness%3D20"), "replace"),
  asOne("another document comes first", both, `${kubeletConfig}---\n${machineConfig}`, "replace"),
  asOne("a comment, then the document", machineConfig, `# why\n---\n${machineConfig}`, "none"),
  asOne("a separator with a comment first", machineConfig, `--- # why\n${machineConfig}`, "none"),
  asOne(
    "what is behind a mirror set is hashed with it",
    `${mirrors}---\n${kubeletConfig}`,
    `${mirrors}---\n${other}`,
    "replace",
  ),
  asOne("a comment behind a mirror set is hashed with it", mirrors, `${mirrors}---\n# why\n`, "replace"),
  asOne("a comment in a KubeletConfig, which first builds hash", kubeletConfig, `${kubeletConfig}# why\n`, "unknown"),
  asOne("quotes in a ContainerRuntimeConfig", runtimeConfig, runtimeConfig.replace("8Mi", '"8Mi"'), "unknown"),
  asOne("a KubeletConfig changes and a comment with it", kubeletConfig, `${other}# why\n`, "replace"),
  asOne("a comment in a MachineConfig", machineConfig, `${machineConfig}# why\n`, "none"),
  asOne("InPlace: a comment in a KubeletConfig", kubeletConfig, `${kubeletConfig}# why\n`, "none", {
    upgrade: "InPlace",
  }),
  asOne("InPlace: a second document changes", both, `${machineConfig}---\n${other}`, "none", { upgrade: "InPlace" }),
  frozen("an empty payload", ""),
  frozen("a comment alone", "# why\n"),
  frozen("a list in the first document", `- a\n---\n${machineConfig}`),
  frozen("an empty first document", `---\n# why\n---\n${machineConfig}`),
  frozen("two separators first", `---\n---\n${machineConfig}`),
  {
    ...asOne("since 4.16: a second document changes", both, `${machineConfig}---\n${other}`, "replace"),
    says: "since 4.16 every document counts",
    options: { targets: { "hypershift-operator": "4.16" } },
  },
  {
    ...asOne("", machineConfig, `---\n# why\n---\n${machineConfig}`, "none"),
    says: "since 4.16 a document of comments alone is refused",
    options: { targets: { "hypershift-operator": "4.16" } },
    pending: { effect: "replace", until: "fixed" },
  },
]);

/** Fields that the types of older operators do not have are dropped before the hash. */
const stores = runtimeConfig.replace("pidsLimit: 4096", "pidsLimit: 4096\n    additionalLayerStores: [{ path: /x }]");
const groups = (list: string) =>
  `${kubeletConfig}  tlsSecurityProfile: { type: Custom, custom: { ciphers: [a], ${list}minTLSVersion: VersionTLS12 } }\n`;
const epoch = machineConfig.replace("metadata:", 'metadata:\n  creationTimestamp: "1970-01-01T00:00:00Z"');
const of = (operator: string, one: ConfigurationCase): ConfigurationCase => ({
  ...one,
  says: `operator ${operator}: ${one.says.replace("before 4.16: ", "")}`,
  options: { targets: { "hypershift-operator": operator } },
});

runConfiguration([
  of("4.22", asOne("additional stores are unknown", runtimeConfig, stores, "none")),
  of("4.23", asOne("additional stores count", runtimeConfig, stores, "replace")),
  of("4.22", asOne("TLS groups are unknown", groups(""), groups("groups: [x], "), "none")),
  of("4.23", asOne("TLS groups count", groups(""), groups("groups: [x], "), "replace")),
  of("4.20", asOne("the beginning of Unix time is a time", machineConfig, epoch, "replace")),
  of("4.21", asOne("the beginning of Unix time is no time", machineConfig, epoch, "none")),
]);
