import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { isWithin } from "../../../rules/version.ts";
import { knownRelease } from "../api/decoder.ts";
import type { Problem } from "../api/problems.ts";
import { at, isInPlace, items, nameOf, number, text, workersOf } from "../shoot.ts";
import { workerPath } from "./paths.ts";
import { newIn } from "./shoot-problems.ts";

type Report = (pointer: string, message: string) => Problem;

/** What values of one worker ask of each other: ValidateWorker in pkg/api/core/validation/shoot.go. */
export const workerValues = newIn(function* (shoot, scope, known): Generator<Problem> {
  const release = knownRelease(scope, "gardener") ?? "";
  const knownWorkers = new Map(workersOf(known).map((worker) => [nameOf(worker), worker]));
  for (const worker of workersOf(shoot)) {
    const report: Report = (pointer, message) => ({
      path: workerPath(worker, pointer),
      message,
    });
    yield* sizeProblems(worker, knownWorkers.get(nameOf(worker)), report);
    yield* surgeProblems(worker, release, report);
    yield* taintProblems(worker, report);
    yield* volumeProblems(worker, report);
    yield* runtimeProblems(worker, knownWorkers.get(nameOf(worker)), report);
    yield* machineControllerProblems(worker, release, report);
  }
});

function* sizeProblems(worker: JsonObject, known: JsonObject | undefined, report: Report): Generator<Problem> {
  if (nameOf(worker) === "") yield report("/name", "must be set");
  if (at(worker, "/machine") === undefined) yield report("/machine/type", "must specify a machine type");
  const image = at(worker, "/machine/image");
  // An apply keeps the name that admission wrote where the pool did not say it.
  const isNamed =
    known !== undefined && at(known, "/machine/image/name") === undefined && at(image, "/name") === undefined;
  // Without a full version, admission takes the first image of the CloudProfile.
  if (!isNamed && (text(at(image, "/name")) ?? "") === "" && text(at(image, "/version"))?.split(".").length === 3)
    yield report("/machine/image/name", "must specify a machine image name");
  const [minimum, maximum] = [number(at(worker, "/minimum")) ?? 0, number(at(worker, "/maximum")) ?? 0];
  if (maximum < minimum) yield report("/maximum", "maximum value must not be less than minimum value");
}

/** validateZones of the admission plugin ShootValidator: what it finds without a CloudProfile. */
export const zonesTwice = newIn(function* (shoot): Generator<Problem> {
  for (const worker of workersOf(shoot)) {
    const zones = items(at(worker, "/zones"));
    if (new Set(zones).size < zones.length)
      yield { path: workerPath(worker, "/zones"), message: "a zone is listed twice" };
  }
});

const amountOf = (value: Json | undefined): number => {
  const percent = /^(\d+)%$/.exec(text(value) ?? "");
  return percent === null ? (number(value) ?? Number.parseInt(text(value) ?? "0", 10)) : Number(percent[1]);
};

/** SetDefaults_Worker: what a worker has that does not say how many nodes a rollout may add and miss. */
function surgeOf(worker: JsonObject, release: string): { readonly surge: Json; readonly unavailable: Json } {
  const isManual = text(at(worker, "/updateStrategy")) === "ManualInPlaceUpdate";
  const isLikeRolling = !isInPlace(worker) || isWithin(release, undefined, isManual ? "1.115" : "1.123");
  return {
    surge: at(worker, "/maxSurge") ?? (isLikeRolling ? 1 : 0),
    unavailable: at(worker, "/maxUnavailable") ?? (isLikeRolling ? 0 : 1),
  };
}

function* surgeProblems(worker: JsonObject, release: string, report: Report): Generator<Problem> {
  const { surge, unavailable } = surgeOf(worker, release);
  if (text(at(worker, "/updateStrategy")) === "ManualInPlaceUpdate") {
    // Both were overwritten before, and of no interest from 1.125 on; today they must not be there.
    if (isWithin(release, "1.115", "1.123") || isWithin(release, "1.125", "1.129")) return;
    if (isWithin(release, "1.123", "1.125") && amountOf(surge) !== 0)
      yield report("/maxSurge", "must be 0 when updateStrategy is ManualInPlaceUpdate");
    if (!isWithin(release, undefined, "1.129")) {
      const message = "should not be set when updateStrategy is ManualInPlaceUpdate";
      if (at(worker, "/maxSurge") !== undefined) yield report("/maxSurge", message);
      if (at(worker, "/maxUnavailable") !== undefined) yield report("/maxUnavailable", message);
      return;
    }
  }
  if (amountOf(surge) === 0 && amountOf(unavailable) === 0)
    yield report("/maxUnavailable", "may not be 0 when maxSurge is 0");
}

