import type { Derived, Predicate, Scope } from "../../../rules/functions.ts";
import { readSegments } from "../../../rules/path.ts";
import { jsonText } from "../go/json-text.ts";
import { kernelArguments } from "../tuning/tuned-arguments.ts";
import { tuningConfig, tuningDisabled } from "../tuning/tuning.ts";
import { objectOf, textOf } from "../values.ts";
import { mergedBeside, type NamedConfig, withUnits } from "./merged-config.ts";

/**
 * What the node tuning operator adds to the MachineConfigs of a pool, as far as their order goes
 * (openshift/cluster-node-tuning-operator@d2394aa81f pkg/operator/controller.go syncMachineConfigHyperShift,
 * pkg/performanceprofile/controller/performanceprofile/components/machineconfig/machineconfig.go GetMachineConfigName).
 */
function ofTuning(scope: Scope | undefined): readonly NamedConfig[] {
  if (scope === undefined || tuningDisabled(scope)) return [];
  const { tuned, performance } = tuningConfig(scope);
  const profiles = performance.map(({ metadata }) => textOf(objectOf(metadata)?.["name"]) ?? "");
  const hasArguments = profiles.length > 0 || kernelArguments(tuned, performance).length > 0;
  const pool = textOf(scope.get("$pool/metadata/name")) ?? "";
  return [
    ...(hasArguments ? [{ name: `50-nto-${pool}`, spec: { kernelArguments: ["of the tuning"] } }] : []),
    ...profiles.map((name) => ({ name: `50-performance-${name}`, spec: withUnits("ocp-tuned-one-shot.service") })),
  ];
}

/** The same of it stands on both sides, so that its own changes do not show in the order. */
export const keepsTuning: Predicate = ({ base, head }) => {
  const [before, after] = [base, head].map((scope) => ofTuning(scope).map(({ name }) => name));
  return before !== undefined && before.length > 0 && jsonText(before) === jsonText(after ?? []);
};

/** Kernel arguments and units of a pool in the order in which a node gets them, those of the tuning among them. */
export const orderBesideTuning: Derived = (scope) => {
  const { kernelArguments: all, ignition } = mergedBeside(scope, ofTuning(scope));
  return [all, readSegments(ignition, ["systemd", "units"]) ?? []];
};
