import type { Json, JsonObject } from "../../manifests/manifest.ts";
import type { Scope } from "../../rules/functions.ts";
import type { Shape } from "../../rules/table.ts";
import { type ApiContext, apiProblems, type Problem } from "./api-problems.ts";
import { at, kubernetesVersionOf, nameOf, text, workersOf } from "./shoot.ts";
import { newIn } from "./shoot-problems.ts";

/** Each value of the spec by itself: its type and what pkg/api/core/validation/shoot.go asks of one value alone. */
export const apiValues = newIn(function* (shoot, scope, known): Generator<Problem> {
  const [spec, metadata] = [scope.shape("shoot-spec"), scope.shape("shoot-metadata")];
  if (spec === undefined) return;
  const context = contextOf(scope, text(at(shoot, "/spec/kubernetes/version")));
  // Another version asks other things of the same values.
  const same = text(at(known, "/spec/kubernetes/version")) === context.kubernetesVersion ? known : undefined;
  if (metadata !== undefined)
    yield* apiProblems(metadata, metadataOf(shoot), ["metadata"], context, same && metadataOf(same));
  yield* apiProblems(withoutWorkers(spec), at(shoot, "/spec"), ["spec"], context, at(same, "/spec"));
  const workers = at(shoot, "/spec/provider/workers");
  if (workers !== undefined && !Array.isArray(workers))
    yield { path: ["spec", "provider", "workers"], message: "must be a list" };
  for (const pool of workersOf(shoot)) yield* poolProblems(shoot, pool, scope, known);
});

const contextOf = (scope: Scope, kubernetesVersion: string | undefined): ApiContext => ({
  gardenerVersion: () => scope.target("gardener"),
  refusesUnknown: scope.isKnownRelease("gardener"),
  kubernetesVersion,
});

function* poolProblems(shoot: Json, pool: JsonObject, scope: Scope, known: Json | undefined): Generator<Problem> {
  const [worker, kubelet] = [scope.shape("worker"), scope.shape("kubelet")];
  if (worker === undefined || kubelet === undefined) return;
  const context = contextOf(scope, kubernetesVersionOf(shoot, pool));
  const old = workersOf(known).find((one) => nameOf(one) === nameOf(pool));
  const same = old !== undefined && kubernetesVersionOf(known, old) === context.kubernetesVersion ? old : undefined;
  yield* apiProblems(worker, pool, ["spec", "provider", "workers", nameOf(pool)], context, same);
  if (!takesKubeletOfShoot(pool)) return;
  const shared = at(shoot, kubeletOfShoot);
  const earlier = same !== undefined && takesKubeletOfShoot(same) ? at(known, kubeletOfShoot) : undefined;
  for (const problem of apiProblems(kubelet, shared, [], context, earlier))
    yield { ...problem, path: ["spec", "kubernetes", "kubelet", ...problem.path] };
}

const kubeletOfShoot = "/spec/kubernetes/kubelet";

/** A pool with an own kubernetes block but no own kubelet block takes the Shoot's, at the pool's version. */
const takesKubeletOfShoot = (pool: Json): boolean =>
  at(pool, "/kubernetes") !== undefined && at(pool, "/kubernetes/kubelet") === undefined;

/** Other metadata is the server's: manifests that were read from a cluster hold more of it. */
const metadataOf = (shoot: Json): Json => ({
  name: at(shoot, "/metadata/name") ?? null,
  labels: at(shoot, "/metadata/labels") ?? null,
  annotations: at(shoot, "/metadata/annotations") ?? null,
});

const specs = new WeakMap<object, Shape>();

/** Workers are asked by their own versions. */
function withoutWorkers(spec: Shape): Shape {
  if (typeof spec === "string" || Array.isArray(spec)) return spec;
  let found = specs.get(spec);
  if (found === undefined) {
    const { provider } = spec as { readonly [field: string]: Shape };
    found = { ...(spec as object), provider: { ...(provider as object), workers: "any" } };
    specs.set(spec, found);
  }
  return found;
}
