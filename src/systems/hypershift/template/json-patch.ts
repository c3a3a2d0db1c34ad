import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import type { Check, Finding, Scope } from "../../../rules/functions.ts";
import { listOf, objectOf } from "../values.ts";

/** The annotation that changes the VM template of KubeVirt pools, below either object. */
export const patchAnnotation = "/metadata/annotations/hypershift.openshift.io~1kubevirt-vm-jsonpatch";

/** The operations of a JSON patch; or why evanphx/json-patch v5 DecodePatch, and with it the controller, cannot read it. */
type ReadPatch = { readonly operations: readonly Json[] } | { readonly fault: string };

/** Go decodes `null` as a patch without operations. */
export function readPatch(text: string): ReadPatch {
  const operations = parsed(text);
  if (operations === undefined) return { fault: "it is not a JSON list" };
  const fault = firstFault(operations, faultOf);
  return fault === undefined ? { operations } : { fault };
}

function parsed(text: string): readonly Json[] | undefined {
  try {
    const patch = JSON.parse(text) as Json;
    return patch === null || Array.isArray(patch) ? listOf(patch) : undefined;
  } catch {
    return undefined;
  }
}

function firstFault(operations: readonly Json[], find: (operation: JsonObject) => string | undefined) {
  for (const [index, entry] of operations.entries()) {
    const fault = find(objectOf(entry) ?? {});
    if (fault !== undefined) return `operation ${index + 1} has ${fault}`;
  }
  return undefined;
}

function faultOf(operation: JsonObject): string | undefined {
  const op = operation["op"];
  switch (op) {
    case "add":
    case "replace":
      if (!("value" in operation)) return "no value";
      break;
    case "move":
    case "copy":
      if (typeof operation["from"] !== "string") return "no from";
      break;
    case "remove":
    case "test":
      break;
    default:
      return typeof op === "string" ? `unknown op: ${op}` : "no op";
  }
  return typeof operation["path"] === "string" ? undefined : "no path";
}

/** The webhook wants a value of every operation but `remove`. It does not apply the patch. */
function webhookFault(text: string): string | undefined {
  const patch = readPatch(text);
  if ("fault" in patch) return patch.fault;
  return firstFault(patch.operations, ({ op, value }) =>
    op !== "remove" && value === undefined ? "no value" : undefined,
  );
}

const textIn = (scope: Scope | undefined, path: string): string | undefined => {
  const text = scope?.get(path);
  return typeof text === "string" ? text : undefined;
};

/** Refuses a patch that the webhook refuses, once it is written or changed. */
const checkAt =
  (path: string): Check =>
  ({ base, head }): readonly Finding[] => {
    const text = textIn(head, path);
    if (text === undefined || text === textIn(base, path)) return [];
    const fault = webhookFault(text);
    return fault === undefined
      ? []
      : [{ path, because: `wrong json patch structure in the kubevirt-vm-jsonpatch annotation: ${fault}` }];
  };

export const poolPatchCheck = checkAt(`$pool${patchAnnotation}`);
export const clusterPatchCheck = checkAt(`$cluster${patchAnnotation}`);
