import type { Json } from "../../../manifests/manifest.ts";
import { parseNetwork } from "../../../rules/encodings/network.ts";
import { isWithin } from "../../../rules/version.ts";
import type { Problem } from "../api/problems.ts";
import { isCanonicalNetwork } from "../providers/cidr.ts";
import { at, entries, items, text } from "../shoot.ts";
import { pathOf } from "./paths.ts";

/** validateAddons. Nobody looks at the settings of an addon that is off. */
export function* addonProblems(shoot: Json, release: string): Generator<Problem> {
  const purpose = at(shoot, "/spec/purpose") ?? "evaluation";
  const [ingress, dashboard] = [enabled(shoot, "nginxIngress"), enabled(shoot, "kubernetesDashboard")];
  if ((ingress ?? dashboard) !== undefined && purpose !== "evaluation")
    yield {
      path: pathOf("/spec/addons"),
      message: "addons can only be enabled on shoots with spec.purpose=evaluation",
    };
  if (ingress !== undefined) yield* ingressProblems(ingress, release);
  const mode = at(dashboard, "/authenticationMode");
  if (mode !== undefined && mode !== "token")
    yield { path: pathOf("/spec/addons/kubernetesDashboard/authenticationMode"), message: "must be token" };
}

const enabled = (shoot: Json, name: string): Json | undefined => {
  const addon = at(shoot, `/spec/addons/${name}`);
  return at(addon, "/enabled") === true ? addon : undefined;
};

function* ingressProblems(ingress: Json, release: string): Generator<Problem> {
  const path = pathOf("/spec/addons/nginxIngress");
  const policy = at(ingress, "/externalTrafficPolicy");
  if (policy !== undefined && policy !== "Cluster" && policy !== "Local")
    yield { path: [...path, "externalTrafficPolicy"], message: "must be one of Cluster, Local" };
  if (isWithin(release, undefined, "1.125")) return;
  for (const [index, range] of items(at(ingress, "/loadBalancerSourceRanges")).entries())
    if (!isPlainNetwork(text(range) ?? ""))
      yield {
        path: [...path, "loadBalancerSourceRanges", String(index)],
        message: "must be a network in CIDR notation, without leading zeros or bits beyond the prefix",
      };
  for (const [key] of entries(at(ingress, "/config")))
    if (!isConfigMapKey(key))
      yield { path: [...path, "config", key], message: "must be a key of a ConfigMap: letters, digits, -, _ and ." };
}

/** IsValidCIDR in k8s.io/apimachinery. */
const isPlainNetwork = (range: string): boolean =>
  parseNetwork(range) !== undefined && isCanonicalNetwork(range) && !/(?:^|[./])0\d/.test(range);

/** IsConfigMapKey in k8s.io/apimachinery. */
const isConfigMapKey = (key: string): boolean =>
  key.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(key) && key !== "." && !key.startsWith("..");
