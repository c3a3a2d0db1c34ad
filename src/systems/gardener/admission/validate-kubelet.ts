import type { Json } from "../../../manifests/manifest.ts";
import type { Problem } from "../api/problems.ts";
import { at, ipFamiliesOf, items, nameOf, number, text, workersOf } from "../shoot.ts";
import { changedOrNew, newIn } from "./shoot-problems.ts";

/** What values of one kubelet block ask of each other: ValidateKubeletConfig in pkg/api/core/validation/shoot.go. */
export const kubeletValues = newIn(function* (shoot): Generator<Problem> {
  const shared = at(shoot, "/spec/kubernetes/kubelet");
  yield* kubeletProblems(shared, ["spec", "kubernetes", "kubelet"], { high: 50, low: 40 });
  for (const worker of workersOf(shoot))
    yield* kubeletProblems(
      at(worker, "/kubernetes/kubelet"),
      `spec/provider/workers/${nameOf(worker)}/kubernetes/kubelet`.split("/"),
    );
});

/** The API fills in thresholds at the Shoot only. */
function* kubeletProblems(
  kubelet: Json | undefined,
  path: readonly string[],
  defaults?: { readonly high: number; readonly low: number },
): Generator<Problem> {
  if (kubelet === undefined) return;
  const problem = (field: string, message: string): Problem => ({ path: [...path, field], message });
  const high = number(at(kubelet, "/imageGCHighThresholdPercent")) ?? defaults?.high;
  const low = number(at(kubelet, "/imageGCLowThresholdPercent")) ?? defaults?.low;
  if (high !== undefined && low !== undefined && low >= high)
    yield problem("imageGCLowThresholdPercent", "must be less than imageGCHighThresholdPercent");
  yield* swapProblems(kubelet, problem);
  const parallel = number(at(kubelet, "/maxParallelImagePulls"));
  if (at(kubelet, "/serializeImagePulls") === true && parallel !== undefined && parallel > 1)
    yield problem(
      "maxParallelImagePulls",
      "cannot be larger than 1 when serializeImagePulls is true, as the API server stores it where neither was written: write false",
    );
  yield* imagePullProblems(kubelet, problem);
}

type Report = (field: string, message: string) => Problem;

function* swapProblems(kubelet: Json, problem: Report): Generator<Problem> {
  if (at(kubelet, "/memorySwap") === undefined) return;
  // failSwapOn defaults to true at both levels.
  if (at(kubelet, "/failSwapOn") !== false)
    yield problem("memorySwap", "configuring swap behaviour is not available with failSwapOn=true");
  if (at(kubelet, "/memorySwap/swapBehavior") !== undefined && at(kubelet, "/featureGates/NodeSwap") !== true)
    yield problem("memorySwap", "configuring swap behaviour needs the feature gate NodeSwap");
}

function* imagePullProblems(kubelet: Json, problem: Report): Generator<Problem> {
  const policy = text(at(kubelet, "/imagePullCredentialsVerificationPolicy"));
  if (policy !== undefined && at(kubelet, "/featureGates/KubeletEnsureSecretPulledImages") === false)
    yield problem(
      "imagePullCredentialsVerificationPolicy",
      "may not be set when the feature gate KubeletEnsureSecretPulledImages is disabled",
    );
  const list = at(kubelet, "/preloadedImagesVerificationAllowlist");
  // A list without anything in it counts as set.
  if (list === undefined) return;
  if (policy !== "NeverVerifyAllowlistedImages")
    yield problem(
      "preloadedImagesVerificationAllowlist",
      "may only be set when imagePullCredentialsVerificationPolicy is NeverVerifyAllowlistedImages",
    );
  else if (items(list).some((pattern) => !isImagePattern(text(pattern) ?? "")))
    yield problem(
      "preloadedImagesVerificationAllowlist",
      "must list images without tag or digest, or registries and repositories that end in /*",
    );
}

const label = "(?:[a-zA-Z\\d]|[a-zA-Z\\d][a-zA-Z\\d-]*[a-zA-Z\\d])";
const part = "[a-z\\d]+(?:(?:[._]|__|-+)[a-z\\d]+)*";
/** A name as github.com/distribution/reference reads it, without tag and digest. */
const repository = new RegExp(`^(?:(?:${label}(?:\\.${label})*|\\[[a-fA-F\\d:]+\\])(?::\\d+)?/)?${part}(?:/${part})*$`);
const longestRepository = 255;

/** validatePreloadedImagesVerificationAllowlistPattern: what precedes `/*` is not checked. */
function isImagePattern(pattern: string): boolean {
  if (pattern !== pattern.trim()) return false;
  if (pattern.endsWith("/*")) return pattern.length > 2 && !pattern.slice(0, -1).includes("*");
  return pattern.length <= longestRepository && repository.test(pattern);
}

const defaultMaxPods = 110;

function mostPods(shoot: Json): number {
  const maximum = (value: Json | undefined): number => number(at(value, "/maxPods")) ?? 0;
  const shared = maximum(at(shoot, "/spec/kubernetes/kubelet"));
  return Math.max(shared, ...workersOf(shoot).map((worker) => maximum(at(worker, "/kubernetes/kubelet"))));
}

/** calculateDefaultNodeCIDRMaskSize: about twice as many addresses as pods. */
function defaultMask(shoot: Json): number {
  const shared = number(at(shoot, "/spec/kubernetes/kubelet/maxPods")) ?? defaultMaxPods;
  const most = Math.max(
    shared,
    ...workersOf(shoot).map((worker) => number(at(worker, "/kubernetes/kubelet/maxPods")) ?? 0),
  );
  return 32 - Math.ceil(Math.log2(most * 2));
}

const maskOf = (shoot: Json): number | undefined =>
  number(at(shoot, "/spec/kubernetes/kubeControllerManager/nodeCIDRMaskSize"));

/**
 * nodeCIDRMaskSize: cannot change, and must leave an address for every pod. Where neither side names it, the live value
 * is the default of the day on which the Shoot was made, taken from the base.
 */
export const nodeAddresses = changedOrNew(function* (base, head): Generator<Problem> {
  const path = ["spec", "kubernetes", "kubeControllerManager", "nodeCIDRMaskSize"];
  if (!ipFamiliesOf(base ?? head).includes("IPv4") || workersOf(head).length === 0) return;
  const rewritten = maskOf(head);
  const written = base === undefined ? rewritten : maskOf(base);
  const before = written ?? defaultMask(base ?? head);
  const after = rewritten ?? (written === undefined ? before : defaultMask(head));
  if (before !== after)
    yield {
      path,
      message: `field is immutable: ${before} cannot become ${after}${rewritten === undefined ? ", its default" : ""}`,
    };
  if (base === undefined && rewritten === undefined && ipFamiliesOf(head).length === 1 && (after < 16 || after > 28))
    yield { path, message: `its default for ${mostPods(head)} pods, ${after}, is not between 16 and 28` };
  const hasTooFew = (mask: number, shoot: Json): boolean => 2 ** (32 - mask) - 2 < (mostPods(shoot) || defaultMaxPods);
  if (hasTooFew(after, head) && (base === undefined || !hasTooFew(before, base)))
    yield {
      path,
      message: `a node network of /${after} has too few addresses for maxPods ${mostPods(head) || defaultMaxPods}`,
    };
});
