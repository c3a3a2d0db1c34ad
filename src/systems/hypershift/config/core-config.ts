import type { Json } from "../../../manifests/manifest.ts";
import { type Derived, type Predicate, Unknown } from "../../../rules/functions.ts";
import { readSegments } from "../../../rules/path.ts";
import { isWithin } from "../../../rules/version.ts";
import { bytesOfBase64 } from "../go/base64.ts";
import { struct, textThroughGo } from "../go/struct.ts";
import { controlPlaneRelease } from "../release.ts";
import { listOf, textAt } from "../values.ts";
import { payloadOf } from "./config-maps.ts";

/**
 * The key that is written into the worker-ssh MachineConfig: the content of `id_rsa.pub`, whatever the Secret is called and
 * however it is written (hostedcontrolplane_controller.go reconcileCoreIgnitionConfig).
 */
export const sshKey: Derived = (scope) => {
  const name = scope.get("$cluster/spec/sshKey/name");
  if (typeof name !== "string" || name === "") return undefined;
  const secret = scope.references("ssh-key")[0]?.value;
  if (secret === undefined)
    return new Unknown(
      `the Secret ${name} is not among the manifests; the key in it is what reaches the nodes, not its name`,
      `ssh key ${name}`,
    );
  const key = secretText(secret, "id_rsa.pub");
  return (
    key ??
    new Unknown(
      `the Secret ${name} has no readable key id_rsa.pub, so the control plane keeps what it has`,
      `ssh key ${name}`,
    )
  );
};

/** The text of a key of a Secret: `stringData` hides `data`, whose values are base64. */
function secretText(secret: Json, key: string): string | undefined {
  const plain = readSegments(secret, ["stringData", key]);
  if (typeof plain === "string") return plain;
  const encoded = readSegments(secret, ["data", key]);
  const bytes = typeof encoded === "string" ? bytesOfBase64(encoded) : undefined;
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}

/** imageContentSources as they become an ImageDigestMirrorSet: the order of entries and mirrors stays. */
export const imageContentSources: Derived = (scope) =>
  textThroughGo(
    { is: "list", of: struct({ source: { is: "string" }, mirrors: { is: "list", of: { is: "string" } } }) },
    scope.get("$cluster/spec/imageContentSources"),
  );

/**
 * How the control plane operator writes them; the text itself is hashed. Up to 4.13 it made an ImageContentSourcePolicy, and
 * with the apimachinery of 4.21 the line `creationTimestamp: null` went away.
 */
export const imageContentSourcesForm: Derived = (scope) => {
  if (listOf(scope.get("$cluster/spec/imageContentSources")).length === 0) return undefined;
  const own = textAt(scope, "$cluster/metadata/annotations/hypershift.openshift.io~1control-plane-operator-image");
  const release = controlPlaneRelease(scope);
  if (own === undefined && release === undefined) return undefined;
  const version = own === undefined ? release?.version : undefined;
  if (version === undefined)
    return new Unknown(
      "the release of the control plane operator is not known; that of 4.21 writes the image content sources differently from the one before it, and the text is hashed",
      own ?? release?.digest ?? release?.text ?? "",
    );
  if (isWithin(version, undefined, "4.14")) return "an ImageContentSourcePolicy";
  return isWithin(version, undefined, "4.21")
    ? "an ImageDigestMirrorSet with a creationTimestamp"
    : "an ImageDigestMirrorSet without creationTimestamp";
};

/** The credentials, for the comparison alone: `stringData` and `data` that say the same are equal. */
export const pullSecretContent: Derived = (scope) => {
  const secret = scope.references("pull-secret")[0]?.value;
  return secret === undefined ? undefined : secretText(secret, ".dockerconfigjson");
};

/** The certificates of the additional trust bundle. */
export const trustBundleContent: Derived = (scope) => {
  const [bundle] = scope.references("trust-bundle");
  return bundle === undefined ? undefined : payloadOf(bundle, "ca-bundle.crt");
};

/** Both sides are among the manifests and hold the same certificates, whatever their ConfigMaps are called. */
export const sameTrustBundle: Predicate = ({ base, head }) => {
  const [before, after] = [base, head].map((scope) => scope && trustBundleContent(scope));
  return before !== undefined && before === after;
};
