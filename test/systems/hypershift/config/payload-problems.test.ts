import type { Json, JsonObject } from "../../../../src/manifests/manifest.ts";
import { configMap, runConfiguration } from "./configuration-run.ts";

const config = (spec: JsonObject, kind = "MachineConfig") => [
  configMap("files", {
    config: JSON.stringify({
      apiVersion: "machineconfiguration.openshift.io/v1",
      kind,
      metadata: { name: "50-files" },
      spec,
    }),
  }),
];
const ignition = (parts: JsonObject, version: Json = "3.4.0"): JsonObject => ({
  kernelArguments: ["quiet"],
  config: { ignition: { version }, ...parts },
});
const file = (changes: JsonObject = {}): JsonObject => ({
  path: "/etc/a",
  mode: 420,
  contents: { source: "data:,a" },
  ...changes,
});
const files = (...given: readonly JsonObject[]): JsonObject => ignition({ storage: { files: given } });
const units = (...given: readonly JsonObject[]): JsonObject => ignition({ systemd: { units: given } });

type Refused = readonly [says: string, spec: JsonObject, reason: RegExp];

/** Of each the machine-config controller makes no payload, and running nodes keep what they have. */
const refused: readonly Refused[] = [
  ["a kernel type", { kernelArguments: ["quiet"], kernelType: "rt" }, /kernelType rt/],
  ["no version of Ignition", { kernelArguments: ["quiet"], config: {} }, /ignition\.version is not there/],
  ["a version that is a number", ignition({}, 3.4), /ignition\.version is not there, or no text/],
  ["a version to come", ignition({}, "3.9.0"), /version 3\.9\.0/],
  ["a version of two numbers", ignition({}, "3.4"), /version 3\.4 /],
  ["an extension", { ...ignition({}), extensions: ["vim"] }, /extension "vim"/],
  ["a mode in decimal", files(file({ mode: 644 })), /mode of the file \/etc\/a is 644/],
  ["a mode in quotes", files(file({ mode: "0644" })), /mode of the file \/etc\/a is not a number/],
  ["a content that is no URL", files(file({ contents: { source: "text" } })), /is not a URL/],
  ["a content that is a number", files(file({ contents: { source: 5 } })), /is not a URL/],
  ["no path", files({ mode: 420 }), /one of its files has no absolute path/],
  ["a relative path", files(file({ path: "etc/a" })), /one of its files has no absolute path/],
  ["a path that is there twice", files(file(), file()), /the path \/etc\/a is there twice/],
  ["a file that overwrites with nothing", files(file({ overwrite: true, contents: {} })), /has no contents\.source/],
  ["a unit without a kind", units({ name: "a" }), /no name such as a\.service/],
  ["a unit that is there twice", units({ name: "a.service" }, { name: "a.service" }), /unit a\.service is there twice/],
  ["a unit that is enabled by a text", units({ name: "a.service", enabled: "true" }), /enabled of the unit a\.service/],
];
/** These it takes, and nodes are drained for the kernel argument. */
const taken: readonly (readonly [says: string, spec: JsonObject])[] = [
  ["no Ignition part", { kernelArguments: ["quiet"], config: null, extensions: ["vim"] }],
  ["a file without a mode", files(file({ mode: null }))],
  ["an empty file", files(file({ contents: { source: "" } }))],
  ["the highest mode", files(file({ mode: 511 }))],
  ["version 2 without paths", ignition({ systemd: { units: [{ name: "a.service" }] } }, "2.2.0")],
  ["a timer beside its service", units({ name: "a.service", enabled: true }, { name: "a.timer" })],
];

