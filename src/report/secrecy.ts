import { bareObject } from "../manifests/bare-object.ts";
import type { Json } from "../manifests/manifest.ts";
import { isObject } from "../rules/path.ts";

export const hidden = "(hidden)";

/** Keys whose values are secrets by their name. Names of Secrets (`secretRef`, `pullSecret/name`, `secretBindingName`) are none. */
const secretKey =
  /^(?:.*(?:password|passwd|passphrase|apikey|api[-_]key|privatekey|private[-_]key|secretkey|secret[-_]?access[-_]?key|accesskey|clientsecret|client[-_]secret|bearertoken|kubeconfig|userdata|user[-_]data)|(?:.*[-_.])?token|.*(?:access|auth|refresh|id)Token|secret|credentials)$/i;

/** Whether the value at a place must not be shown. */
export function isSecretPlace(kind: string, segments: readonly string[]): boolean {
  if (kind === "Secret") return segments[0] !== "metadata" || isLastApplied(segments);
  return isLastApplied(segments) || segments.some((segment) => secretKey.test(segment));
}

/** The annotation in which kubectl keeps a whole copy of the object. */
const isLastApplied = (segments: readonly string[]): boolean =>
  segments.at(-1) === "kubectl.kubernetes.io/last-applied-configuration";

/** User names and passwords in URLs. Looks back from `://`: to look for a scheme first takes quadratic time in a long word. */
const withoutUserInfo = (text: string): string => text.replaceAll(/(?<=[a-z0-9+.-]:\/\/)[^\s/@"']+@/gi, `${hidden}@`);

/** A copy of a value in which secrets are hidden. */
export function withoutSecrets(kind: string, segments: readonly string[], value: Json): Json {
  if (typeof value === "string") return isSecretPlace(kind, segments) ? hidden : withoutUserInfo(value);
  if (Array.isArray(value))
    return (value as readonly Json[]).map((item, index) => withoutSecrets(kind, [...segments, String(index)], item));
  if (isObject(value)) {
    const copy = bareObject();
    for (const key of Object.keys(value)) copy[key] = withoutSecrets(kind, [...segments, key], value[key] as Json);
    return copy;
  }
  return value !== null && isSecretPlace(kind, segments) ? hidden : value;
}
