import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { canonicalText } from "../../../rules/canonical.ts";
import { compareVersions, isWithin } from "../../../rules/version.ts";
import { knownRelease } from "../api/decoder.ts";
import type { Problem } from "../api/problems.ts";
import { operationsIn } from "../operations/operations.ts";
import { at, isInPlace, isIpvs, items, kubernetesVersionOf, nameOf, text, workersOf } from "../shoot.ts";
import { workerPath } from "./paths.ts";
import { changed, newIn } from "./shoot-problems.ts";

type Report = (pointer: string, message: string, isUnsure?: boolean) => Problem;

const findPool = (shoot: Json, name: string): JsonObject | undefined =>
  workersOf(shoot).find((worker) => nameOf(worker) === name);

const strategyOf = (worker: Json): string => text(at(worker, "/updateStrategy")) ?? "AutoRollingUpdate";

/**
 * The gate of in-place updates, which is off by default. Only what is new is asked: a Shoot that has such a pool already
 * shows that the gate is on.
 */
export const inPlaceGate = newIn(function* (shoot, scope, known): Generator<Problem> {
  const gate = scope.option("in-place-node-updates");
  if (gate === "true" || (gate === "auto" && workersOf(known).some(isInPlace))) return;
  for (const worker of workersOf(shoot))
    if (isInPlace(worker) && (known === undefined || findPool(known, nameOf(worker)) === undefined))
      yield {
        path: workerPath(worker, "/updateStrategy"),
        message:
          "in-place update strategies of new pools need the feature gate InPlaceNodeUpdates, which is off by default " +
          "(landscape option in-place-node-updates)",
      };
});

/** ValidateProviderUpdate: what the update strategy forbids to change. */
export const strategyUpdates = changed(function* (base, head, scope): Generator<Problem> {
  for (const worker of workersOf(head)) {
    const report: Report = (pointer, message, isUnsure = false) => ({
      path: workerPath(worker, pointer),
      message,
      ...(isUnsure ? { isUnsure } : {}),
    });
    const old = findPool(base, nameOf(worker));
    if (old === undefined) continue;
    if (isInPlace(old) && !isInPlace(worker))
      yield report("/updateStrategy", `cannot be changed from ${strategyOf(old)} to AutoRollingUpdate`);
    if (!isInPlace(old) && isInPlace(worker))
      yield report("/updateStrategy", `cannot be changed from AutoRollingUpdate to ${strategyOf(worker)}`);
    // The comparison is made only while the strategy itself stays: a change between the two in-place strategies passes.
    if (isInPlace(worker) && strategyOf(old) === strategyOf(worker))
      yield* fixedInPlace(old, worker, report, text(at(head, "/spec/provider/type")));
    if (isInPlace(worker) && !isWithin(knownRelease(scope, "gardener") ?? "", undefined, "1.136"))
      yield* imageDowngrade(old, worker, report);
  }
});

const volumeText = (value: Json | undefined): string =>
  canonicalText(
    value === undefined
      ? undefined
      : Object.fromEntries(Object.entries(value as JsonObject).filter(([, item]) => item !== null)),
  );

function* fixedInPlace(old: Json, worker: Json, report: Report, provider: string | undefined): Generator<Problem> {
  const message = (what: string): string =>
    `${what} cannot be changed if update strategy is AutoInPlaceUpdate/ManualInPlaceUpdate`;
  if (at(old, "/machine/type") !== at(worker, "/machine/type")) yield report("/machine/type", message("machine type"));
  const [before, after] = [at(old, "/machine/image/name"), at(worker, "/machine/image/name")];
  if (before !== undefined && after !== undefined && before !== after)
    yield report("/machine/image/name", message("machine image name"));
  const volume = at(worker, "/volume");
  if (provider === "alicloud") yield* alicloudVolume(at(old, "/volume"), volume, report, message("volume"));
  else if (volumeText(at(old, "/volume")) !== volumeText(volume)) yield report("/volume", message("volume"));
}

