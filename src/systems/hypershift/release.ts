import { type Derived, type Predicate, type Scope, Unknown } from "../../rules/functions.ts";
import { parseVersion } from "../../rules/version.ts";

/** What a release image reference tells by itself. */
export interface ReleaseImage {
  /** `4.20.4`, where the tag tells it. */
  readonly version: string | undefined;
  /** `multi`, `x86_64`, … as the tag says: each has its own digests. */
  readonly flavour: string;
  readonly digest: string | undefined;
  readonly text: string;
}

const reference =
  /^(?<repository>[^@]*?)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]*))?(?:@(?<digest>[a-z0-9]+:[0-9a-f]+))?$/;
const flavours = /-(multi(?:-(?:x86_64|amd64|aarch64|arm64|s390x|ppc64le))?|x86_64|amd64|aarch64|arm64|s390x|ppc64le)$/;

/** Reads `quay.io/openshift-release-dev/ocp-release:4.20.4-multi`, with or without a digest. */
export function releaseImageOf(text: string): ReleaseImage {
  const { tag, digest } = reference.exec(text.trim())?.groups ?? {};
  const flavour = flavours.exec(tag ?? "")?.[1] ?? "";
  const bare = flavour === "" ? (tag ?? "") : (tag ?? "").slice(0, -flavour.length - 1);
  const version = /^v?(\d+\.\d+\.\d+(?:[-+].+)?)$/.exec(bare)?.[1];
  return { version, flavour, digest, text: text.trim() };
}

/** The release of a pool. */
export function poolRelease(scope: Scope): ReleaseImage | undefined {
  const image = scope.get("$pool/spec/release/image");
  return typeof image === "string" ? releaseImageOf(image) : undefined;
}

/** The release of the control plane's data-plane-facing parts: `controlPlaneRelease` hides `release`. */
export function controlPlaneRelease(scope: Scope): ReleaseImage | undefined {
  const image = scope.get("$cluster/spec/controlPlaneRelease/image") ?? scope.get("$cluster/spec/release/image");
  return typeof image === "string" ? releaseImageOf(image) : undefined;
}

/** The version of a release, or what it depends on. */
export function versionOrUnknown(release: ReleaseImage): string | Unknown {
  if (release.version !== undefined) return release.version;
  const basis = release.digest ?? release.text;
  return new Unknown(
    `the version of the release image cannot be told from its reference (${basis}); write the tag beside the digest, such as :4.20.4-multi@sha256:…`,
    basis,
  );
}

/** The version of the pool's release, where the reference tells it; for conditions. */
export const poolVersion: Derived = (scope) => poolRelease(scope)?.version;

/** The version of the control plane, where the reference tells it; for conditions. */
export const clusterVersion: Derived = (scope) => controlPlaneRelease(scope)?.version;

/** The version of the pool's release as it is hashed. */
export const hashedVersion: Derived = (scope) => {
  const release = poolRelease(scope);
  return release === undefined ? undefined : versionOrUnknown(release);
};

/** Both sides name one digest, so they carry one version, whatever is before it. */
export const sameRelease: Predicate = ({ base, head }) => {
  const before = base && poolRelease(base)?.digest;
  return before !== undefined && before === (head && poolRelease(head)?.digest);
};

/**
 * Minor releases in one row: 5.0 is 4.23 (support/supportedversion/version.go normalizeToV4). Other majors stand before or
 * behind all of them.
 */
export function minorInRow(version: string): number | undefined {
  const parsed = parseVersion(version);
  if (parsed === undefined) return undefined;
  const [major, minor] = parsed;
  if (major === 4) return minor;
  if (major === 5) return 23 + minor;
  return major < 4 ? -1 : Infinity;
}
