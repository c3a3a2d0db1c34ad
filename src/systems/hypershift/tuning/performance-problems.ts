import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import type { Scope } from "../../../rules/functions.ts";
import { readSegments } from "../../../rules/path.ts";
import { validationProblems } from "../admission/validation-problems.ts";
import { objectOf } from "../values.ts";
import { type CpuRange, readCpus } from "./cpu-set.ts";

/** Why the controller refuses a PerformanceProfile (openshift/cluster-node-tuning-operator ValidateBasicFields). */
export function performanceProblem(profile: JsonObject, scope: Scope): string | undefined {
  const value = { spec: objectOf(profile["spec"]) ?? {} };
  const [problem] = validationProblems(scope.validations("performance-profile"), value, undefined);
  return problem === undefined ? cpuProblem(value) : `${problem.path.join(".")}: ${problem.message}`;
}

function cpuProblem(profile: Json): string | undefined {
  const sets = ["reserved", "isolated", "offlined", "shared"].map((name) => {
    const text = readSegments(profile, ["spec", "cpu", name]);
    return { name, ranges: readCpus(typeof text === "string" ? text : "") };
  });
  for (const { name, ranges } of sets) {
    if (ranges === undefined) return `spec.cpu.${name}: is not a list of CPUs such as 0-3,8`;
    if (ranges.length === 0 && (name === "reserved" || name === "isolated"))
      return `spec.cpu.${name}: ${name} CPUs can not be empty`;
  }
  for (const [index, one] of sets.entries())
    for (const other of sets.slice(index + 1))
      if (meet(one.ranges ?? [], other.ranges ?? [])) return `spec.cpu: ${one.name} and ${other.name} cpus overlap`;
  return undefined;
}

const meet = (some: readonly CpuRange[], others: readonly CpuRange[]): boolean =>
  some.some((one) => others.some((other) => one.first <= other.last && other.first <= one.last));
