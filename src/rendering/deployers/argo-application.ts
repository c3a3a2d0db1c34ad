import { isList } from "../../manifests/json-list.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../manifests/manifest.ts";
import { textUnder, valueUnder } from "../../manifests/read-value.ts";
import { within } from "../trees/file-tree.ts";
import { partOf } from "./deployment.ts";

/** A list as it is, and any other value as a list of one; empty where it is absent or null. */
export const oneOrMore = (value: Json | undefined): readonly Json[] =>
  value === undefined || value === null ? [] : isList(value) ? value : [value];

const finalizer = /^resources-finalizer\.argocd\.argoproj\.io(?:\/|$)/;

/** Files in the deployed folder that override the Application's source. */
export const overridesOf = (folder: string, name: string): string[] =>
  [".argocd-source.yaml", `.argocd-source-${name}.yaml`].map((file) => within(folder, file) ?? file);

/** Whether what an Application deployed is deleted together with it. */
export const deletesWithIt = (object: JsonObject): boolean =>
  oneOrMore(valueUnder(object, "metadata", "finalizers")).some((one) => typeof one === "string" && finalizer.test(one));

const namespaceName = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** The namespace of objects that name none; undefined where an Application gives none, or no valid one. */
export function namespaceOf(object: JsonObject): string | undefined {
  const namespace = textUnder(object, "spec", "destination", "namespace");
  return namespace !== undefined && namespaceName.test(namespace) ? namespace : undefined;
}

/** To which cluster an Application deploys. */
export const clusterOf = (object: JsonObject): Json => {
  const destination = valueUnder(object, "spec", "destination");
  return isObject(destination) ? partOf(destination, ["name", "server"]) : null;
};
