import { type Changes, type ConfigurationCase, release, runConfiguration } from "./configuration-run.ts";

const proxy = "spec/configuration/proxy";
const image = "spec/configuration/image";
const tls = "spec/configuration/apiServer/tlsSecurityProfile";
const withProxy: Changes = { [proxy]: { httpProxy: "http://proxy:3128", noProxy: ".corp,10.0.0.0/8" } };
const newest: Changes = { "spec/release/image": release("4.23.0-rc.1-multi") };

const inPlace = (one: ConfigurationCase, effect: ConfigurationCase["effect"]): ConfigurationCase[] => [
  one,
  { ...one, says: `InPlace: ${one.says}`, upgrade: "InPlace", effect },
];

runConfiguration([
  ...inPlace({ says: "a proxy", clusterTo: withProxy, effect: "replace" }, "inplace-drain"),
  { says: "an empty proxy", clusterTo: { [proxy]: {} }, effect: "none" },
  {
    says: "empty texts and lists of a proxy",
    clusterTo: { [proxy]: { httpProxy: "", readinessEndpoints: [], trustedCA: { name: "" } } },
    effect: "none",
  },
  { says: "noProxy alone", clusterTo: { [`${proxy}/noProxy`]: ".corp" }, effect: "replace", rule: "no-proxy" },
  {
    says: "a value that moves to another field",
    cluster: { [proxy]: { httpProxy: "http://proxy:3128" } },
    clusterTo: { [proxy]: { httpsProxy: "http://proxy:3128" } },
    effect: "replace",
  },
  {
    says: "another order of noProxy",
    cluster: withProxy,
    clusterTo: { [`${proxy}/noProxy`]: "10.0.0.0/8,.corp" },
    effect: "replace",
  },
  {
    says: "a comma more in noProxy",
    cluster: withProxy,
    clusterTo: { [`${proxy}/noProxy`]: ".corp,10.0.0.0/8," },
    effect: "replace",
  },
  {
    says: "a trusted CA",
    cluster: withProxy,
    clusterTo: { [`${proxy}/trustedCA`]: { name: "ca" } },
    effect: "replace",
  },
  {
    says: "readiness endpoints",
    cluster: withProxy,
    clusterTo: { [`${proxy}/readinessEndpoints`]: ["https://example.com"] },
    effect: "replace",
  },
  {
    says: "a first machine network without a proxy",
    clusterTo: { "spec/networking/machineNetwork": [{ cidr: "10.0.0.0/16" }] },
    effect: "none",
  },
  {
    says: "a first machine network with a proxy",
    cluster: withProxy,
    clusterTo: { "spec/networking/machineNetwork": [{ cidr: "10.0.0.0/16" }] },
    effect: "replace",
    rule: "computed-no-proxy",
  },
  {
    says: "a first machine network that noProxy has already",
    cluster: withProxy,
    clusterTo: { "spec/networking/machineNetwork": [{ cidr: "10.0.0.0/8" }] },
    effect: "none",
  },
  {
    says: "another region with a proxy",
    pool: { "spec/platform/aws/ami": "ami-1" },
    cluster: withProxy,
    clusterTo: { "spec/platform/aws/region": "eu-central-1" },
    effect: "replace",
    rule: "computed-no-proxy",
  },
  ...inPlace(
    {
      says: "insecure registries",
      clusterTo: { [`${image}/registrySources/insecureRegistries`]: ["r"] },
      effect: "replace",
    },
    "inplace-drain",
  ),
  ...inPlace(
    { says: "a trusted CA for images", clusterTo: { [`${image}/additionalTrustedCA/name`]: "ca" }, effect: "replace" },
    "inplace",
  ),
  {
    says: "registries in another order",
    cluster: { [`${image}/registrySources/blockedRegistries`]: ["a", "b"] },
    clusterTo: { [`${image}/registrySources/blockedRegistries`]: ["b", "a"] },
    effect: "replace",
  },
  {
    says: "an empty image configuration",
    clusterTo: { [image]: { registrySources: { blockedRegistries: [] }, imageStreamImportMode: "" } },
    effect: "none",
  },
  {
    says: "insecure: false of a registry for imports",
    cluster: { [`${image}/allowedRegistriesForImport`]: [{ domainName: "a" }] },
    clusterTo: { [`${image}/allowedRegistriesForImport`]: [{ domainName: "a", insecure: false }] },
    effect: "none",
  },
  {
    says: "a TLS profile, for a pool before 4.23",
    clusterTo: { [tls]: { type: "Modern", modern: {} } },
    effect: "none",
    rule: "tls-security-profile",
  },
  {
    says: "a TLS profile, for a pre-release of 4.23",
    pool: newest,
    cluster: newest,
    clusterTo: { [tls]: { type: "Modern", modern: {} } },
    effect: "replace",
    rule: "tls-security-profile",
  },
  {
    says: "the default TLS profile written out",
    pool: newest,
    cluster: newest,
    clusterTo: { [tls]: { type: "Intermediate" } },
    effect: "replace",
  },
  {
    says: "an empty object in a TLS profile",
    pool: newest,
    cluster: { ...newest, [tls]: { type: "Intermediate" } },
    clusterTo: { [`${tls}/intermediate`]: {} },
    effect: "replace",
  },
  {
    says: "another cipher of a TLS profile of one's own",
    pool: newest,
    cluster: { ...newest, [tls]: { type: "Custom", custom: { ciphers: ["A"], minTLSVersion: "VersionTLS12" } } },
    clusterTo: { [`${tls}/custom/ciphers`]: ["B"] },
    effect: "replace",
    rule: "tls-security-profile",
  },
  {
    says: "a TLS profile that is none",
    pool: newest,
    cluster: newest,
    clusterTo: { [tls]: { type: 1 } },
    effect: "rejected",
  },
  {
    says: "a TLS profile under an operator before 4.23",
    pool: newest,
    cluster: newest,
    clusterTo: { [tls]: { type: "Modern", modern: {} } },
    options: { targets: { "hypershift-operator": "4.22" } },
    effect: "none",
  },
  {
    says: "a TLS profile, for a pool whose release does not show",
    pool: { "spec/release/image": `quay.io/r@sha256:${"0".repeat(64)}` },
    clusterTo: { [tls]: { type: "Modern", modern: {} } },
    effect: "unknown",
  },
  {
    says: "another field of the API server",
    pool: newest,
    cluster: newest,
    clusterTo: { "spec/configuration/apiServer/audit/profile": "WriteRequestBodies" },
    effect: "none",
  },
  {
    says: "a scheduler profile",
    clusterTo: { "spec/configuration/scheduler/profile": "HighNodeUtilization" },
    effect: "none",
  },
]);
