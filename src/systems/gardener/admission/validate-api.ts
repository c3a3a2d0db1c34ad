import { isObject } from "../../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { memoized } from "../../../manifests/memoized.ts";
import type { Scope } from "../../../rules/functions.ts";
import type { Shape } from "../../../rules/rows.ts";
import { isListShape } from "../../api-shape.ts";
import { decoderOf } from "../api/decoder.ts";
import { type ApiContext, apiProblems, type Problem } from "../api/problems.ts";
import { at, items, kubernetesVersionOf, nameOf, text, workersOf } from "../shoot.ts";
import { newIn } from "./shoot-problems.ts";

/** Each value of the spec by itself: its type and what pkg/api/core/validation/shoot.go asks of one value alone. */
export const apiValues = newIn(function* (shoot, scope, known): Generator<Problem> {
  const [spec, metadata] = [scope.shape("shoot-spec"), scope.shape("shoot-metadata")];
  if (spec === undefined) return;
  const version = (of: Json | undefined): string | undefined => text(at(of, "/spec/kubernetes/version"));
  const context = contextOf(scope, version(shoot), version(known));
  if (metadata !== undefined)
    yield* apiProblems(metadata, metadataOf(shoot, known), ["metadata"], context, known && metadataOf(known, shoot));
  const own = typeof spec === "string" ? spec : withoutWorkers(spec);
  yield* apiProblems(own, at(shoot, "/spec"), ["spec"], context, at(known, "/spec"));
  const workers = at(shoot, "/spec/provider/workers");
  if (workers !== undefined && !Array.isArray(workers))
    yield { path: ["spec", "provider", "workers"], message: "must be a list" };
  for (const [index, item] of items(workers).entries())
    if (item !== null && !isObject(item))
      yield { path: ["spec", "provider", "workers", String(index)], message: "must be an object" };
  for (const pool of workersOf(shoot)) yield* poolProblems(shoot, pool, scope, known);
});

const contextOf = (
  scope: Scope,
  kubernetesVersion: string | undefined,
  earlierVersion: string | undefined,
): ApiContext => ({
  decoder: decoderOf(scope, "Gardener", "gardener"),
  catalog: (list) => scope.catalog(list),
  kubernetesVersion,
  earlierVersion,
});

function* poolProblems(shoot: Json, pool: JsonObject, scope: Scope, known: Json | undefined): Generator<Problem> {
  const [worker, kubelet] = [scope.shape("worker"), scope.shape("kubelet")];
  if (worker === undefined || kubelet === undefined) return;
  const old = workersOf(known).find((one) => nameOf(one) === nameOf(pool));
  const earlierVersion = old === undefined ? undefined : kubernetesVersionOf(known, old);
  const context = contextOf(scope, kubernetesVersionOf(shoot, pool), earlierVersion);
  yield* apiProblems(worker, pool, ["spec", "provider", "workers", nameOf(pool)], context, old);
  if (!takesKubeletOfShoot(pool)) return;
  const shared = at(shoot, kubeletOfShoot);
  const earlier = old !== undefined && takesKubeletOfShoot(old) ? at(known, kubeletOfShoot) : undefined;
  for (const problem of apiProblems(kubelet, shared, [], context, earlier))
    yield { ...problem, path: ["spec", "kubernetes", "kubelet", ...problem.path] };
}

const kubeletOfShoot = "/spec/kubernetes/kubelet";

/** A pool with an own kubernetes block but no own kubelet block takes the Shoot's, at the pool's version. */
const takesKubeletOfShoot = (pool: Json): boolean =>
  at(pool, "/kubernetes") !== undefined && at(pool, "/kubernetes/kubelet") === undefined;

/** Other metadata is the server's: manifests that were read from a cluster hold more of it. */
const metadataOf = (shoot: Json, other: Json | undefined): Json => ({
  name: at(shoot, "/metadata/name") ?? null,
  labels: at(shoot, "/metadata/labels") ?? null,
  annotations: at(shoot, "/metadata/annotations") ?? null,
  // Gardener adds its own to a Shoot that stands.
  finalizers: (other === undefined ? at(shoot, "/metadata/finalizers") : undefined) ?? null,
});

/** Workers are asked by their own versions. */
const withoutWorkers = memoized((spec: Exclude<Shape, string>): Shape => {
  if (isListShape(spec)) return spec;
  const { provider } = spec;
  return { ...spec, provider: { ...(provider as object), workers: "any" } };
});
