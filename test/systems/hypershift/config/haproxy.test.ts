import { type Changes, release, runConfiguration } from "./configuration-run.ts";

const access = (value: string): Changes => ({ "spec/platform/aws/endpointAccess": value });
const proxy = (noProxy?: string): Changes => ({
  "spec/configuration/proxy": {
    httpProxy: "http://p:3128",
    httpsProxy: "http://p:3128",
    ...(noProxy === undefined ? {} : { noProxy }),
  },
});
const upgraded: Changes = { "spec/release/image": release("4.20.6-multi") };
const image = "metadata/annotations/hypershift.openshift.io~1haproxy-image";
const operatorImage = "metadata/annotations/hypershift.openshift.io~1control-plane-operator-image";
const strategy = (servicePublishingStrategy: Changes): Changes => ({
  "spec/services": [{ service: "APIServer", servicePublishingStrategy: servicePublishingStrategy as never }],
});

/** As ARO makes clusters: their public endpoints are behind one ingress that all share. */
const azure = "spec/platform/azure";
const managed: Changes = {
  [`${azure}/azureAuthenticationConfig`]: { azureAuthenticationConfigType: "ManagedIdentities" },
};
const swift = { type: "Swift", swift: { podNetworkInstance: "a" } };
const swiftInstance = "metadata/annotations/hypershift.openshift.io~1swift-pod-network-instance";

