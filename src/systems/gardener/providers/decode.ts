import { isObject } from "../../../manifests/json-object.ts";
import type { Check, Scope, Sides } from "../../../rules/functions.ts";
import { toPointer } from "../../../rules/path.ts";
import type { Shape } from "../../../rules/rows.ts";
import { isWithin } from "../../../rules/version.ts";
import type { Path } from "../../../rules/words.ts";
import { type Decoder, decoderOf, knownRelease } from "../api/decoder.ts";
import { apiProblems } from "../api/problems.ts";
import { isRequired } from "../api/shape-node.ts";
import { textOf } from "./json.ts";
import { newProblems, type Problem } from "./problems.ts";

/** The places that a provider decodes itself, and how the shapes of its tables are named. */
const places = {
  "worker-config": "$pool/providerConfig",
  "infrastructure-config": "$cluster/spec/provider/infrastructureConfig",
  "control-plane-config": "$cluster/spec/provider/controlPlaneConfig",
} as const;

const shapeOf = (scope: Scope, place: string) =>
  scope.shape(`${textOf(scope.get("$cluster/spec/provider/type"))}-${place}`);

/** What a strict decoder finds wrong at a place; nothing where no table says what is there. */
export function strictProblems(
  scope: Scope,
  shape: Shape | undefined,
  path: Path,
  decoder?: Decoder,
): readonly Problem[] {
  const version = scope.get("$cluster/spec/kubernetes/version");
  const value = scope.get(path);
  if (shape === undefined) return [];
  if (value === undefined || value === null) return isRequired(shape) ? [{ path, message: "must be set" }] : [];
  const context = {
    kubernetesVersion: typeof version === "string" && version !== "" ? version : undefined,
    strict: true,
    catalog: (list: string) => scope.catalog(list),
    ...(decoder === undefined ? {} : { decoder }),
  };
  return apiProblems(shape, value, [], context).map((problem) => ({
    path: `${path}${toPointer(problem.path)}`,
    message: problem.message,
  }));
}

function decodeProblems(scope: Scope): readonly Problem[] {
  const extension = `provider-${textOf(scope.get("$cluster/spec/provider/type"))}`;
  const decoder = decoderOf(scope, extension, extension);
  return Object.entries(places).flatMap(([place, path]) => strictProblems(scope, shapeOf(scope, place), path, decoder));
}

const decodes = newProblems(decodeProblems);

/** What the strict decoder of the provider's admission does not take: unknown fields, wrong types, another kind. */
export const providerDecodes: Check = (sides) => {
  const found = decodes(sides);
  return isRewritten(sides) ? found.filter(({ path }) => !isNameless(path, sides.head)) : found;
};

/**
 * Since 1.69 the webhook of provider-aws that changes new Shoots fills in enableMTUCustomizer: it writes the whole
 * infrastructureConfig anew, with apiVersion and kind, before the one that validates decodes it.
 */
function isRewritten({ base, head }: Sides): boolean {
  if (base !== undefined || textOf(head?.get("$cluster/spec/provider/type")) !== "aws") return false;
  const infrastructure = head?.get(places["infrastructure-config"]);
  if (head === undefined || !isObject(infrastructure) || (infrastructure["enableMTUCustomizer"] ?? null) !== null)
    return false;
  const release = knownRelease(head, "provider-aws");
  return release === undefined || isWithin(release, "1.69", undefined);
}

const isNameless = (path: Path | undefined, head: Scope | undefined): boolean =>
  ["apiVersion", "kind"].some((name) => path === `${places["infrastructure-config"]}/${name}`) &&
  (head?.get(path ?? "") ?? "") === "";

/** A provider is described when some table says what its configuration looks like. */
export const providerIsDescribed = (scope: Scope | undefined): boolean =>
  scope !== undefined && Object.keys(places).some((place) => shapeOf(scope, place) !== undefined);
