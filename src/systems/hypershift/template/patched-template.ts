import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { canonicalText } from "../../../rules/canonical.ts";
import { type Derived, type Predicate, type Scope, Unknown } from "../../../rules/functions.ts";
import { applyPatch, boundedPatch, PatchBoundError, PatchError } from "../go/json-patch.ts";
import { operatorBefore } from "../operator.ts";
import { objectOf } from "../values.ts";
import { patchAnnotation, readPatch } from "./json-patch.ts";
import { amount, spreadAnnotation, vmTemplate } from "./vm-template.ts";

/** The template that is hashed in the end; or why the patches do not apply to it, or are not followed. */
interface Patched {
  readonly isPatched: boolean;
  readonly template?: JsonObject;
  readonly problem?: string;
  readonly unfollowed?: string;
}

const made = new WeakMap<Scope, Patched>();

function patchedTemplate(scope: Scope): Patched {
  let patched = made.get(scope);
  if (patched === undefined) made.set(scope, (patched = applied(scope)));
  return patched;
}

/** The patches of both objects in the order in which np/kubevirt/kubevirt.go applyJsonPatches applies them. */
const patchesOf = (scope: Scope): readonly { readonly owner: string; readonly text: string }[] =>
  [
    { owner: "HostedCluster", text: scope.get(`$cluster${patchAnnotation}`) },
    { owner: "NodePool", text: scope.get(`$pool${patchAnnotation}`) },
  ].flatMap(({ owner, text }) => (typeof text === "string" ? [{ owner, text }] : []));

function applied(scope: Scope): Patched {
  const patches = patchesOf(scope);
  const template = vmTemplate(scope);
  if (patches.length === 0) return { isPatched: false, template };
  let document = template;
  let current = "";
  try {
    const read = patches.map(({ owner, text }) => {
      current = owner;
      const patch = readPatch(text);
      if ("fault" in patch) throw new PatchError(patch.fault);
      return { owner, operations: boundedPatch(patch.operations) };
    });
    for (const { owner, operations } of read) {
      current = owner;
      document = applyPatch(document, operations);
    }
  } catch (error) {
    if (error instanceof PatchBoundError)
      return { isPatched: true, unfollowed: `the JSON patch of the ${current} is not supported: ${error.message}` };
    if (!(error instanceof PatchError)) throw error;
    const problem = `the JSON patch of the ${current} cannot be applied to its VM template: ${error.message}`;
    return { isPatched: true, problem };
  }
  return { isPatched: true, template: decodedOver(template, document, scope) };
}

/** The operations that both annotations apply, the HostedCluster's first; their layout as text does not count. */
export const kubevirtJsonPatches: Derived = (scope) => {
  const patches = patchesOf(scope);
  const { unfollowed } = patchedTemplate(scope);
  if (unfollowed !== undefined) return new Unknown(unfollowed, patches.map(({ text }) => text).join("\n"));
  const operations: Json[] = [];
  for (const { owner, text } of patches) {
    const patch = readPatch(text);
    if ("fault" in patch) return new Unknown(`the JSON patch of the ${owner} cannot be read: ${patch.fault}`, text);
    operations.push(...patch.operations);
  }
  return operations.length === 0 ? undefined : operations;
};

/**
 * The patched document is decoded into the template as it was. Only the annotations of the VM are emptied before, by operators
 * since 4.19, and the type of its spec reads itself anew (kubevirt.io/api core/v1 VirtualMachineInstanceSpec.UnmarshalJSON).
 */
function decodedOver(template: JsonObject, document: JsonObject, scope: Scope): JsonObject {
  const spec = objectOf(template["spec"]) ?? {};
  const vm = objectOf(spec["template"]) ?? {};
  const keepsAnnotations = operatorBefore(scope, "4.19");
  const kept = Object.entries(objectOf(vm["metadata"]) ?? {}).filter(
    ([key]) => keepsAnnotations || key !== "annotations",
  );
  const isWritten = objectOf(objectOf(objectOf(document["spec"])?.["template"])?.["spec"]) !== undefined;
  const emptied = { ...vm, metadata: Object.fromEntries(kept), ...(isWritten ? { spec: {} } : {}) };
  return objectOf(decoded({ ...template, spec: { ...spec, template: emptied } }, document, "")) ?? {};
}

/** Structures that are no pointers: null leaves them as they are. */
const structures = new Set(["metadata", "spec", "domain", "devices", "resources"]);
/** Maps of quantities, and the memory of a guest. */
const quantities = new Set(["requests", "limits"]);

/** Go's encoding/json decodes into what is there: fields that the document lacks stay, and so do fields of a list's items. */
function decoded(old: Json | undefined, value: Json, key: string): Json | undefined {
  if (value === null) return structures.has(key) ? old : undefined;
  if (Array.isArray(value)) {
    const items: readonly Json[] = Array.isArray(old) ? old : [];
    return value.map((item: Json, index) => decoded(items[index], item, "") ?? null);
  }
  if (typeof value !== "object") return key === "guest" ? amount(value) : value;
  const fields: Record<string, Json> = { ...objectOf(old) };
  for (const [name, inner] of Object.entries(value)) {
    const field = quantities.has(key) ? amount(inner) : decoded(fields[name], inner, name);
    if (field === undefined) delete fields[name];
    else fields[name] = field;
  }
  return fields;
}

/** Why the controller cannot make the template (np/capi.go Reconcile stops there). */
export function patchProblems(scope: Scope): string[] {
  if (scope.get("$pool/spec/platform/type") !== "KubeVirt") return [];
  const hasPatch = ["$cluster", "$pool"].some((root) => scope.get(`${root}${patchAnnotation}`) !== undefined);
  const problem = hasPatch ? patchedTemplate(scope).problem : undefined;
  return problem === undefined ? [] : [problem];
}

/** What the boot image of a release hangs on. */
const imageOf = (scope: Scope): string =>
  canonicalText(
    [
      "$pool/spec/release/image",
      "$pool/spec/arch",
      "$pool/spec/osImageStream/name",
      "$pool/metadata/annotations/hypershift.openshift.io~1allow-unsupported-kubevirt-rhcos-variants",
    ].map((path) => scope.get(path) ?? null),
  );

/** Patches on one side at least, and the same template in the end: what they write over does not count, nor what they leave. */
export const sameVmTemplate: Predicate = ({ base, head }) => {
  if (base === undefined || head === undefined || head.get("$pool/spec/platform/type") !== "KubeVirt") return false;
  // Taken out of the manifest it leaves the pool too.
  if (base.get(spreadAnnotation) !== undefined && head.get(spreadAnnotation) === undefined) return false;
  const [before, after] = [patchedTemplate(base), patchedTemplate(head)];
  return (
    (before.isPatched || after.isPatched) &&
    before.template !== undefined &&
    after.template !== undefined &&
    imageOf(base) === imageOf(head) &&
    canonicalText(before.template) === canonicalText(after.template)
  );
};
