import type { Json } from "../../../manifests/manifest.ts";
import { canonicalText } from "../../../rules/canonical.ts";
import { parseDuration } from "../../../rules/encodings/duration.ts";
import { parseNetwork } from "../../../rules/encodings/network.ts";
import { isWithin } from "../../../rules/version.ts";
import { knownRelease } from "../api/decoder.ts";
import type { Problem } from "../api/problems.ts";
import { networksOverlap } from "../providers/cidr.ts";
import { at, entries, ipFamiliesOf, isSelfHosted, items, nameOf, text, workersOf } from "../shoot.ts";
import { pathOf } from "./paths.ts";
import { newIn } from "./shoot-problems.ts";
import { addonProblems } from "./validate-addons.ts";
import { dnsProblems } from "./validate-dns.ts";
import { hibernationProblems } from "./validate-hibernation.ts";

/** What shoot-level values ask of each other: ValidateShootSpec and what it calls. */
export const shootValues = newIn(function* (shoot, scope, known): Generator<Problem> {
  const release = knownRelease(scope, "gardener") ?? "";
  yield* requiredProblems(shoot, known);
  yield* purposeProblems(shoot);
  yield* addonProblems(shoot, release);
  yield* networkProblems(shoot);
  yield* dnsProblems(shoot, release, known);
  yield* controlPlaneProblems(shoot);
  yield* accountProblems(shoot);
  yield* referenceProblems(shoot, release);
  yield* selectorProblems(shoot);
  yield* maintenanceProblems(shoot, known);
  yield* hibernationProblems(shoot);
  yield* autoscalerProblems(shoot, release, known);
});

function* requiredProblems(shoot: Json, known: Json | undefined): Generator<Problem> {
  const spec = at(shoot, "/spec");
  const missing = (pointer: string, message = "must be set"): Problem => ({ path: pathOf(pointer), message });
  if (text(at(spec, "/provider/type")) === undefined)
    yield missing("/spec/provider/type", "must specify a provider type");
  // What admission writes into a Shoot that there was before is looked at where its profile is.
  const isNamed = ["/cloudProfile/name", "/cloudProfileName"].some((name) => at(spec, name) !== undefined);
  if (known === undefined && !isNamed) yield missing("/spec/cloudProfile/name", "must specify a cloud profile");
  if (workersOf(shoot).length === 0) return;
  if (at(spec, "/networking/type") === undefined)
    yield missing("/spec/networking/type", "networking type must be provided");
  if (isSelfHosted(shoot)) return;
  const bindings = ["/credentialsBindingName", "/secretBindingName"].filter(
    (name) => (text(at(spec, name)) ?? "") !== "",
  );
  if (bindings.length === 0) yield missing("/spec/credentialsBindingName");
  else if (bindings.length > 1) yield missing("/spec/secretBindingName", "is incompatible with credentialsBindingName");
}

function* purposeProblems(shoot: Json): Generator<Problem> {
  if (at(shoot, "/spec/purpose") === "infrastructure" && at(shoot, "/metadata/namespace") !== "garden")
    yield { path: pathOf("/spec/purpose"), message: "infrastructure is for the garden namespace only" };
}