function* taintProblems(worker: JsonObject, report: Report): Generator<Problem> {
  const seen = new Set<string>();
  for (const [index, taint] of items(at(worker, "/taints")).entries()) {
    const [key, effect] = [text(at(taint, "/key")) ?? "", text(at(taint, "/effect")) ?? ""];
    if (key === "") yield report(`/taints/${index}/key`, "name part must be non-empty");
    if (effect === "") yield report(`/taints/${index}/effect`, "must be set");
    if (key === "node.gardener.cloud/critical-components-not-ready")
      yield report(`/taints/${index}/key`, "taint key is reserved by gardener");
    const pair = JSON.stringify([effect, key]);
    if (seen.has(pair)) yield report(`/taints/${index}`, "taints must be unique by key and effect pair");
    seen.add(pair);
  }
}

function* volumeProblems(worker: JsonObject, report: Report): Generator<Problem> {
  const volume = at(worker, "/volume");
  if (volume !== undefined && at(volume, "/size") === undefined)
    yield report("/volume/size", "volume size must match the regex ^(\\d)+Gi$");
  const dataVolumes = items(at(worker, "/dataVolumes"));
  if (dataVolumes.length > 0 && volume === undefined)
    yield report("/volume", "a worker volume must be defined if data volumes are defined");
  const names = dataVolumes.map(nameOf);
  for (const [index, name] of names.entries()) {
    if (name === "") yield report(`/dataVolumes/${index}/name`, "must specify a name");
    else if (names.indexOf(name) < index) yield report(`/dataVolumes/${name}/name`, "data volume names must be unique");
    if (at(dataVolumes[index], "/size") === undefined)
      yield report(`/dataVolumes/${name}/size`, "data volume size must match the regex ^(\\d)+Gi$");
  }
  const kubelet = text(at(worker, "/kubeletDataVolumeName"));
  if (kubelet !== undefined && !names.includes(kubelet))
    yield report("/kubeletDataVolumeName", `refers to the unrecognized data volume ${kubelet}`);
}

function* runtimeProblems(worker: JsonObject, known: JsonObject | undefined, report: Report): Generator<Problem> {
  // An apply keeps the name that was filled in where the pool said nothing of the interface.
  const isFilledIn = known !== undefined && at(known, "/cri") === undefined;
  if (at(worker, "/cri") !== undefined && at(worker, "/cri/name") === undefined && !isFilledIn)
    yield report("/cri/name", "must be containerd");
  const types = items(at(worker, "/cri/containerRuntimes")).map((runtime) => text(at(runtime, "/type")) ?? "");
  if (types.includes("")) yield report("/cri/containerRuntimes", "must specify a container runtime type");
  if (new Set(types).size < types.length)
    yield report("/cri/containerRuntimes", "container runtime types must be unique");
}

function* machineControllerProblems(worker: JsonObject, release: string, report: Report): Generator<Problem> {
  const path = "/machineControllerManager";
  if (!isInPlace(worker)) {
    if (at(worker, `${path}/inPlaceUpdateTimeout`) !== undefined && !isWithin(release, undefined, "1.126"))
      yield report(`${path}/inPlaceUpdateTimeout`, "can only be set with an in-place update strategy");
    if (at(worker, `${path}/disableHealthTimeout`) === true)
      yield report(`${path}/disableHealthTimeout`, "can only be set to true with an in-place update strategy");
  }
  const preserved = number(at(worker, `${path}/autoPreserveFailedMachineMax`));
  if (preserved === undefined) return;
  const maximum = number(at(worker, "/maximum")) ?? 0;
  const systemComponents = allowsSystemComponents(worker);
  const most = systemComponents && maximum > 0 ? maximum - 1 : maximum;
  if (preserved > most)
    yield report(`${path}/autoPreserveFailedMachineMax`, `must not be greater than ${most}, so that a machine remains`);
}

/** A pool without the block allows system components; the block without its field does not. */
export const allowsSystemComponents = (worker: Json): boolean =>
  at(worker, "/systemComponents") === undefined || at(worker, "/systemComponents/allow") === true;
