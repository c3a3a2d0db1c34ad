import type { Derived } from "../../rules/functions.ts";

const tag =
  /:v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+?)?)(?:-(?:multi(?:-[a-z0-9_]+)?|x86_64|amd64|aarch64|arm64|s390x|ppc64le))?(?:@.*)?$/;

/** The version that a release image reference tells by its tag; undefined for a digest or a tag of another kind. */
export const versionOfImage = (image: string): string | undefined => tag.exec(image)?.[1];

/** The version of the pool's release, where the reference tells it. */
export const poolVersion: Derived = (scope) => {
  const image = scope.get("$pool/spec/release/image") ?? scope.get("$cluster/spec/release/image");
  return typeof image === "string" ? versionOfImage(image) : undefined;
};
