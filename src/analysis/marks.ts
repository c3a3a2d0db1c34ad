import type { ObjectPair } from "../inventory/object-pair.ts";
import type { Manifest, ValuePath } from "../manifests/manifest.ts";
import { valueUnder } from "../manifests/read-value.ts";

/** What a tool does otherwise with an object that asks for it. */
type Meaning =
  /** It changes nothing of the object. */
  | "not-applied"
  /** It creates the object, and changes nothing of it afterwards. */
  | "created-once"
  /** It does not delete an object whose manifest is gone. */
  | "kept"
  /** Where the API server refuses a change, it deletes the object and creates it again. */
  | "forced";

type Tool = "Argo CD" | "Flux" | "Helm";

/** A label or annotation with which an object tells the tool that applies it how to. */
interface Mark {
  readonly tool: Tool;
  readonly key: string;
  readonly value: string;
  readonly means: readonly Meaning[];
  /** Whether the object that runs counts too, and not the new manifest alone. */
  readonly ofLive?: true;
  readonly source: string;
}

const flux = "kustomize.toolkit.fluxcd.io";
const skipped = "fluxcd/pkg@e2cfd1a2d1 ssa/manager_apply.go shouldSkipApply";
const argoOptions = "argocd.argoproj.io/sync-options";

/** fluxcd/kustomize-controller@186fb3b291 internal/controller/kustomization_controller.go apply, prune says which keys Flux gives. */
const marks: readonly Mark[] = [
  {
    tool: "Flux",
    key: `${flux}/reconcile`,
    value: "disabled",
    means: ["not-applied", "kept"],
    ofLive: true,
    source: skipped,
  },
  { tool: "Flux", key: `${flux}/ssa`, value: "Ignore", means: ["not-applied", "kept"], ofLive: true, source: skipped },
  { tool: "Flux", key: `${flux}/ssa`, value: "IfNotPresent", means: ["created-once"], source: skipped },
  {
    tool: "Flux",
    key: `${flux}/prune`,
    value: "disabled",
    means: ["kept"],
    source: "fluxcd/pkg@e2cfd1a2d1 ssa/manager_delete.go Delete",
  },
  {
    tool: "Flux",
    key: `${flux}/force`,
    value: "enabled",
    means: ["forced"],
    ofLive: true,
    source: "fluxcd/pkg@e2cfd1a2d1 ssa/manager_apply.go shouldForceApply",
  },
  {
    tool: "Argo CD",
    key: argoOptions,
    value: "Prune=false",
    means: ["kept"],
    source: "argoproj/argo-cd@37ee0097cf gitops-engine/pkg/sync/sync_context.go isPruningDisabled",
  },
  {
    tool: "Argo CD",
    key: argoOptions,
    value: "Force=true",
    means: ["forced"],
    ofLive: true,
    source: "argoproj/argo-cd@37ee0097cf gitops-engine/pkg/sync/sync_context.go applyObject",
  },
  {
    tool: "Argo CD",
    key: "argocd.argoproj.io/hook",
    value: "Skip",
    means: ["not-applied"],
    source: "argoproj/argo-cd@37ee0097cf gitops-engine/pkg/sync/hook/hook.go Skip",
  },
  {
    tool: "Helm",
    key: "helm.sh/resource-policy",
    value: "keep",
    means: ["kept"],
    source: "helm/helm@e9b85e4de1 pkg/action/resource_policy.go filterManifestsToKeep",
  },
];

/** A mark that an object carries, and where. */
export interface Carried {
  readonly mark: Mark;
  readonly manifest: Manifest;
  readonly path: ValuePath;
}

const isRead: Readonly<Record<Tool, (text: string, value: string) => boolean>> = {
  "Argo CD": (text, value) => text.split(",").some((one) => one.trim() === value),
  Flux: (text, value) => text.toLowerCase() === value.toLowerCase(),
  Helm: (text, value) => text.trim().toLowerCase() === value,
};

function carriedIn(manifest: Manifest | undefined, mark: Mark): Carried | undefined {
  if (manifest === undefined) return undefined;
  // Flux alone reads its keys among the labels too.
  for (const among of mark.tool === "Flux" ? ["annotations", "labels"] : ["annotations"]) {
    const text = valueUnder(manifest.value, "metadata", among, mark.key);
    if (typeof text === "string" && isRead[mark.tool](text, mark.value))
      return { mark, manifest, path: ["metadata", among, mark.key] };
  }
  return undefined;
}

/** The mark of such a meaning that counts when the head is applied over the base. */
export function markOn({ base, head }: Pick<ObjectPair, "base" | "head">, means: Meaning): Carried | undefined {
  for (const mark of marks) {
    if (!mark.means.includes(means)) continue;
    const found = carriedIn(head, mark) ?? (mark.ofLive === true ? carriedIn(base, mark) : undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The mark with which an object stays whose manifest is gone. `tool` is what deploys it; undefined where that is not known. */
export function markThatKeeps(base: Manifest | undefined, tool: string | undefined): Carried | undefined {
  for (const mark of marks) {
    if (!mark.means.includes("kept") || (tool !== undefined && tool !== mark.tool)) continue;
    const found = carriedIn(base, mark);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `kustomize.toolkit.fluxcd.io/ssa: Ignore`. */
export const textOf = ({ mark: { key, value } }: Carried): string => `${key}: ${value}`;
