import { listOf } from "../../manifests/json-list.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { Json } from "../../manifests/manifest.ts";
import { quote } from "../../manifests/quote.ts";
import { valueUnder } from "../../manifests/read-value.ts";
import type { DeployerObject } from "../deployers/deployer-objects.ts";
import type { Variables } from "../kustomize/treatment.ts";
import { nameOf } from "../objects-in.ts";

type VariablesOrReason = Variables | undefined | { readonly because: string };

const variableName = /^[_A-Za-z][_A-Za-z0-9]*$/;

/**
 * The variables of a Kustomization (fluxcd/pkg `kustomize` SubstituteVariables): those of its ConfigMaps and Secrets, where later
 * ones win, and then its own, which win over all. Undefined where it substitutes nothing.
 */
export function variablesOf({ object, configMap, secretKeys }: DeployerObject): VariablesOrReason {
  const postBuild = valueUnder(object, "spec", "postBuild");
  if (!isObject(postBuild)) return undefined;
  const { namespace } = nameOf(object);
  const values = new Map<string, string | undefined>();
  let isOpen = false;
  const set = (key: string, value: Json): void =>
    // A value that contains a variable itself is not known: something else may have substituted it first.
    void values.set(key, typeof value === "string" && !value.includes("${") ? value.replaceAll("\n", "") : undefined);
  const { substituteFrom } = postBuild;
  for (const one of listOf(substituteFrom)) {
    const [kind, name] = ["kind", "name"].map((key) => valueUnder(one, key));
    if (typeof name !== "string") return { because: "it takes variables from an object without a name" };
    const data = kind === "ConfigMap" ? configMap(namespace, name) : undefined;
    const keys = kind === "Secret" ? secretKeys(namespace, name) : undefined;
    if (data !== undefined) for (const [key, value] of Object.entries(data)) set(key, value);
    else if (keys !== undefined) for (const key of keys) values.set(key, undefined);
    else isOpen = true;
  }
  const own = postBuild["substitute"];
  for (const [key, value] of isObject(own) ? Object.entries(own) : []) set(key, value);
  const bad = [...values.keys()].find((key) => !variableName.test(key));
  if (bad !== undefined) return { because: `${quote(bad)} is not a valid variable name, so Flux substitutes nothing` };
  if (values.size === 0 && !isOpen && postBuild["substituteStrategy"] !== "Always") return undefined;
  return {
    known: Object.fromEntries([...values].flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))),
    unknown: [...values].flatMap(([key, value]) => (value === undefined ? [key] : [])),
    isOpen,
  };
}
