import { type Derived, type Predicate, type Scope, Unknown } from "../../../rules/functions.ts";
import { isExempt } from "../go/no-proxy.ts";
import { isAbsoluteUrl } from "../go/url.ts";
import { operatorBefore } from "../operator.ts";
import { controlPlaneRelease, poolRelease, type ReleaseImage, versionOrUnknown } from "../release.ts";
import { textAt } from "../values.ts";
import {
  connectsThroughInternet,
  externalAddress,
  isPrivate,
  likelyBalancer,
  usesSharedIngress,
} from "./control-plane-access.ts";
import { networkCidrs } from "./global-config.ts";

/** The static pod through which a node reaches its API server: hypershift-operator/controllers/nodepool/apiserver-haproxy. */

/**
 * The external address as far as manifests tell it: by name in the private zone, else that of the admin kubeconfig, which is
 * how `services` publishes the API server.
 */
export const haproxyExternalAddress: Derived = (scope) => {
  if (usesSharedIngress(scope) && !isPrivate(scope)) return "the shared ingress";
  const { host, port, publishing } = externalAddress(scope);
  return host === undefined
    ? `the address in the admin kubeconfig (${publishing ?? "not published"})`
    : `${host}:${port}`;
};

/** networking.apiServer.advertiseAddress, with its default by the family of the first service network. */
export const haproxyInternalAddress: Derived = (scope) => {
  const given = scope.get("$cluster/spec/networking/apiServer/advertiseAddress");
  if (typeof given === "string") return given;
  const [serviceNetwork = "172.31.0.0/16"] = networkCidrs(scope, "serviceNetwork");
  return serviceNetwork.includes(":") ? "fd00::1" : "172.20.0.1";
};

const internalPort = (scope: Scope): number => {
  const port = scope.get("$cluster/spec/networking/apiServer/port");
  return typeof port === "number" ? port : 6443;
};
export const haproxyInternalPort: Derived = internalPort;

const proxy = "$cluster/spec/configuration/proxy";
const meetsProxy = (scope: Scope): boolean =>
  textAt(scope, `${proxy}/httpsProxy`) !== undefined && connectsThroughInternet(scope);

/** True when nodes reach the API server through the HTTPS proxy, so that the static pod is the control plane operator's. */
function goesThroughProxy(scope: Scope): boolean {
  const noProxy = textAt(scope, `${proxy}/noProxy`);
  return meetsProxy(scope) && (noProxy === undefined || !skipsProxy(scope, noProxy));
}

/**
 * The first builds of some operators go through the proxy nonetheless: noProxy was read since 35096c83a3 and 673d83a016 (branches
 * release-4.14 and -4.15), and the external address looked for since 0e9200351c (branch release-4.17).
 */
function firstBuildsGoThroughProxy(scope: Scope): boolean {
  const noProxy = textAt(scope, `${proxy}/noProxy`);
  if (!meetsProxy(scope) || noProxy === undefined || !operatorBefore(scope, "4.18")) return false;
  if (operatorBefore(scope, "4.16")) return true;
  return !operatorBefore(scope, "4.17") && !mentions(scope, noProxy, [haproxyInternalAddress(scope)]);
}

/** joinDefaultPortIfMissing: of what is no URL with a scheme no static pod is made, so that nothing of the pool is. */
export function proxyProblems(scope: Scope): string[] {
  const url = textAt(scope, `${proxy}/httpsProxy`);
  if (url === undefined || operatorBefore(scope, "4.18") || !connectsThroughInternet(scope)) return [];
  return isAbsoluteUrl(url)
    ? []
    : ["configuration.proxy.httpsProxy is not a URL with a scheme, such as http://proxy.example.org:3128"];
}

