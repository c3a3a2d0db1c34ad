import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import type { Derived } from "../../../rules/functions.ts";
import { operatorBefore } from "../operator.ts";
import { listOf, objectOf, textOf } from "../values.ts";

const lists = ["tags", "tagsAny", "notTags", "notTagsAny"] as const;

/** The additional ports as CAPO gets them; none while the HostedCluster names subnets. The description is overwritten. */
export const openstackPorts: Derived = (scope) => {
  if (listOf(scope.get("$cluster/spec/platform/openstack/subnets")).length > 0) return undefined;
  const ports = listOf(scope.get("$pool/spec/platform/openstack/additionalPorts"));
  // Operators before 4.19 write port security out as enabled where it is not disabled (branch release-4.18 MachineTemplateSpec).
  const standard = operatorBefore(scope, "4.19") ? "Enabled" : null;
  return ports.length === 0 ? undefined : ports.map((port) => portOf(objectOf(port), standard));
};

function portOf(port: JsonObject | undefined, standard: Json): Json {
  const network = objectOf(port?.["network"]);
  // Each address pair replaces the one before it: the loop upstream starts a new list every time.
  const pair = objectOf(listOf(port?.["allowedAddressPairs"]).at(-1));
  const policy = textOf(port?.["portSecurityPolicy"]);
  return {
    network:
      network === undefined ? null : { id: network["id"] ?? null, filter: filterOf(objectOf(network["filter"])) },
    pair: pair === undefined ? null : (textOf(pair["ipAddress"]) ?? ""),
    vnicType: textOf(port?.["vnicType"]) ?? null,
    security: policy === "Enabled" || policy === "Disabled" ? policy : standard,
  };
}

function filterOf(filter: JsonObject | undefined): Json {
  if (filter === undefined) return null;
  const texts = ["name", "description", "projectID"].map((key) => [key, textOf(filter[key]) ?? null] as const);
  return Object.fromEntries<Json>([
    ...texts,
    ...lists.map((key) => [key, listOf(filter[key]).length === 0 ? null : listOf(filter[key])] as const),
  ]);
}