function* networkProblems(shoot: Json): Generator<Problem> {
  const families = ipFamiliesOf(shoot);
  if (new Set(families).size < families.length)
    yield { path: pathOf("/spec/networking/ipFamilies"), message: "an IP family is listed twice" };
  yield* addressProblems(shoot, families);
  const manager = "/spec/kubernetes/kubeControllerManager";
  const [mask, mask6] = [at(shoot, `${manager}/nodeCIDRMaskSize`), at(shoot, `${manager}/nodeCIDRMaskSizeIPv6`)];
  const single = families.length === 1 ? families[0] : undefined;
  const problem = (field: string, message: string): Problem => ({ path: pathOf(`${manager}/${field}`), message });
  if (typeof mask === "number" && single === "IPv4" && (mask < 16 || mask > 28))
    yield problem("nodeCIDRMaskSize", "must be between 16 and 28");
  if (typeof mask === "number" && single === "IPv6" && (mask < 64 || mask > 124))
    yield problem("nodeCIDRMaskSize", "must be between 64 and 124 for IPv6 single-stack clusters");
  if (typeof mask === "number" && typeof mask6 === "number" && single === "IPv6")
    yield problem("nodeCIDRMaskSize", "cannot be set beside nodeCIDRMaskSizeIPv6 for single-stack clusters");
  if (typeof mask6 === "number" && single === "IPv4")
    yield problem("nodeCIDRMaskSizeIPv6", "cannot be set for IPv4 single-stack clusters");
  else if (typeof mask6 === "number" && (mask6 < 64 || mask6 > 124))
    yield problem("nodeCIDRMaskSizeIPv6", "must be between 64 and 124");
  if (
    at(shoot, "/spec/kubernetes/kubeProxy/mode") === "NFTables" &&
    at(shoot, "/spec/kubernetes/kubeProxy/featureGates/NFTablesProxyMode") === false
  )
    yield {
      path: pathOf("/spec/kubernetes/kubeProxy/mode"),
      message: "NFTables mode cannot be used when feature gate NFTablesProxyMode is set to false",
    };
}

/** ValidateIPFamily, and ValidateShootNetworkDisjointedness where the Shoot has IPv4. */
function* addressProblems(shoot: Json, families: readonly string[]): Generator<Problem> {
  const path = ["spec", "networking"];
  const rangeOf = (name: string): Json | undefined => at(shoot, `/spec/networking/${name}`);
  const isIpv6 = families[0] === "IPv6";
  if (families.length === 1)
    for (const name of ["nodes", "pods", "services"]) {
      const network = parseNetwork(text(rangeOf(name)) ?? "");
      if (network !== undefined && network.isIpv6 !== isIpv6)
        yield { path: [...path, name], message: `must be a valid ${isIpv6 ? "IPv6" : "IPv4"} address` };
    }
  if (!families.includes("IPv4")) return;
  for (const [one, other] of pairsApart)
    if (networksOverlap(rangeOf(one), rangeOf(other)) === true)
      yield { path: [...path, one], message: `the ${one} network intersects with the ${other} network` };
}

const pairsApart = [
  ["services", "pods"],
  ["pods", "nodes"],
  ["services", "nodes"],
] as const;

function* controlPlaneProblems(shoot: Json): Generator<Problem> {
  const available = "/spec/controlPlane/highAvailability";
  if (at(shoot, available) !== undefined && at(shoot, `${available}/failureTolerance/type`) === undefined)
    yield { path: pathOf(`${available}/failureTolerance/type`), message: "must be one of node, zone" };
  const zones = items(at(shoot, "/spec/controlPlane/zones"));
  if (zones.length === 0) return;
  const wanted = at(shoot, "/spec/controlPlane/highAvailability/failureTolerance/type") === "zone" ? 3 : 1;
  if (new Set(zones).size !== wanted || zones.length !== wanted)
    yield { path: pathOf("/spec/controlPlane/zones"), message: `exactly ${wanted} unique zone(s) must be specified` };
}

function* autoscalerProblems(shoot: Json, release: string, known: Json | undefined): Generator<Problem> {
  const path = "/spec/kubernetes/clusterAutoscaler";
  const [written, bulk] = [at(shoot, `${path}/maxScaleDownParallelism`), at(shoot, `${path}/maxEmptyBulkDelete`)];
  const most = written ?? (isWithin(release, undefined, "1.121") ? undefined : storedParallelism(at(known, path)));
  if (most !== undefined && bulk !== undefined && most !== bulk)
    yield {
      path: pathOf(`${path}/maxEmptyBulkDelete`),
      message: `must equal maxScaleDownParallelism${written === undefined ? `, which the API server has filled in with ${canonicalText(most)}: write that one` : ""}`,
    };
}

/** SetDefaults_ClusterAutoscaler: what an apply finds in the Shoot, where no manifest wrote it. */
function storedParallelism(autoscaler: Json | undefined): Json | undefined {
  if (autoscaler === undefined || at(autoscaler, "/maxScaleDownParallelism") !== undefined) return undefined;
  return at(autoscaler, "/maxEmptyBulkDelete") ?? 10;
}

