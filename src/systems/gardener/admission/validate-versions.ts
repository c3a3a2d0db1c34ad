import { compareVersions, minorOf, parseVersion, versionText } from "../../../rules/version.ts";
import type { Problem } from "../api/problems.ts";
import { at, isInPlace, kubernetesVersionOf, nameOf, text, workersOf } from "../shoot.ts";
import { workerPath } from "./paths.ts";
import { changed, newIn } from "./shoot-problems.ts";

/** A version that names its minor at least; without a patch, admission takes the newest of that minor. */
const named = (version: string | undefined): string | undefined =>
  version !== undefined && minorOf(version) !== undefined ? version : undefined;

const minorsBetween = (older: string, newer: string): number => {
  const [a, b] = [parseVersion(older), parseVersion(newer)];
  if (a === undefined || b === undefined) return 0;
  return b[0] === a[0] ? b[1] - a[1] : b[0] > a[0] ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
};

/** Whether `a` is older than `b` whatever patch versions they come to. */
const isOlder = (a: string, b: string): boolean =>
  versionText(a) === undefined || versionText(b) === undefined
    ? minorsBetween(b, a) < 0
    : (compareVersions(a, b) ?? 0) < 0;

function* versionChange(
  before: string | undefined,
  after: string | undefined,
  path: readonly string[],
  maySkip: boolean,
): Generator<Problem> {
  if (before === undefined || after === undefined) return;
  if (isOlder(after, before))
    yield { path, message: `kubernetes version downgrade is not supported (${before} to ${after})` };
  if (!maySkip && minorsBetween(before, after) >= 2)
    yield { path, message: `kubernetes version upgrade cannot skip a minor version (${before} to ${after})` };
}

/** ValidateKubernetesVersionUpdate for the Shoot and the effective version of each pool. */
export const versionUpdates = changed(function* (base, head): Generator<Problem> {
  const [before, after] = [base, head].map((shoot) => named(text(at(shoot, "/spec/kubernetes/version"))));
  const ofShoot = ["spec", "kubernetes", "version"];
  if (before !== undefined && (text(at(head, "/spec/kubernetes/version")) ?? "") === "")
    yield {
      path: ofShoot,
      message:
        "without a version, admission takes the newest supported one of the CloudProfile, and refuses the change where " +
        "that skips a minor version or leaves a pool's own too far behind: write the version down",
      isUnsure: true,
    };
  yield* versionChange(before, after, ofShoot, false);
  for (const worker of workersOf(head)) {
    // A pool that is new on this side is compared as if it had always been there.
    const old = workersOf(base).find((one) => nameOf(one) === nameOf(worker)) ?? worker;
    const path = workerPath(worker, "/kubernetes/version");
    const [was, is] = [named(kubernetesVersionOf(base, old)), named(kubernetesVersionOf(head, worker))];
    if (was === before && is === after && at(worker, "/kubernetes/version") === undefined) {
      if (isInPlace(worker)) yield* versionChange(was, is, path, false);
      continue;
    }
    yield* versionChange(was, is, path, !isInPlace(worker));
  }
});

/** A pool is never newer than its Shoot, and at most three minor versions older. */
export const versionSkew = newIn(function* (shoot): Generator<Problem> {
  const control = named(text(at(shoot, "/spec/kubernetes/version")));
  if (control === undefined) return;
  for (const worker of workersOf(shoot)) {
    const own = named(text(at(worker, "/kubernetes/version")));
    if (own === undefined) continue;
    const path = workerPath(worker, "/kubernetes/version");
    if (isOlder(control, own))
      yield {
        path,
        message: `worker group kubernetes version ${own} must not be higher than control plane version ${control}`,
      };
    if (minorsBetween(own, control) >= 4)
      yield {
        path,
        message: `worker group kubernetes version ${own} must be at most three minor versions behind control plane version ${control}`,
      };
  }
});

/**
 * Texts with fewer or more than three parts are completed by admission, by their numbers; the others must be listed in
 * the CloudProfile (validateKubernetesVersionConstraints), which takes plain numbers only (k8sVersionCPRegex).
 */
const version = /^\d+(?:\.\d+){0,2}$|^\d+(?:\.[\w+-]+){3,}$/;

/** A text that is no version that a CloudProfile can list. */
export const versionTexts = newIn(function* (shoot): Generator<Problem> {
  const own = text(at(shoot, "/spec/kubernetes/version"));
  if (own !== undefined && own !== "" && !version.test(own))
    yield { path: ["spec", "kubernetes", "version"], message: `"${own}" is not a version` };
  for (const worker of workersOf(shoot)) {
    const pinned = text(at(worker, "/kubernetes/version"));
    if (pinned !== undefined && pinned !== "" && !version.test(pinned))
      yield {
        path: workerPath(worker, "/kubernetes/version"),
        message: `"${pinned}" is not a version`,
      };
  }
});
