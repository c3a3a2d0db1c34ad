import type { Json } from "../../../manifests/manifest.ts";
import type { Check, Finding, Scope } from "../../../rules/functions.ts";
import { listOf, objectOf } from "../values.ts";

/** The annotation that changes the VM template of KubeVirt pools, below either object. */
export const patchAnnotation = "/metadata/annotations/hypershift.openshift.io~1kubevirt-vm-jsonpatch";

/** Reads a JSON patch; undefined when it is not a JSON list. Go decodes `null` as a patch without operations. */
export function parsePatch(text: string): readonly Json[] | undefined {
  try {
    const patch = JSON.parse(text) as Json;
    return patch === null || Array.isArray(patch) ? listOf(patch) : undefined;
  } catch {
    return undefined;
  }
}

const operations = new Set(["add", "remove", "replace", "move", "copy", "test"]);

/** What the webhook finds wrong in a patch; undefined when it lets it pass. It does not apply the patch. */
function faultOf(text: string): string | undefined {
  const patch = parsePatch(text);
  if (patch === undefined) return "it is not a JSON list";
  for (const [index, entry] of patch.entries()) {
    const operation = objectOf(entry);
    const place = `operation ${index + 1}`;
    const op = operation?.["op"];
    if (operation === undefined || typeof op !== "string") return `${place} has no op`;
    if (!operations.has(op)) return `${place} has an op that there is not: ${op}`;
    if ((op === "move" || op === "copy") && typeof operation["from"] !== "string") return `${place} has no from`;
    if (typeof operation["path"] !== "string") return `${place} has no path`;
    if (op !== "remove" && !("value" in operation)) return `${place} has no value`;
  }
  return undefined;
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
    const fault = faultOf(text);
    return fault === undefined
      ? []
      : [{ path, because: `wrong json patch structure in the kubevirt-vm-jsonpatch annotation: ${fault}` }];
  };

export const poolPatchCheck = checkAt(`$pool${patchAnnotation}`);
export const clusterPatchCheck = checkAt(`$cluster${patchAnnotation}`);
