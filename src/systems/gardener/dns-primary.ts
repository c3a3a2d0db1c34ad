import type { Json } from "../../manifests/manifest.ts";
import { sameValue } from "../../rules/canonical.ts";
import { at, items } from "./shoot.ts";

/** The DNS provider that keeps the domain of a Shoot. */
interface Primary {
  readonly provider: Json;
  /** False where nobody marked it: it is none after all if the domain is a default one of the operator's. */
  readonly isCertain: boolean;
}

const providersOf = (shoot: Json | undefined): readonly Json[] => items(at(shoot, "/spec/dns/providers"));

export const isPrimary = (provider: Json): boolean => at(provider, "/primary") === true;

/**
 * The primary provider of a live Shoot. Where none is marked, admission marks the one that was it before, else the first
 * (plugin/pkg/shoot/dns/admission.go Admit, setPrimaryDNSProvider).
 */
export function primaryOf(shoot: Json, before?: Json): Primary | undefined {
  const providers = providersOf(shoot);
  const marked = providers.find(isPrimary);
  if (marked !== undefined) return { provider: marked, isCertain: true };
  const old = providersOf(before).find(isPrimary);
  const again = old === undefined ? undefined : providers.find((one) => isAlike(one, old));
  if (again !== undefined) return { provider: again, isCertain: true };
  const [first] = providers;
  if (first === undefined || at(shoot, "/spec/dns/domain") === undefined) return undefined;
  // A default domain takes no primary provider, so that one that had it is none.
  return { provider: first, isCertain: old !== undefined };
}

const isAlike = (one: Json, old: Json): boolean =>
  sameValue(at(one, "/type") ?? null, at(old, "/type") ?? null) &&
  sameValue(at(one, "/credentialsRef") ?? null, storedReference(old));

/** SyncDNSProviderCredentials writes the reference that a secretName stands for, after admission. */
function storedReference(provider: Json): Json {
  const secret = at(provider, "/secretName");
  const reference = at(provider, "/credentialsRef");
  if (reference !== undefined) return reference;
  return secret === undefined ? null : { apiVersion: "v1", kind: "Secret", name: secret };
}
