import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { memoized } from "../../../manifests/memoized.ts";
import { canonicalText } from "../../../rules/canonical.ts";
import { type Derived, type Predicate, type Scope, Unknown } from "../../../rules/functions.ts";
import { applyPatch, boundedPatch, PatchBoundError, PatchError } from "../go/json-patch.ts";
import { decodedOver } from "./decoded-template.ts";
import { patchAnnotation, readPatch } from "./json-patch.ts";
import { spreadAnnotation, vmTemplate } from "./vm-template.ts";

/** The template that is hashed in the end; or why the patches do not apply to it, or are not followed. */
interface Patched {
  readonly isPatched: boolean;
  readonly template?: JsonObject;
  readonly problem?: string;
  readonly unfollowed?: string;
}

/** The patches of both objects in the order in which np/kubevirt/kubevirt.go applyJsonPatches applies them. */
const patchesOf = (scope: Scope): readonly { readonly owner: string; readonly text: string }[] =>
  [
    { owner: "HostedCluster", text: scope.get(`$cluster${patchAnnotation}`) },
    { owner: "NodePool", text: scope.get(`$pool${patchAnnotation}`) },
  ].flatMap(({ owner, text }) => (typeof text === "string" ? [{ owner, text }] : []));

const patchedTemplate = memoized((scope: Scope): Patched => {
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
    return { isPatched: true, template: decodedOver(template, document, scope) };
  } catch (error) {
    if (error instanceof PatchBoundError)
      return { isPatched: true, unfollowed: `the JSON patch of the ${current} is not supported: ${error.message}` };
    if (!(error instanceof PatchError)) throw error;
    const problem = `the JSON patch of the ${current} cannot be applied to its VM template: ${error.message}`;
    return { isPatched: true, problem };
  }
});

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
