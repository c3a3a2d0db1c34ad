import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import type { Derived } from "../../../rules/functions.ts";
import { jsonText } from "../go/json-text.ts";
import { listOf, objectOf, textOf } from "../values.ts";
import { userConfig } from "./config-maps.ts";

/** What of a root of trust is read, by its type; a part of another type says nothing. */
const roots = { PublicKey: "publicKey", FulcioCAWithRekor: "fulcioCAWithRekor", PKI: "pki" } as const;
/** What of a signed identity is read, by its match policy. */
const identities = { ExactRepository: "exactRepository", RemapIdentity: "remapIdentity" } as const;

/**
 * Image policies as policy.json and a file of registries.d name them: by their scopes, each with what an image must be signed
 * with (openshift/machine-config-operator pkg/controller/container-runtime-config/container_runtime_config_controller.go
 * getValidScopePolicies). Names of policies, and which of them says what of a scope, are nowhere.
 */
export const renderedPolicies: Derived = (scope) => {
  const scopes = new Map<string, string[]>();
  for (const { kind, value } of userConfig(scope).documents) {
    const spec = kind?.kind === "ClusterImagePolicy" ? objectOf(value?.["spec"]) : undefined;
    const requirement = requirementOf(objectOf(spec?.["policy"]) ?? {});
    for (const name of listOf(spec?.["scopes"]).map(jsonText))
      scopes.set(name, [...(scopes.get(name) ?? []), requirement].toSorted());
  }
  return [...scopes].map(([name, requirements]) => jsonText([name, requirements])).toSorted();
};

/** The same, helpers.go policyItemFromSpec. */
function requirementOf(policy: JsonObject): string {
  const root = objectOf(policy["rootOfTrust"]) ?? {};
  const identity = objectOf(policy["signedIdentity"]) ?? { matchPolicy: "MatchRepoDigestOrExact" };
  return jsonText([
    textOf(root["policyType"]) ?? "",
    partOf(root, roots, "policyType"),
    textOf(identity["matchPolicy"]) ?? "",
    partOf(identity, identities, "matchPolicy"),
  ]);
}

function partOf(object: JsonObject, parts: Readonly<Record<string, string>>, chooser: string): Json {
  const name = parts[textOf(object[chooser]) ?? ""];
  return name === undefined ? null : (object[name] ?? null);
}