runConfiguration([
  {
    says: "a public endpoint becomes private",
    cluster: access("Public"),
    clusterTo: access("Private"),
    effect: "replace",
  },
  { says: "the default access written out", clusterTo: access("Public"), effect: "none" },
  {
    says: "both endpoints become private",
    cluster: access("PublicAndPrivate"),
    clusterTo: access("Private"),
    effect: "none",
  },
  { says: "a first port", clusterTo: { "spec/networking/apiServer/port": 7443 }, effect: "replace" },
  { says: "the default port", clusterTo: { "spec/networking/apiServer/port": 6443 }, effect: "none" },
  {
    says: "a first address",
    clusterTo: { "spec/networking/apiServer/advertiseAddress": "172.22.0.1" },
    effect: "replace",
  },
  {
    says: "the default address",
    clusterTo: { "spec/networking/apiServer/advertiseAddress": "172.20.0.1" },
    effect: "none",
  },
  {
    says: "the default address of IPv6",
    cluster: { "spec/networking/serviceNetwork": [{ cidr: "fd02::/112" }] },
    clusterTo: { "spec/networking/apiServer/advertiseAddress": "fd00::1" },
    effect: "none",
  },
  {
    says: "an image of the pool's own",
    poolTo: { [image]: "registry/haproxy:1" },
    effect: "replace",
    rule: "haproxy-image",
  },
  { says: "an image of white space", poolTo: { [image]: " " }, effect: "none" },
  {
    says: "InPlace: an image of the pool's own",
    upgrade: "InPlace",
    poolTo: { [image]: "r:1" },
    effect: "inplace-drain",
  },
  { says: "a HostedCluster is upgraded", clusterTo: upgraded, effect: "none", rule: "cluster-release" },
  {
    says: "a HostedCluster behind an HTTPS proxy is upgraded",
    cluster: proxy(),
    clusterTo: upgraded,
    effect: "replace",
    rule: "control-plane-operator-release",
  },
  {
    says: "a HostedCluster behind an HTTP proxy is upgraded",
    cluster: { "spec/configuration/proxy/httpProxy": "http://p:3128" },
    clusterTo: upgraded,
    effect: "none",
  },
  {
    says: "a private HostedCluster behind an HTTPS proxy is upgraded",
    cluster: { ...proxy(), ...access("Private") },
    clusterTo: upgraded,
    effect: "none",
  },
  {
    says: "KubeVirt behind an HTTPS proxy is upgraded",
    on: "KubeVirt",
    cluster: proxy("10.0.0.0/16"),
    clusterTo: upgraded,
    effect: "replace",
  },
  ...["kubernetes.default", "172.31.0.0/16", "10.132.0.0/14", "172.20.0.1", ".us-east-2.amazonaws.com", "*"].map(
    (noProxy) => ({
      says: `noProxy ${noProxy} takes the API server out`,
      cluster: proxy(`.corp,${noProxy}`),
      clusterTo: upgraded,
      effect: "none" as const,
    }),
  ),
  {
    says: "noProxy takes the API server's own name out",
    cluster: { ...proxy(".example.com"), ...strategy({ type: "Route", route: { hostname: "api.example.com" } }) },
    clusterTo: upgraded,
    effect: "none",
  },
  {
    says: "noProxy for other names leaves it",
    cluster: { ...proxy(".example.org"), ...strategy({ type: "Route", route: { hostname: "api.example.com" } }) },
    clusterTo: upgraded,
    effect: "replace",
  },
  {
    says: "controlPlaneRelease hides the release",
    cluster: { ...proxy(), "spec/controlPlaneRelease/image": release("4.20.4-multi") },
    clusterTo: upgraded,
    effect: "none",
  },
  {
    says: "controlPlaneRelease behind an HTTPS proxy",
    cluster: { ...proxy(), "spec/controlPlaneRelease/image": release("4.20.4-multi") },
    clusterTo: { "spec/controlPlaneRelease/image": release("4.20.6-multi") },
    effect: "replace",
  },
  {
    says: "an image of the control plane operator hides every release",
    cluster: { ...proxy(), [operatorImage]: "registry/cpo:1" },
    clusterTo: upgraded,
    effect: "none",
  },
  {
    says: "another image of the control plane operator behind an HTTPS proxy",
    cluster: { ...proxy(), [operatorImage]: "registry/cpo:1" },
    clusterTo: { [operatorImage]: "registry/cpo:2" },
    effect: "replace",
  },
  {
    says: "an image of the control plane operator without a proxy",
    clusterTo: { [operatorImage]: "r:1" },
    effect: "none",
  },
  {
    says: "another image of the pool's own is not used behind an HTTPS proxy",
    cluster: proxy(),
    poolTo: { [image]: "r:1" },
    effect: "none",
  },
  {
    says: "another port of the nodes in noProxy",
    cluster: {
      ...strategy({ type: "NodePort", nodePort: { address: "10.0.0.1", port: 30000 } }),
      ...proxy("10.0.0.1:30001"),
    },
    clusterTo: proxy("10.0.0.1:30000"),
    effect: "replace",
    rule: "haproxy-image",
  },
  {
    says: "a managed cluster of Azure leaves the shared ingress",
    on: "Azure",
    cluster: { ...managed, [`${azure}/topology`]: "PublicAndPrivate", [`${azure}/private`]: swift },
    clusterTo: { [`${azure}/topology`]: "Private" },
    effect: "replace",
    rule: "haproxy-image",
  },
  {
    says: "a managed cluster of Azure becomes private by its annotation",
    on: "Azure",
    cluster: managed,
    clusterTo: { [swiftInstance]: "a" },
    effect: "replace",
    rule: "haproxy-external-address",
  },
  {
    says: "a managed cluster of Azure says that it is public",
    on: "Azure",
    cluster: managed,
    clusterTo: { [`${azure}/topology`]: "Public" },
    effect: "none",
  },
  {
    says: "the annotation means nothing on another cluster of Azure",
    on: "Azure",
    clusterTo: { [swiftInstance]: "a" },
    effect: "none",
  },
  {
    says: "another build of the control plane's release",
    cluster: proxy(),
    clusterTo: { "spec/release/image": release("4.20.4-x86_64") },
    effect: "unknown",
  },
  ...(
    [
      ["4.15", "kubernetes", "unknown"],
      ["4.16", "kubernetes", "none"],
      ["4.16", "api.example.com", "replace"],
      ["4.17", "kubernetes", "none"],
      ["4.17", "api.example.com", "unknown"],
      ["4.18", "api.example.com", "none"],
    ] as const
  ).map(([operator, noProxy, effect]) => ({
    says: `builds of operator ${operator} find the API server in noProxy ${noProxy}: ${effect}`,
    cluster: {
      ...proxy(`.corp,${noProxy}`),
      ...strategy({ type: "Route", route: { hostname: "api.example.com" } }),
      "spec/release/image": release(`${operator}.8-multi`),
    },
    pool: { "spec/release/image": release(`${operator}.8-multi`) },
    clusterTo: { "spec/release/image": release(`${operator}.9-multi`) },
    options: { targets: { "hypershift-operator": operator } },
    effect,
  })),
]);
