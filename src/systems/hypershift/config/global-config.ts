import type { Json } from "../../../manifests/manifest.ts";
import { type Derived, type Encoding, type Scope, Unknown, type Value } from "../../../rules/functions.ts";
import { compareVersions } from "../../../rules/version.ts";
import { jsonText } from "../go/json-text.ts";
import { canonicalCidr } from "../go/no-proxy.ts";
import { textThroughGo } from "../go/struct.ts";
import { operatorBefore } from "../operator.ts";
import { poolRelease } from "../release.ts";
import { listOf, objectOf, textAt, textOf } from "../values.ts";
import { tlsSecurityProfile } from "./kinds.ts";

/** A text or list without `omitempty` traps: empty is absent, as in the JSON of the configuration objects. */
export const dropEmpty: Encoding = (value) =>
  value === "" || (Array.isArray(value) && value.length === 0) ? undefined : value;

/** `[]RegistryLocation`: `insecure: false` is not written. */
export const registryLocations: Encoding = (value) =>
  textThroughGo(
    { is: "list", of: { is: "struct", fields: { domainName: { is: "string" }, insecure: { is: "bool" } } } },
    value,
  );

const networks = ["machineNetwork", "clusterNetwork", "serviceNetwork"] as const;

export const networkCidrs = (scope: Scope, name: (typeof networks)[number]): string[] =>
  listOf(scope.get(`$cluster/spec/networking/${name}`)).flatMap((entry) => {
    const cidr = objectOf(entry)?.["cidr"];
    return typeof cidr === "string" ? [canonicalCidr(cidr)] : [];
  });

/** The computed `status.noProxy` (support/globalconfig/proxy.go defaultProxyStatus); absent without a proxy. */
export const computedNoProxy: Derived = (scope) => {
  const proxy = "$cluster/spec/configuration/proxy";
  if (textAt(scope, `${proxy}/httpProxy`) === undefined && textAt(scope, `${proxy}/httpsProxy`) === undefined)
    return undefined;
  const entries = new Set(["127.0.0.1", "localhost", ".svc", ".cluster.local", ".local"]);
  for (const network of networks) for (const cidr of networkCidrs(scope, network)) entries.add(cidr);
  const platform = scope.get("$cluster/spec/platform/type");
  if (platform === "AWS" || platform === "Azure") entries.add("169.254.169.254");
  if (platform === "AWS") {
    const region = textAt(scope, "$cluster/spec/platform/aws/region") ?? "";
    entries.add(region === "us-east-1" ? ".ec2.internal" : `.${region}.compute.internal`);
  }
  for (const entry of (textAt(scope, `${proxy}/noProxy`) ?? "").split(",")) if (entry !== "") entries.add(entry);
  return [...entries].toSorted().join(",");
};

/**
 * The TLS profile of the API server, hashed for pools whose release is 4.23 or newer; pre-releases count as their release
 * (hypershift-operator/controllers/nodepool/config.go conditionallyAddToGlobalConfigString). Absent is written as null.
 */
export const hashedTlsProfile: Derived = (scope) => tlsProfile(scope, profileText);

/** The same as nodes get it: Intermediate is what an absent profile stands for. */
export const renderedTlsProfile: Derived = (scope) => tlsProfile(scope, profileInForce);

function tlsProfile(scope: Scope, textOfProfile: (given: Json | undefined) => string): Value {
  if (operatorBefore(scope, "4.23")) return undefined;
  const release = poolRelease(scope);
  const text = textOfProfile(scope.get("$cluster/spec/configuration/apiServer/tlsSecurityProfile"));
  if (release?.version === undefined)
    return new Unknown(
      "pools at release 4.23 or newer hash the TLS profile of the API server; which release this pool runs cannot be told from its image reference",
      text,
    );
  return (compareVersions(release.version, "4.23") ?? 0) < 0 ? undefined : text;
}

/** openshift/machine-config-operator pkg/controller/common/helpers.go GetSecurityProfileCiphers. */
export function profileInForce(given: Json | undefined): string {
  const { type, custom } = objectOf(given) ?? {};
  const name = textOf(type) ?? "Intermediate";
  return name === "Custom" ? jsonText([name, custom ?? null]) : name;
}

const profileText = (given: Json | undefined): string =>
  given === undefined ? "null" : (textThroughGo(tlsSecurityProfile, given) ?? "{}");
