import { isObject } from "./json-object.ts";
import type { Json } from "./manifest.ts";

/** Words that make the value of a key a secret wherever they occur in the key. */
const secretWord =
  /passw(?:or)?d|passphrase|api[-_]?key|private[-_]?key|secret[-_]?(?:access[-_]?)?key|access[-_]?key|client[-_]?secret|secret[-_]?data|bearer|kubeconfig|user[-_]?data|authorization|dockerc(?:onfigjson|fg)/i;
/** Words that do so at the end of a key alone: a `tokenRequestAudience` is none. */
const secretEnd =
  /(?:^|[-_./])(?:tokens?|secret|credentials|pass|pwd|cookie)$|(?:access|auth|refresh|id|api|bearer)[-_]?tokens?$|[a-z](?:Tokens?|Pass)$/i;
/** What a key ends in that only names a secret, or says how one is used. */
const aboutSecret =
  /(?:names?|ref|refs|reference|namespace|path|file|policy|type|version|audiences?|seconds|expiration|enabled|id|ids)$|^enable/i;

/** Whether EC2's metadata service asks for session tokens, which decides whether nodes are replaced: `required` or `optional`. */
const metadataTokens = /^httpTokens$|-metadata-http-tokens$/;

/** Whether what is under a key is a secret, by the key's name. */
export const isSecretKey = (key: string): boolean =>
  (secretEnd.test(key) && !metadataTokens.test(key)) || (secretWord.test(key) && !aboutSecret.test(key));

const labels = ["name", "key", "header", "Name", "Key"];
/** Whether a member is the value of a pair. */
export const isPairValue = (key: string): boolean => /^values?$/i.test(key);
const awsKeyId = /^(?:AKIA|ASIA)[A-Z0-9]{16}$/;
/** Whether a value has the shape of an AWS secret key; a path or a commit has it too. */
export const mayBeSecretKey = (value: Json | undefined): boolean =>
  typeof value === "string" && /^[A-Za-z0-9/+]{40}$/.test(value);

/**
 * Whether a member of an object is a secret by what is beside it: `{name: DB_PASSWORD, value: …}`, or the secret key
 * of an AWS access key id. A change of the value alone does not show this.
 */
export function isSecretBeside(holder: Json | undefined, key: string): boolean {
  if (!isObject(holder)) return false;
  if (isPairValue(key))
    for (const label of labels) {
      const name = Object.hasOwn(holder, label) ? holder[label] : undefined;
      if (typeof name === "string" && isSecretKey(name)) return true;
    }
  const value = Object.hasOwn(holder, key) ? holder[key] : undefined;
  return (
    mayBeSecretKey(value) && Object.values(holder).some((other) => typeof other === "string" && awsKeyId.test(other))
  );
}
