import type { Json } from "../../../manifests/manifest.ts";
import type { Check, Scope } from "../../../rules/functions.ts";
import { isWithin } from "../../../rules/version.ts";
import { knownRelease } from "../api/decoder.ts";
import { primaryOf } from "../dns-primary.ts";
import { at, text } from "../shoot.ts";

/** The DNS service of a provider, and the first release of its extension that asks for credentials of it. */
const services: Readonly<Record<string, { readonly type: string; readonly since: string }>> = {
  aws: { type: "aws-route53", since: "1.67" },
  azure: { type: "azure-dns", since: "1.57" },
  gcp: { type: "google-clouddns", since: "1.49" },
  openstack: { type: "openstack-designate", since: "1.53" },
};

/** Whether the domain of a Shoot is in the provider's own DNS service, for which nobody gives credentials. */
function lacksCredentials(scope: Scope, shoot: Json, before: Json | undefined): boolean {
  const name = text(at(shoot, "/spec/provider/type")) ?? "";
  const service = Object.hasOwn(services, name) ? services[name] : undefined;
  const primary = primaryOf(shoot, before)?.provider;
  return (
    service !== undefined &&
    primary !== undefined &&
    at(primary, "/type") === service.type &&
    !isWithin(knownRelease(scope, `provider-${name}`) ?? "", undefined, service.since) &&
    at(primary, "/credentialsRef") === undefined &&
    (text(at(primary, "/secretName")) ?? "") === ""
  );
}

/** validateDNS of the providers. */
export const dnsCredentials: Check = ({ base, head }) => {
  const [before, after] = [base?.get("$cluster"), head?.get("$cluster")];
  if (head === undefined || after === undefined || !lacksCredentials(head, after, before)) return [];
  if (base !== undefined && before !== undefined && lacksCredentials(base, before, undefined)) return [];
  return [{ path: "$cluster/spec/dns/providers" }];
};
