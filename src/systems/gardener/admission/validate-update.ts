import type { Json } from "../../../manifests/manifest.ts";
import { sameValue } from "../../../rules/canonical.ts";
import { isWithin } from "../../../rules/version.ts";
import { knownRelease } from "../api/decoder.ts";
import type { Problem } from "../api/problems.ts";
import { primaryOf } from "../dns-primary.ts";
import { at, ipFamiliesOf, isInHibernation, isSelfHosted, items, nameOf, text, workersOf } from "../shoot.ts";
import { changed } from "./shoot-problems.ts";
import { hibernationUpdates } from "./validate-hibernation.ts";

/** ValidateShootSpecUpdate, as far as it is more than "this field is immutable", which is in the tables. */
export const shootUpdates = changed(function* (base, head, scope): Generator<Problem> {
  yield* workerUpdates(base, head);
  yield* bindingUpdates(base, head);
  yield* dnsUpdates(base, head);
  yield* networkUpdates(base, head, knownRelease(scope, "gardener") ?? newest);
  yield* controlPlaneUpdates(base, head);
  yield* hibernationUpdates(base, head);
});

function* workerUpdates(base: Json, head: Json): Generator<Problem> {
  const path = ["spec", "provider", "workers"];
  const [before, after] = [workersOf(base), workersOf(head)];
  if (before.length > 0 && after.length === 0)
    yield { path, message: "cannot switch from a Shoot with workers to a workerless Shoot" };
  if (before.length === 0 && after.length > 0)
    yield { path, message: "cannot switch from a workerless Shoot to a Shoot with workers" };
  if (before.length === 0 || after.length === 0) return;
  if (isSelfHosted(base) !== isSelfHosted(head))
    yield { path, message: "cannot switch a Shoot between self-hosted and hosted mode" };
  const controlPlane = (shoot: Json): string =>
    nameOf(workersOf(shoot).find((worker) => at(worker, "/controlPlane") !== undefined));
  if (isSelfHosted(base) && isSelfHosted(head) && controlPlane(base) !== controlPlane(head))
    yield { path, message: "cannot change control plane worker pool" };
}

function* bindingUpdates(base: Json, head: Json): Generator<Problem> {
  const binding = (shoot: Json, name: string): string => text(at(shoot, `/spec/${name}`)) ?? "";
  const before = { credentials: binding(base, "credentialsBindingName"), secret: binding(base, "secretBindingName") };
  const after = { credentials: binding(head, "credentialsBindingName"), secret: binding(head, "secretBindingName") };
  if (before.credentials !== "" && after.credentials === "")
    yield { path: ["spec", "credentialsBindingName"], message: "the field cannot be unset" };
  // An empty name is not the same as none.
  const isSet = (shoot: Json): boolean => at(shoot, "/spec/secretBindingName") !== undefined;
  const migrates = isSet(base) && !isSet(head) && after.credentials !== "";
  if ((before.secret !== after.secret || isSet(base) !== isSet(head)) && !migrates)
    yield { path: ["spec", "secretBindingName"], message: "field is immutable" };
}

function* dnsUpdates(base: Json, head: Json): Generator<Problem> {
  const path = ["spec", "dns"];
  const [old, now] = [primaryOf(base), primaryOf(head, base)];
  const [before, after] = [text(at(base, "/spec/dns/domain")), text(at(head, "/spec/dns/domain"))];
  // Admission writes a default domain, where there is one, beside whatever is left.
  if (at(head, "/spec/dns") === undefined && (before !== undefined || old !== undefined)) {
    yield { path, message: "field is immutable: dns cannot be removed" };
    return;
  }
  if (before !== undefined && before !== after) yield { path: [...path, "domain"], message: "field is immutable" };
  if (old === undefined) return;
  const report = (message: string, isCertain: boolean): Problem => ({
    path: [...path, "providers"],
    message: isCertain
      ? message
      : `${message}, and the first provider is the primary one unless the domain is a default domain`,
    ...(isCertain ? {} : { isUnsure: true }),
  });
  // Git does not say whether a seed is assigned; a Shoot that lives has one.
  if (now === undefined) {
    yield report("removing a primary provider is not allowed", old.isCertain);
    return;
  }
  const [oldType, newType] = [old, now].map(({ provider }) => at(provider, "/type"));
  if (oldType !== undefined && oldType !== newType)
    yield report("changing or removing the primary provider type is not allowed", old.isCertain && now.isCertain);
}

/** A release that was not said, or is newer than the tables, is taken for the newest. */
const newest = "999.0";

function* networkUpdates(base: Json, head: Json, release: string): Generator<Problem> {
  const path = ["spec", "networking"];
  if (at(base, "/spec/networking") === undefined) return;
  const [before, after] = [ipFamiliesOf(base), ipFamiliesOf(head)];
  if (before.join() === after.join()) return;
  const families = [...path, "ipFamilies"];
  const report = (message: string): Problem => ({ path: families, message });
  if (isWithin(release, undefined, "1.117")) {
    yield report("field is immutable");
    return;
  }
  // Nothing asked after the families then.
  if (isWithin(release, undefined, "1.125")) return;
  if (before.join() === "IPv4" && after.join() === "IPv4,IPv6") {
    if (at(head, "/spec/networking/providerConfig/overlay/enabled") === true)
      yield report("dual-stack needs networking.providerConfig.overlay.enabled to be false");
    return;
  }
  // validateIPFamiliesUpdate lets the way back pass, but the mask size that is defaulted since 1.138 can neither stay nor go.
  if (before.join() === "IPv4,IPv6" && after.join() === "IPv4" && isWithin(release, "1.132", "1.138")) return;
  yield report(
    before.join() === "IPv4,IPv6" && after.join() === "IPv4"
      ? "nodeCIDRMaskSizeIPv6 can neither stay nor go when dual-stack is left"
      : `unsupported IP family update: ${before.join(",")} to ${after.join(",")}`,
  );
}

const failureTolerance = (shoot: Json): string | undefined =>
  text(at(shoot, "/spec/controlPlane/highAvailability/failureTolerance/type"));

function* controlPlaneUpdates(base: Json, head: Json): Generator<Problem> {
  const type = ["spec", "controlPlane", "highAvailability", "failureTolerance", "type"];
  const [before, after] = [failureTolerance(base), failureTolerance(head)];
  if (before !== undefined && before !== after) yield { path: type, message: "field is immutable" };
  if (before === undefined && after !== undefined && isInHibernation(head, base))
    yield {
      path: type,
      message: "a Shoot that is hibernated or waking up cannot be scaled up to a highly available control plane",
    };
  const zones = (shoot: Json): readonly Json[] => items(at(shoot, "/spec/controlPlane/zones"));
  const [old, now] = [zones(base), zones(head)];
  if (now.length === 0 || sameValue(old, now)) return;
  const expands = before !== "zone" && after === "zone" && old.length > 0;
  if (expands && old.every((zone) => now.includes(zone))) return;
  yield {
    path: ["spec", "controlPlane", "zones"],
    message: expands ? "existing zones cannot be removed" : "field is immutable",
  };
}
