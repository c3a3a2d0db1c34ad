// Values of single fields, as the Go types behind MachineConfig, KubeletConfig and ContainerRuntimeConfig take them. What is
// expected was seen with the functions of openshift/hypershift@3ee9615567 hypershift-operator/controllers/nodepool/config.go.
import { kubeletConfig, machineConfig, policy, runtimeConfig } from "./config-documents.ts";
import { configMap, type ConfigurationCase, runConfiguration } from "./configuration-run.ts";

const one = (config: string) => [configMap("one", { config })];
const change = (before: string, after: string): Pick<ConfigurationCase, "pool" | "beside" | "besideTo"> => ({
  pool: { "spec/config": [{ name: "one" }] },
  beside: one(before),
  besideTo: one(after),
});
const nothing = (says: string, before: string, after: string): ConfigurationCase => ({
  says,
  ...change(before, after),
  effect: "none",
});
const refused = (says: string, before: string, after: string, reason: RegExp): ConfigurationCase => ({
  says: `${says} is refused`,
  ...change(before, after),
  effect: "none",
  pending: { effect: "replace", until: "fixed" },
  reason,
});
const made = (time: string): string => machineConfig.replace("  labels:", `  creationTimestamp: "${time}"\n  labels:`);

runConfiguration([
  { says: "bytes one by one", ...change(policy, policy.replace("Zm9vCg==", "[102, 111, null]")), effect: "replace" },
  refused("a byte of more than 8 bits", policy, policy.replace("Zm9vCg==", "[256]"), /keyData must be base64/),
  nothing("the zero time of a creationTimestamp", machineConfig, made("0001-01-01T00:00:00Z")),
  nothing("the beginning of Unix time", machineConfig, made("1970-01-01T00:00:00Z")),
  nothing("fractions of a second", made("2026-01-02T03:04:05Z"), made("2026-01-02T03:04:05.678Z")),
  nothing("another zone", made("2026-01-02T03:04:05Z"), made("2026-01-02T04:04:05+01:00")),
  refused("a date alone", machineConfig, made("2026-01-02"), /metadata\.creationTimestamp must be a time in RFC 3339/),
  refused(
    "a log level beyond 32 bits",
    kubeletConfig,
    `${kubeletConfig}  logLevel: 3000000000\n`,
    /spec\.logLevel must be a whole number of 32 bits/,
  ),
  refused(
    "a limit beyond 64 bits",
    runtimeConfig,
    runtimeConfig.replace("4096", "1e20"),
    /pidsLimit must be a whole number of 64 bits/,
  ),
  refused(
    "a quantity with a line break",
    runtimeConfig,
    runtimeConfig.replace("8Mi", '"8Mi\\n"'),
    /a quantity such as/,
  ),
  nothing("a quantity with blanks around it", runtimeConfig, runtimeConfig.replace("8Mi", '" 8Mi "')),
]);