/**
 * The mutator of provider-alicloud comes before validation: it keeps the stored `encrypted` of a system disk where the
 * manifest says nothing, and stores true for a customized image, which no manifest shows
 * (gardener/gardener-extension-provider-alicloud@a8a7f4760 pkg/admission/mutator/shoot.go).
 */
function* alicloudVolume(
  old: Json | undefined,
  volume: Json | undefined,
  report: Report,
  message: string,
): Generator<Problem> {
  const [stored, said] = [at(old, "/encrypted"), at(volume, "/encrypted")];
  const withEncrypted = (value: Json | undefined): Json | undefined =>
    volume === undefined ? undefined : { ...(volume as JsonObject), encrypted: value ?? null };
  if (volumeText(old) === volumeText(withEncrypted(said ?? stored))) return;
  const isUnsure = stored === undefined && said === true && volumeText(old) === volumeText(withEncrypted(undefined));
  yield report("/volume", isUnsure ? `${message}; true is stored already for a customized image` : message, isUnsure);
}

function* imageDowngrade(old: Json, worker: Json, report: Report): Generator<Problem> {
  const [before, after] = [text(at(old, "/machine/image/version")), text(at(worker, "/machine/image/version"))];
  if (before === undefined || after === undefined) return;
  // Parts that are not named are chosen from the CloudProfile.
  const named = Math.min(before.split(".").length, after.split(".").length);
  const partOf = (version: string): string => version.split(".").slice(0, named).join(".");
  if ((compareVersions(partOf(after), partOf(before)) ?? 0) < 0)
    yield report(
      "/machine/image/version",
      "machine image version downgrade is not supported with an in-place update strategy",
    );
}

const isNodeLocalDnsOn = (shoot: Json): boolean => at(shoot, "/spec/systemComponents/nodeLocalDNS/enabled") === true;

/** validateNodeLocalDNSUpdate: pools that would have to be replaced cannot be, when they are updated in place. */
export const nodeLocalDnsUpdate = changed(function* (base, head, scope): Generator<Problem> {
  if (isNodeLocalDnsOn(base) === isNodeLocalDnsOn(head)) return;
  const isEveryPool = isIpvs(base) || isWithin(knownRelease(scope, "gardener") ?? "", undefined, "1.126");
  const affected = workersOf(base).find(
    (worker) =>
      isInPlace(worker) && (isEveryPool || isWithin(kubernetesVersionOf(base, worker) ?? "", undefined, "1.34")),
  );
  if (affected !== undefined)
    yield {
      path: ["spec", "systemComponents", "nodeLocalDNS", "enabled"],
      message: `cannot be changed while pool "${nameOf(affected)}" has an in-place update strategy${isEveryPool ? "" : " and runs Kubernetes < 1.34"}`,
    };
});

/** ValidateInPlaceUpdates: a pool that is being updated in place is locked. */
export const pendingUpdates = changed(function* (base, head): Generator<Problem> {
  if (operationsIn(head, "gardener.cloud/operation").includes("force-in-place-update")) return;
  const pending = ["autoInPlaceUpdate", "manualInPlaceUpdate"].flatMap((list) =>
    items(at(head, `/status/inPlaceUpdates/pendingWorkerUpdates/${list}`)),
  );
  for (const worker of workersOf(head)) {
    const old = findPool(base, nameOf(worker));
    if (old === undefined || !isInPlace(worker) || !pending.includes(nameOf(worker))) continue;
    const facts = (shoot: Json, pool: Json): string =>
      canonicalText([
        pool,
        kubernetesVersionOf(shoot, pool) ?? "",
        at(pool, "/kubernetes/kubelet") ?? at(shoot, "/spec/kubernetes/kubelet") ?? null,
      ]);
    if (facts(base, old) !== facts(head, worker))
      yield {
        path: workerPath(worker),
        message: "is currently undergoing an in-place update; no changes are allowed without force-in-place-update",
      };
  }
});
