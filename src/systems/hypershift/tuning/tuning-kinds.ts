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

type Fields = Parameters<typeof struct>[0];

const tunedOf = (ofOperand: Fields): Shape =>
  struct({
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
            ...ofOperand,
            tunedConfig: struct({ reapply_sysctl: bool }),
          }),
        }),
      ),
    }),
  });

const performanceProfileOf = (ofSpec: Fields): Shape =>
  struct({
    ...typed,
    spec: struct({
      ...ofSpec,
      cpu: pointer({
        reserved: optional,
        isolated: optional,
        balanceIsolated: bool,
        offlined: optional,
        shared: optional,
      }),
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

const kindsOf = (tuned: Shape, performanceProfile: Shape) => ({
  "tuned.openshift.io/v1 Tuned": tuned,
  "performance.openshift.io/v2 PerformanceProfile": performanceProfile,
});
export const tuningKinds = kindsOf(
  tunedOf({ verbosity: { is: "int" } }),
  performanceProfileOf({
    hardwareTuning: pointer({ isolatedCpuFreq: int, reservedCpuFreq: int }),
    kernelPageSize: optional,
  }),
);
/** Operators before 4.19 have smaller types, and refuse what is not in them (vendor folder of branch release-4.18). */
export const tuningKindsBefore419 = kindsOf(tunedOf({}), performanceProfileOf({}));
