import { bareObject } from "../manifests/bare-object.ts";
import type { Json } from "../manifests/manifest.ts";
import { isObject } from "../rules/path.ts";

export const hidden = "(hidden)";

/** Words that make a key's value a secret wherever they stand in it. */
const secretWord =
  /passw(?:or)?d|passphrase|api[-_]?key|private[-_]?key|secret[-_]?(?:access[-_]?)?key|access[-_]?key|client[-_]?secret|secret[-_]?data|bearer|kubeconfig|user[-_]?data|authorization|dockerc(?:onfigjson|fg)/i;
/** Words that do so at the end of a key alone: a `tokenRequestAudience` is none. */
const secretEnd =
  /(?:^|[-_./])(?:tokens?|secret|credentials|pass|pwd)$|(?:access|auth|refresh|id|api|bearer)[-_]?tokens?$|[a-z](?:Tokens?|Pass)$/i;
/** What a key ends in that only names a secret, or says how one is used. */
const aboutSecret =
  /(?:names?|ref|refs|reference|namespace|path|file|policy|type|version|audiences?|seconds|expiration|enabled|id|ids)$|^enable/i;

const isSecretKey = (key: string): boolean => secretEnd.test(key) || (secretWord.test(key) && !aboutSecret.test(key));

/** Whether the value at a place must not be shown. */
export function isSecretPlace(kind: string, segments: readonly string[]): boolean {
  if (kind === "Secret") return segments[0] !== "metadata" || isLastApplied(segments);
  return isLastApplied(segments) || segments.some(isSecretKey);
}

/** The annotation in which kubectl keeps a whole copy of the object. */
const isLastApplied = (segments: readonly string[]): boolean =>
  segments.at(-1) === "kubectl.kubernetes.io/last-applied-configuration";

/**
 * A text without the secrets that can be told by what stands around them: user names and passwords in URLs, what follows
 * `password=` and the like, bearer tokens, private keys, and tokens that say themselves what they are. Each pattern begins
 * with letters that must stand there: to look for a scheme or a key first takes quadratic time in a long word.
 */
function withoutSecretParts(text: string): string {
  return text
    .replaceAll(/(?<=[a-z0-9+.-]:\/\/)[^\s/?#"']+@/gi, `${hidden}@`)
    .replaceAll(assigned, (_, before: string) => `${before}${hidden}`)
    .replaceAll(/\b(Bearer|Basic) [\w.~+/=-]{8,}/gi, (_, scheme: string) => `${scheme} ${hidden}`)
    .replaceAll(
      /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\w+/=\s\\]*(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g,
      hidden,
    )
    .replaceAll(/\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|eyJ[\w-]{8,512}\.eyJ)[\w.-]{10,}/g, hidden);
}

/** `password=…`, `"token": "…"`, `?access_token=…`; not the name of a key that only ends so, as in `pullSecret:`. */
const assigned =
  /((?:passw(?:or)?d(?:hash)?|passphrase|\bpwd|token|api[-_]?key|client[-_]?secret|access[-_]?key|private[-_]?key|signature|\bauth)["']?(?:=|: ?)["']?)(?!\s|[{[]|\(hidden\))[^\s"';&,}]+/gi;

/** A copy of a value in which secrets are hidden. */
export function withoutSecrets(kind: string, segments: readonly string[], value: Json): Json {
  if (typeof value === "string") return isSecretPlace(kind, segments) ? hidden : withoutSecretParts(value);
  if (Array.isArray(value))
    return (value as readonly Json[]).map((item, index) => withoutSecrets(kind, [...segments, String(index)], item));
  if (isObject(value)) {
    const copy = bareObject();
    // `{name: DB_PASSWORD, value: …}`: the key stands beside the value.
    const { name } = value;
    const inside = typeof name === "string" && isSecretKey(name) ? [...segments, name] : segments;
    for (const key of Object.keys(value))
      copy[key] = withoutSecrets(kind, [...(key === "value" ? inside : segments), key], value[key] as Json);
    return copy;
  }
  return value !== null && isSecretPlace(kind, segments) ? hidden : value;
}
