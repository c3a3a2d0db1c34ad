import { type Derived, Unknown } from "../../../rules/functions.ts";
import { textAt } from "../values.ts";

/** Regions with an image bucket of their own, by the name of the bucket's region; all others use `us-south`. */
const imageRegions: Readonly<Record<string, string>> = {
  "eu-de": "eu-de",
  lon: "eu-gb",
  osa: "jp-osa",
  syd: "au-syd",
  sao: "br-sao",
  tor: "ca-tor",
  tok: "jp-tok",
  "us-east": "us-east",
};

/** The image that the pool names, else the release's image for the region of the cluster. */
export const powervsImage: Derived = (scope) => {
  const image = "$pool/spec/platform/powervs/image";
  if (scope.get(image) !== undefined)
    return { id: scope.get(`${image}/id`) ?? null, name: scope.get(`${image}/name`) ?? null };
  const region = textAt(scope, "$cluster/spec/platform/powervs/region") ?? "";
  return new Unknown(
    "the release may name another boot image for the image region of the cluster: only the release's metadata tells",
    imageRegions[region] ?? "us-south",
  );
};
