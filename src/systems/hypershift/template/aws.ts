import type { Json } from "../../../manifests/manifest.ts";
import { type Derived, type Encoding, Unknown } from "../../../rules/functions.ts";
import { operatorBefore } from "../operator.ts";
import { pairsOf, textAt } from "../values.ts";

const aws = "$pool/spec/platform/aws";

/** The AMI that the pool names. What the release would pick is not in any manifest, so it is compared by itself only. */
export const awsAmi: Derived = (scope) =>
  textAt(scope, `${aws}/ami`) ??
  new Unknown(
    "one side names an AMI, the other takes that of the release: they may be the same image; only the release's metadata tells",
    "release",
  );

/**
 * What the release's own image depends on, beside the release: image type and region. Says nothing where the pool names an AMI.
 */
export const awsDefaultImage: Derived = (scope) => {
  if (textAt(scope, `${aws}/ami`) !== undefined)
    return new Unknown(
      "the pool names an AMI on one side only: it may be the image that the release would pick",
      "ami",
    );
  const type = textAt(scope, `${aws}/imageType`) === "Windows" ? "Windows" : "Linux";
  return [type, textAt(scope, "$cluster/spec/platform/aws/region") ?? null];
};

/** The default profile written out is the default. */
export const awsInstanceProfile: Encoding = (value, scope) => {
  if (typeof value !== "string" || value === "") return undefined;
  const infraId = textAt(scope, "$cluster/spec/infraID");
  if (infraId !== undefined) return value === `${infraId}-worker-profile` ? undefined : value;
  if (!value.endsWith("-worker-profile")) return value;
  return new Unknown(
    `"${value}" may be the default profile: that depends on the HostedCluster's spec.infraID, which is not among the manifests`,
    value,
  );
};

/** `placement.marketType`, else its deprecated twin, else what a capacity reservation implies. */
export const awsMarketType: Derived = (scope) => {
  for (const path of [`${aws}/placement/marketType`, `${aws}/placement/capacityReservation/marketType`]) {
    const type = textAt(scope, path);
    if (type === "Spot" && path.includes("capacityReservation")) continue;
    if (type !== undefined) return type;
  }
  const reserved = scope.get(`${aws}/placement/capacityReservation/id`) !== undefined;
  return reserved && textAt(scope, `${aws}/placement/tenancy`) !== "host" ? "CapacityBlocks" : undefined;
};

/** The tags that instances get: the cluster's win over the pool's unless the cluster's tag allows to override it. */
export const awsTags: Derived = (scope) => {
  const tags = new Map<string, string>();
  const ofCluster = pairsOf(scope.get("$cluster/spec/platform/aws/resourceTags"));
  for (const [key, { value }] of ofCluster) tags.set(key, value);
  for (const [key, { value }] of pairsOf(scope.get(`${aws}/resourceTags`))) {
    const above = ofCluster.get(key);
    if (above === undefined || above.item["overridePolicy"] === "Allow") tags.set(key, value);
  }
  const infraId = textAt(scope, "$cluster/spec/infraID");
  const owned = `kubernetes.io/cluster/${infraId}`;
  if (infraId !== undefined && !tags.has(owned)) tags.set(owned, "owned");
  const spot =
    !operatorBefore(scope, "4.22") &&
    (textAt(scope, `${aws}/placement/marketType`) === "Spot" ||
      scope.get("$pool/metadata/annotations/hypershift.openshift.io~1enable-spot") !== undefined);
  if (spot) tags.set("aws-node-termination-handler/managed", "");
  return Object.fromEntries(tags) as Record<string, Json>;
};
