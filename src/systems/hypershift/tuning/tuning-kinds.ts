import { metadata } from "../config/kinds.ts";
import { listOf, pointer, struct, type Shape } from "../go/struct.ts";

/** The kinds that `spec.tuningConfig` may hold, with the types of openshift/cluster-node-tuning-operator pkg/apis. */
const string: Shape = { is: "string" };
const optional: Shape = { is: "string", pointer: true };
const bool: Shape = { is: "bool", pointer: true };
const int: Shape = { is: "int", pointer: true };
const raw: Shape = { is: "raw" };
const labels: Shape = { is: "map", of: string };

const typed = { apiVersion: string, kind: string, metadata, status: raw };

export const tunedShape = struct({
  ...typed,
  spec: struct({
    managementState: string,
    profile: listOf(struct({ name: optional, data: optional })),
    recommend: listOf(
      struct({
        profile: optional,
        priority: int,
        match: listOf(raw),
        machineConfigLabels: labels,
        operand: struct({
          debug: { is: "bool" },
          verbosity: { is: "int" },
          tunedConfig: struct({ reapply_sysctl: bool }),
        }),
      }),
    ),
  }),
});

export const performanceProfileShape = struct({
  ...typed,
  spec: struct({
    cpu: pointer({
      reserved: optional,
      isolated: optional,
      balanceIsolated: bool,
      offlined: optional,
      shared: optional,
    }),
    hardwareTuning: pointer({ isolatedCpuFreq: int, reservedCpuFreq: int }),
    hugepages: pointer({
      defaultHugepagesSize: optional,
      pages: listOf(
        struct({ size: string, count: { is: "int", bits: 32 }, node: { is: "int", bits: 32, pointer: true } }),
      ),
    }),
    machineConfigLabel: labels,
    machineConfigPoolSelector: labels,
    nodeSelector: labels,
    realTimeKernel: pointer({ enabled: bool }),
    kernelPageSize: optional,
    additionalKernelArgs: listOf(string),
    numa: pointer({ topologyPolicy: optional }),
    net: pointer({
      userLevelNetworking: bool,
      devices: listOf(struct({ interfaceName: optional, vendorID: optional, deviceID: optional })),
    }),
    globallyDisableIrqLoadBalancing: bool,
    workloadHints: pointer({
      highPowerConsumption: bool,
      realTime: bool,
      perPodPowerManagement: bool,
      mixedCpus: bool,
    }),
  }),
});