/** shouldSkipProxyForKAS. */
function skipsProxy(scope: Scope, noProxy: string): boolean {
  const { host = likelyBalancer(scope), port } = externalAddress(scope);
  const internal = haproxyInternalAddress(scope);
  if (operatorBefore(scope, "4.23")) return mentions(scope, noProxy, [internal, host]);
  if (host !== undefined && isExempt(noProxy, host, port)) return true;
  if (typeof internal === "string" && isExempt(noProxy, internal, internalPort(scope))) return true;
  if (host === undefined && noProxy.split(",").some((entry) => entry.trim() === "*")) return true;
  const networks = [networkCidrs(scope, "serviceNetwork")[0], networkCidrs(scope, "clusterNetwork")[0]];
  return noProxy
    .split(",")
    .map((entry) => entry.trim())
    .some((entry) => entry !== "" && (entry.includes("kubernetes") || networks.includes(entry)));
}

/**
 * Before 4.23 noProxy was searched as one text, up to 4.16 without the external address (branch release-4.22
 * apiServerProxyConfig).
 */
function mentions(scope: Scope, noProxy: string, [internal, external]: readonly unknown[]): boolean {
  const networks = [networkCidrs(scope, "serviceNetwork")[0], networkCidrs(scope, "clusterNetwork")[0]];
  const wanted = [internal, "kubernetes", ...networks, operatorBefore(scope, "4.17") ? undefined : external];
  return wanted.some((text) => typeof text === "string" && noProxy.includes(text));
}

const ofPoolRelease = "haproxy-router of the pool's release";
const ofControlPlane = "control-plane-operator of the HostedCluster's release";

/**
 * Whose image the static pod runs: that of the control plane operator behind an HTTPS proxy, else the one of the pool's
 * annotation, of the shared ingress, or of the pool's release (nodepool_controller.go resolveHAProxyImage).
 */
export const haproxyImage: Derived = (scope) => haproxySource(scope);

function haproxySource(scope: Scope): string {
  if (goesThroughProxy(scope)) {
    const annotation = "$cluster/metadata/annotations/hypershift.openshift.io~1control-plane-operator-image";
    return textAt(scope, annotation) ?? ofControlPlane;
  }
  const own = operatorBefore(scope, "4.21")
    ? undefined
    : textAt(scope, "$pool/metadata/annotations/hypershift.openshift.io~1haproxy-image")?.trim();
  if (own !== undefined && own !== "") return own;
  return usesSharedIngress(scope) ? "the shared ingress image" : ofPoolRelease;
}

/** The release whose image is on the nodes, or what it depends on; a release of another version has another image. */
export const controlPlaneOperatorRelease: Derived = (scope) => {
  const release = controlPlaneRelease(scope);
  if (release === undefined) return undefined;
  if (haproxySource(scope) === ofControlPlane) return versionOrUnknown(release);
  return firstBuildsGoThroughProxy(scope)
    ? new Unknown(
        "the first builds of this operator do not find the API server in noProxy, and have nodes run an image of the control plane's release; later ones do",
        release.version ?? release.text,
      )
    : undefined;
};

/** The two sides run the image of two builds of one version: their digests tell, else the flavours in their tags. */
const otherBuild =
  (source: string, releaseOf: (scope: Scope) => ReleaseImage | undefined): Predicate =>
  ({ base, head }) => {
    if (base === undefined || head === undefined) return false;
    if (haproxySource(base) !== source || haproxySource(head) !== source) return false;
    const [before, after] = [releaseOf(base), releaseOf(head)];
    if (before?.version === undefined || before.version !== after?.version) return false;
    return before.digest === undefined || after.digest === undefined
      ? before.flavour !== after.flavour
      : before.digest !== after.digest;
  };
export const otherPoolBuild = otherBuild(ofPoolRelease, poolRelease);
export const otherControlPlaneBuild = otherBuild(ofControlPlane, controlPlaneRelease);

/** Which digest another build carries for the image is not in any manifest. */
const build =
  (image: string, releaseOf: (scope: Scope) => ReleaseImage | undefined): Derived =>
  (scope) =>
    new Unknown(
      `another build of the same release can carry another digest of its ${image} image, and that decides; \`oc adm release info\` of both shows it`,
      `build ${releaseOf(scope)?.text ?? ""}`,
    );
export const poolReleaseBuild = build("haproxy-router", poolRelease);
export const controlPlaneBuild = build("hypershift", controlPlaneRelease);