/** As a KubeletConfig. */
const kubelet = (kubeletConfig: JsonObject, rest: JsonObject = {}): JsonObject => ({ kubeletConfig, ...rest });
const refusedKubelets: readonly Refused[] = [
  ["a log level", kubelet({}, { logLevel: 11 }), /logLevel 11/],
  ["a cgroup driver", kubelet({ cgroupDriver: "cgroupfs" }), /kubeletConfig\.cgroupDriver/],
  ["a DNS server", kubelet({ clusterDNS: ["10.0.0.10"] }), /kubeletConfig\.clusterDNS/],
  ["a feature gate", kubelet({ featureGates: { A: true } }), /kubeletConfig\.featureGates/],
  ["a text for a number", kubelet({ maxPods: "many" }), /kubeletConfig\.maxPods must be a whole number/],
  ["a number beyond 32 bits", kubelet({ maxPods: 3_000_000_000 }), /kubeletConfig\.maxPods must be/],
  ["a fraction", kubelet({ podPidsLimit: 4096.5 }), /kubeletConfig\.podPidsLimit must be a whole number/],
  ["a switch in quotes", kubelet({ serializeImagePulls: "false" }), /serializeImagePulls must be true or false/],
  ["a duration without a unit", kubelet({ imageMinimumGCAge: 5 }), /imageMinimumGCAge must be a text such as 10m/],
  ["a reservation that is a number", kubelet({ systemReserved: { cpu: 1 } }), /systemReserved\.cpu must be a string/],
  ["a list in place of its fields", { kubeletConfig: ["maxPods"] }, /kubeletConfig must be a map/],
  [
    "a reservation beside that of the system",
    kubelet({ systemReserved: { cpu: "1" } }, { autoSizingReserved: true }),
    /autoSizingReserved and/,
  ],
];

const runtime = (containerRuntimeConfig: JsonObject): JsonObject => ({ containerRuntimeConfig });
const refusedRuntimes: readonly Refused[] = [
  ["a limit of processes", runtime({ pidsLimit: 10 }), /pidsLimit 10/],
  ["a log level", runtime({ logLevel: "verbose" }), /logLevel verbose/],
];

const named = { "spec/config": [{ name: "files" }] };
const before = config({ kernelArguments: ["nosmt"] });
/** Running nodes keep what they have until the configuration is one of which a payload can be made. */
const held = ([says, spec, reason]: Refused, kind: string, beside: ReturnType<typeof config>) => ({
  says: `no payload is made of a ${kind} with ${says}`,
  upgrade: "InPlace" as const,
  pool: named,
  beside,
  besideTo: config(spec, kind),
  effect: "none" as const,
  pending: { effect: "inplace-drain" as const, until: "fixed" },
  reason,
});

runConfiguration([
  ...refused.map((one) => held(one, "MachineConfig", before)),
  ...refusedKubelets.map((one) => held(one, "KubeletConfig", config(kubelet({ maxPods: 300 }), "KubeletConfig"))),
  ...refusedRuntimes.map((one) =>
    held(one, "ContainerRuntimeConfig", config(runtime({ pidsLimit: 2048 }), "ContainerRuntimeConfig")),
  ),
  {
    says: "a payload is made of a ContainerRuntimeConfig without a limit",
    upgrade: "InPlace" as const,
    pool: named,
    beside: config(runtime({ pidsLimit: 2048 }), "ContainerRuntimeConfig"),
    besideTo: config(runtime({ pidsLimit: 0, logLevel: "debug" }), "ContainerRuntimeConfig"),
    effect: "inplace-drain" as const,
  },
  {
    says: "a payload is made of a KubeletConfig with empty values",
    upgrade: "InPlace" as const,
    pool: named,
    beside: config(kubelet({ maxPods: 300 }), "KubeletConfig"),
    besideTo: config(
      kubelet(
        { maxPods: 200, clusterDNS: [], featureGates: {}, podPidsLimit: null, ofLater: { a: "1" } },
        { logLevel: 4 },
      ),
      "KubeletConfig",
    ),
    effect: "inplace-drain" as const,
  },
  ...taken.map(([says, spec]) => ({
    says: `a payload is made of ${says}`,
    upgrade: "InPlace" as const,
    pool: named,
    beside: before,
    besideTo: config(spec),
    effect: "inplace-drain" as const,
  })),
]);
