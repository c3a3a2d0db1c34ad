import type { Json } from "../../../manifests/manifest.ts";
import type { Derived } from "../../../rules/functions.ts";
import { at, items, text } from "../shoot.ts";

/** Where containerd finds a cache: its upstream, and what makes the address of the cache's service. */
function cacheText(cache: Json): string {
  const http = at(cache, "/http");
  const scheme = http === undefined || at(http, "/tls") === true ? "https" : "http";
  const parts = [at(cache, "/upstream"), scheme, at(cache, "/remoteURL"), at(cache, "/serviceNameSuffix")];
  return parts.flatMap((part) => text(part) ?? []).join(" ");
}

/** What the extension registry-cache writes for containerd; sizes, credentials and times of its caches are not among that. */
export const registryCaches: Derived = (scope) => {
  const extension = items(scope.get("/spec/extensions")).find((one) => at(one, "/type") === "registry-cache");
  if (extension === undefined || at(extension, "/disabled") === true) return undefined;
  const caches = items(at(extension, "/providerConfig/caches")).map(cacheText);
  return caches.length === 0 ? undefined : caches.toSorted().join(", ");
};
