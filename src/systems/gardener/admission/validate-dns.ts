import type { Json } from "../../../manifests/manifest.ts";
import { isWithin } from "../../../rules/version.ts";
import type { Problem } from "../api/problems.ts";
import { isDnsName } from "../api/syntax.ts";
import { isPrimary, primaryOf } from "../dns-primary.ts";
import { at, items, text } from "../shoot.ts";

const place = ["spec", "dns", "providers"];

/** The kinds that hold credentials: validateCredentialsRef. */
const kinds = [
  "v1/Secret",
  "core.gardener.cloud/v1beta1/InternalSecret",
  "security.gardener.cloud/v1alpha1/WorkloadIdentity",
];

/** validateDNS: one primary provider, which has a domain, and credentials that belong to one provider each. */
export function* dnsProblems(shoot: Json, release: string, known: Json | undefined): Generator<Problem> {
  const providers = items(at(shoot, "/spec/dns/providers"));
  const primaries = providers.filter(isPrimary);
  if (primaries.length > 1) yield { path: place, message: "multiple primary DNS providers are not supported" };
  // A default domain that admission fills in takes no primary provider either (checkPrimaryDNSProvider).
  const type = text(at(primaries[0], "/type")) ?? unmanaged;
  if (type !== unmanaged && at(shoot, "/spec/dns/domain") === undefined)
    yield {
      path: ["spec", "dns", "domain"],
      message: `must be set when the primary provider type is not ${unmanaged}`,
    };
  // Nobody marks the provider of a Shoot that is on no seed yet.
  const primary = known === undefined ? undefined : primaryOf(shoot, known);
  const used = new Set<string>();
  for (const [index, provider] of providers.entries()) {
    const path = [...place, String(index)];
    const credentials = credentialsOf(provider);
    const own = at(provider, "/type");
    if (credentials === undefined) {
      const isTaken = isPrimary(provider) || (provider === primary?.provider && primary.isCertain);
      if (!isTaken && !isWithin(release, undefined, "1.136"))
        yield {
          path: [...path, "credentialsRef"],
          message: "non-primary DNS providers must specify credentialsRef",
          ...(provider === primary?.provider ? { isUnsure: true } : {}),
        };
      continue;
    }
    if (own === undefined) yield { path: [...path, "type"], message: "must be set when credentials are set" };
    if (own === unmanaged) yield { path, message: `credentials must not be set when type is ${unmanaged}` };
    const key = JSON.stringify([own ?? null, credentials]);
    if (own !== undefined && used.has(key))
      yield { path, message: "type and credentials are those of another provider" };
    used.add(key);
    if (isWithin(release, undefined, "1.135")) yield* nameProblems(provider, path);
    else yield* referenceProblems(provider, credentials, path);
  }
}

const unmanaged = "unmanaged";

/** `VERSION/KIND/NAME` of what holds the credentials of a provider; secretName is an older way to name a Secret. */
function credentialsOf(provider: Json): string | undefined {
  const reference = at(provider, "/credentialsRef");
  const secret = text(at(provider, "/secretName"));
  if (reference === undefined) return secret === undefined ? undefined : `v1/Secret/${secret}`;
  return ["apiVersion", "kind", "name"].map((part) => text(at(reference, `/${part}`)) ?? "").join("/");
}

/** GenerateDNSProviderName, before 1.135: type and Secret make a name that must be one of DNS; an empty Secret is none. */
function* nameProblems(provider: Json, path: readonly string[]): Generator<Problem> {
  const name = ["type", "secretName"].flatMap((part) => text(at(provider, `/${part}`)) || []).join("-");
  if (name !== "" && !isDnsName(name)) yield { path, message: "type and secretName make no lower-case DNS name" };
}

/** validateDNSCredentialsRef, of the reference that SyncDNSProviderCredentials writes where secretName is alone. */
function* referenceProblems(provider: Json, credentials: string, path: readonly string[]): Generator<Problem> {
  const secret = text(at(provider, "/secretName"));
  if (at(provider, "/credentialsRef") === undefined) {
    if (secret === "") yield { path: [...path, "secretName"], message: "must name a Secret" };
    return;
  }
  if (!kinds.some((kind) => credentials.startsWith(`${kind}/`)))
    yield { path: [...path, "credentialsRef"], message: `must name one of ${kinds.join(", ")}` };
  // An empty name is taken beside credentials that are no Secret.
  const isTaken = secret === undefined || (secret === "" && !credentials.startsWith("v1/Secret/"));
  if (!isTaken && credentials !== `v1/Secret/${secret}`)
    yield { path: [...path, "secretName"], message: "must refer to the same secret as credentialsRef" };
}
