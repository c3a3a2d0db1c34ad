import { listOf } from "../../manifests/json-list.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../manifests/manifest.ts";
import { quote } from "../../manifests/quote.ts";
import { isEmpty, partOf } from "../deployers/deployment.ts";
import type { EditKustomization } from "../kustomize/treatment.ts";

type EditOrReason = EditKustomization | { readonly because: string };

const editing = (spec: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(partOf(spec, keys)).filter(([, value]) => !isEmpty(value)));

/** Appended after what the kustomization has itself. */
const appended = (own: JsonObject, field: string, more: readonly Json[]): JsonObject =>
  more.length === 0 ? {} : { [field]: [...listOf(own[field]), ...more] };

const laidOver = (own: Json | undefined, more: Json | undefined): JsonObject => ({
  ...(isObject(own) ? own : {}),
  ...(isObject(more) ? more : {}),
});

/** Parts of a Kustomization that change what it applies, beside its variables. */
const fluxEdits = [
  "commonMetadata",
  "components",
  "images",
  "namePrefix",
  "nameSuffix",
  "patches",
  "patchesJson6902",
  "patchesStrategicMerge",
  "targetNamespace",
] as const;

/** fluxcd/pkg `kustomize` GenerateManifest; undefined where a Kustomization takes its folder as it is. */
export function fluxEdit(spec: JsonObject): EditOrReason | undefined {
  if (!isEmpty(spec["ignore"])) return { because: "it sets ignore, which is not supported" };
  const edits = editing(spec, fluxEdits);
  if (Object.keys(edits).length === 0) return undefined;
  if (spec["ignoreMissingComponents"] === true)
    return { because: "it sets ignoreMissingComponents, which is not supported" };
  const { commonMetadata, targetNamespace } = edits;
  const metadata = isObject(commonMetadata) ? commonMetadata : {};
  return (own) => ({
    ...own,
    ...(targetNamespace === undefined ? {} : { namespace: targetNamespace }),
    ...partOf(edits, ["namePrefix", "nameSuffix"]),
    ...appended(own, "patches", listOf(edits["patches"]).map(inlinePatch)),
    ...appended(own, "patchesStrategicMerge", listOf(edits["patchesStrategicMerge"]).map(asText)),
    ...appended(own, "patchesJson6902", listOf(edits["patchesJson6902"]).map(inlinePatch)),
    ...appended(own, "components", listOf(edits["components"])),
    ...withImages(own, listOf(edits["images"]).filter(isObject)),
    ...(isEmpty(metadata["annotations"])
      ? {}
      : { commonAnnotations: laidOver(own["commonAnnotations"], metadata["annotations"]) }),
    ...(isEmpty(metadata["labels"])
      ? {}
      : appended(own, "labels", [{ pairs: metadata["labels"] ?? null, includeSelectors: false }])),
  });
}

const asText = (patch: Json): string => (typeof patch === "string" ? patch : JSON.stringify(patch));

/** Flux does not support patches in files of their own (`path`). */
const inlinePatch = (item: Json): Json =>
  isObject(item) ? { ...partOf(item, ["target"]), patch: asText(item["patch"] ?? "") } : item;

/** One entry for each name. What a later entry leaves out keeps its earlier value, but a tag and a digest replace each other. */
function withImages(own: JsonObject, images: readonly JsonObject[]): JsonObject {
  if (images.length === 0) return {};
  const byName = new Map<Json | undefined, JsonObject>();
  for (const image of [...listOf(own["images"]).filter(isObject), ...images]) {
    const { name } = image;
    const old = byName.get(name) ?? {};
    const version = isEmpty(image["newTag"]) && isEmpty(image["digest"]) ? old : image;
    const newName = isEmpty(image["newName"]) ? old["newName"] : image["newName"];
    byName.set(name, {
      ...partOf(version, ["digest", "newTag"]),
      ...(newName === undefined ? {} : { newName }),
      name: name ?? "",
    });
  }
  return { images: [...byName.values()] };
}

const argoEdits = [
  "commonAnnotations",
  "commonLabels",
  "components",
  "images",
  "namePrefix",
  "nameSuffix",
  "namespace",
  "patches",
  "replicas",
] as const;
/** These choose the program and how labels and annotations are set, and edit nothing by themselves. */
const argoManners: ReadonlySet<string> = new Set([
  "apiVersions",
  "forceCommonAnnotations",
  "forceCommonLabels",
  "kubeVersion",
  "labelIncludeTemplates",
  "labelWithoutSelector",
  "version",
]);

/** argo-cd `util/kustomize` Build; undefined where an Application takes its folder as it is. */
export function argoEdit(options: JsonObject): EditOrReason | undefined {
  const edits = editing(options, argoEdits);
  const unknown = Object.keys(options).find(
    (key) => !argoManners.has(key) && !argoEdits.some((one) => one === key) && options[key] !== false,
  );
  if (unknown !== undefined) return { because: `it sets ${quote(unknown)} for kustomize, which is not supported` };
  if (Object.keys(edits).length === 0) return undefined;
  const { commonAnnotations, commonLabels } = edits;
  const images = listOf(edits["images"]).map((image) => (typeof image === "string" ? imageOf(image) : undefined));
  // Argo CD fills in its own variables there.
  const filled = [...listOf(edits["images"]), ...Object.values(isObject(commonLabels) ? commonLabels : {})];
  if (images.includes(undefined) || filled.some((one) => typeof one !== "string" || one.includes("$")))
    return { because: "it sets images or labels in a way that is not supported" };
  const labels = commonLabels ?? {};
  const isWithoutSelector = options["labelWithoutSelector"] === true;
  const isWithTemplates = options["labelIncludeTemplates"] === true;
  return (own) => ({
    ...own,
    ...partOf(edits, ["namePrefix", "nameSuffix", "namespace"]),
    ...withImages(
      own,
      images.filter((image) => image !== undefined),
    ),
    ...appended(own, "replicas", listOf(edits["replicas"])),
    ...(commonAnnotations === undefined
      ? {}
      : { commonAnnotations: laidOver(own["commonAnnotations"], commonAnnotations) }),
    ...(commonLabels === undefined
      ? {}
      : isWithoutSelector
        ? appended(own, "labels", [{ pairs: labels, includeSelectors: false, includeTemplates: isWithTemplates }])
        : { commonLabels: laidOver(own["commonLabels"], labels) }),
    ...appended(own, "patches", listOf(edits["patches"])),
    ...appended(own, "components", listOf(edits["components"])),
  });
}

/** `old=new:tag`, `name@digest`: as `kustomize edit set image` takes it. */
function imageOf(text: string): JsonObject | undefined {
  const [, name, newName, newTag, digest] =
    /^(?:([^=\s]+)=)?([^=@\s]+?)(?::([\w.*-]+))?(?:@([\w:]+))?$/.exec(text) ?? [];
  if (newName === undefined) return undefined;
  return {
    name: name ?? newName,
    ...(name === undefined ? {} : { newName }),
    ...(newTag === undefined ? {} : { newTag }),
    ...(digest === undefined ? {} : { digest }),
  };
}