/** ValidateKubeAPIServer about the accounts' tokens. */
function* accountProblems(shoot: Json): Generator<Problem> {
  const accounts = "/spec/kubernetes/kubeAPIServer/serviceAccountConfig";
  const issuer = at(shoot, `${accounts}/issuer`);
  if (issuer !== undefined && items(at(shoot, `${accounts}/acceptedIssuers`)).includes(issuer))
    yield { path: pathOf(`${accounts}/acceptedIssuers`), message: "must not hold the issuer itself" };
  const expiration = text(at(shoot, `${accounts}/maxTokenExpiration`));
  const length = expiration === undefined ? 0n : (parseDuration(expiration) ?? 0n);
  if (length > 0n && length < (parseDuration("720h") ?? 0n))
    yield { path: pathOf(`${accounts}/maxTokenExpiration`), message: "must be at least 720h (30d)" };
}

/** The kinds of objects that a Shoot may name among its resources: validateCrossVersionObjectReference. */
const objects = ["v1/Secret", "v1/ConfigMap"];
const referable = [...objects, "security.gardener.cloud/v1alpha1/WorkloadIdentity"];

function* referenceProblems(shoot: Json, release: string): Generator<Problem> {
  const allowed = isWithin(release, undefined, "1.135") ? objects : referable;
  for (const [index, resource] of items(at(shoot, "/spec/resources")).entries()) {
    const kind = ["apiVersion", "kind"].map((name) => text(at(resource, `/resourceRef/${name}`)) ?? "").join("/");
    if (!allowed.includes(kind))
      yield {
        path: [...pathOf("/spec/resources"), nameOf(resource) || String(index), "resourceRef"],
        message: `must name one of ${allowed.join(", ")}`,
      };
  }
}

/** ValidateLabelSelector, beyond what the shape asks of keys and values. */
function* selectorProblems(shoot: Json): Generator<Problem> {
  for (const [index, expression] of items(at(shoot, "/spec/seedSelector/matchExpressions")).entries()) {
    const operator = text(at(expression, "/operator")) ?? "";
    const path = [...pathOf("/spec/seedSelector/matchExpressions"), String(index)];
    const hasValues = items(at(expression, "/values")).length > 0;
    const needs = { In: true, NotIn: true, Exists: false, DoesNotExist: false }[operator];
    if (needs === undefined)
      yield { path: [...path, "operator"], message: "must be one of In, NotIn, Exists, DoesNotExist" };
    else if (needs !== hasValues)
      yield { path: [...path, "values"], message: `${needs ? "must" : "must not"} be set with ${operator}` };
  }
}

const minute = 60;
const day = 24 * 60 * minute;

/** Seconds of the day in UTC of `HHMMSS+ZZZZ`. */
function secondsOf(moment: string): number | undefined {
  const match = /^([01]\d|2[0-3])([0-5]\d)([0-5]\d)([+-])(\d\d)(\d\d)$/.exec(moment);
  if (match === null) return undefined;
  const [hours = 0, minutes = 0, seconds = 0, zoneHours = 0, zoneMinutes = 0] = [1, 2, 3, 5, 6].map((part) =>
    Number(match[part]),
  );
  const offset = (zoneHours * 60 + zoneMinutes) * (match[4] === "-" ? -minute : minute);
  return ((hours * 60 + minutes) * minute + seconds - offset + 2 * day) % day;
}

function* maintenanceProblems(shoot: Json, known: Json | undefined): Generator<Problem> {
  const place = "/spec/maintenance/timeWindow";
  const window = at(shoot, place);
  if (window === undefined) return;
  // The window that the API server chose when nobody wrote one is left alone by an empty one.
  if (entries(window).length === 0 && known !== undefined && at(known, place) === undefined) return;
  const path = pathOf(place);
  const [begin, end] = [secondsOf(text(at(window, "/begin")) ?? ""), secondsOf(text(at(window, "/end")) ?? "")];
  if (begin === undefined || end === undefined) {
    yield { path, message: "begin and end must be times such as 220000+0100" };
    return;
  }
  const length = (end - begin + day) % day;
  if (length < 30 * minute || length > 360 * minute)
    yield { path, message: "time window must be between 30m and 6h long" };
}
