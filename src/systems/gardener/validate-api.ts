import type { Json } from "../../manifests/manifest.ts";
import type { Shape } from "../../rules/table.ts";
import { apiProblems, type Problem } from "./api-problems.ts";
import { at, kubernetesVersionOf, nameOf, text, workersOf } from "./shoot.ts";
import { newIn } from "./shoot-problems.ts";

/** Each value of the spec by itself: its type and what pkg/api/core/validation/shoot.go asks of one value alone. */
export const apiValues = newIn(function* (shoot, scope): Generator<Problem> {
  const [spec, worker, kubelet] = [scope.shape("shoot-spec"), scope.shape("worker"), scope.shape("kubelet")];
  if (spec === undefined || worker === undefined || kubelet === undefined) return;
  const gardenerVersion = scope.target("gardener");
  const shared = { gardenerVersion, kubernetesVersion: text(at(shoot, "/spec/kubernetes/version")) };
  const metadata = scope.shape("shoot-metadata");
  if (metadata !== undefined) yield* apiProblems(metadata, knownMetadata(at(shoot, "/metadata")), ["metadata"], shared);
  yield* apiProblems(withoutWorkers(spec), at(shoot, "/spec"), ["spec"], shared);
  const workers = at(shoot, "/spec/provider/workers");
  if (workers !== undefined && !Array.isArray(workers))
    yield { path: ["spec", "provider", "workers"], message: "must be a list" };
  for (const pool of workersOf(shoot)) {
    const path = ["spec", "provider", "workers", nameOf(pool)];
    const context = { gardenerVersion, kubernetesVersion: kubernetesVersionOf(shoot, pool) };
    yield* apiProblems(worker, pool, path, context);
    // A pool with an own kubernetes block but no own kubelet block takes the Shoot's, at the pool's version.
    if (at(pool, "/kubernetes") !== undefined && at(pool, "/kubernetes/kubelet") === undefined)
      for (const problem of apiProblems(kubelet, at(shoot, "/spec/kubernetes/kubelet"), [], context))
        yield { ...problem, path: ["spec", "kubernetes", "kubelet", ...problem.path] };
  }
});

/** Other metadata is the server's: manifests that were read from a cluster hold more of it. */
const knownMetadata = (metadata: Json | undefined): Json => ({
  name: at(metadata, "/name") ?? null,
  labels: at(metadata, "/labels") ?? null,
  annotations: at(metadata, "/annotations") ?? null,
});

const withoutWorkers = (spec: Shape): Shape => {
  if (typeof spec === "string" || Array.isArray(spec)) return spec;
  const { provider } = spec as { readonly [field: string]: Shape };
  return { ...(spec as object), provider: { ...(provider as object), workers: "any" } };
};
