import type { Json } from "../../../../manifests/manifest.ts";
import { at, number, text, workersOf } from "../../shoot.ts";
import { anything, type Asked, type AskedPool, type Lack, lackOf, offeredIn, poolLack } from "./lack.ts";
import { isInactive } from "./lifecycle.ts";

const versionsOf = "/spec/kubernetes/versions";

/** What an apply of the Shoot alone asks of its profile, beside what its pools ask. */
export function* shootLacks(asked: Asked): Generator<Lack> {
  const { profile, shoot, old, now } = asked;
  const version = text(at(shoot, "/spec/kubernetes/version"));
  if (version?.split(".").length === 3 && version !== text(at(old, "/spec/kubernetes/version"))) {
    const offered = offeredIn(at(profile, versionsOf), version, "/version");
    const lack = (is: string): Lack => lackOf("/spec/kubernetes/version", `Kubernetes ${version}`, is);
    if (offered === undefined) yield lack("is not offered");
    else if (old === undefined && offered !== anything && isInactive(offered, now)) yield lack("is expired");
  }
  const region = text(at(shoot, "/spec/region"));
  if (region !== undefined && old === undefined && offeredIn(at(profile, "/spec/regions"), region) === undefined)
    yield lackOf("/spec/region", `region "${region}"`, "is not offered");
}

const minimumOf = (shoot: Json | undefined): number =>
  workersOf(shoot).reduce((sum, worker) => sum + (number(at(worker, "/minimum")) ?? 0), 0);

/** validateWorkerKubernetesVersion. */
export function* poolVersionLacks(asked: AskedPool): Generator<Lack> {
  const { profile, old, worker, oldWorker, now } = asked;
  const version = text(at(worker, "/kubernetes/version"));
  const before = text(at(oldWorker, "/kubernetes/version")) ?? text(at(old, "/spec/kubernetes/version"));
  if (version?.split(".").length !== 3 || version === before) return;
  const offered = offeredIn(at(profile, versionsOf), version, "/version");
  const lack = (is: string): Lack => poolLack(asked, "/kubernetes/version", `Kubernetes ${version}`, is);
  if (offered === undefined) yield lack("is not offered");
  else if (oldWorker === undefined && offered !== anything && isInactive(offered, now)) yield lack("is expired");
}

/** validateMaxNodesTotal. It is asked with every update; what the update does not raise was there before. */
export function* limitLacks({ profile, shoot, old }: Asked): Generator<Lack> {
  const limit = number(at(profile, "/spec/limits/maxNodesTotal"));
  const total = minimumOf(shoot);
  if (limit !== undefined && total > limit && total > minimumOf(old))
    yield lackOf("/spec/provider/workers", `a total of ${total} minimum nodes`, `exceeds the limit of ${limit}`);
}
