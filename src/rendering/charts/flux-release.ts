import { createHash } from "node:crypto";
import { listOf } from "../../manifests/json-list.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../manifests/manifest.ts";
import { quote } from "../../manifests/quote.ts";
import { textUnder, valueUnder } from "../../manifests/read-value.ts";
import { canonicalText } from "../../rules/canonical.ts";
import { oneOrMore } from "../deployers/argo-application.ts";
import { partOf, variables } from "../deployers/deployment.ts";
import type { FindConfigMap } from "../deployers/named-settings.ts";
import { nameOf } from "../objects-in.ts";
import { valuesText } from "../tools/values-text.ts";
import { within } from "../trees/file-tree.ts";
import type { Repository } from "../trees/repository.ts";
import { type Refused, releaseWord, type ReleaseValues, type Resolved } from "./chart-release.ts";

const longestName = 53;

/** The path of the chart that a HelmRelease takes from a git repository. */
export function fluxChart({ apiVersion, kind, spec }: JsonObject): string | undefined {
  if (kind !== "HelmRelease" || typeof apiVersion !== "string") return undefined;
  if (!apiVersion.startsWith("helm.toolkit.fluxcd.io/")) return undefined;
  const chart = textUnder(spec, "chart", "spec", "chart");
  const isGit = valueUnder(spec, "chart", "spec", "sourceRef", "kind") === "GitRepository";
  return isGit && chart !== undefined ? within("", chart) : undefined;
}

/** How Flux renders the chart of a HelmRelease (helm-controller `api/v2`, source-controller `internal/helm/chart`). */
export function fluxRelease(
  object: JsonObject,
  chart: string,
  repository: Repository,
  findConfigMap: FindConfigMap,
): Resolved {
  const refused = (because: string): Resolved => ({ ok: false, chart, because });
  const { spec } = object;
  const { name, namespace: own } = nameOf(object);
  if (valueUnder(spec, "suspend") === true) return refused("it is suspended");
  const renderers = valueUnder(spec, "postRenderers");
  if (Array.isArray(renderers) && renderers.length > 0) return refused("it has postRenderers");
  if (variables.test(canonicalText(spec))) return refused("it has variables that a Kustomization may fill in");
  const target = valueUnder(spec, "targetNamespace") ?? "";
  const namespace = target === "" ? own : target;
  const given = valueUnder(spec, "releaseName") ?? "";
  const release =
    given === "" ? shortened(target === "" ? name : `${typeof target === "string" ? target : ""}-${name}`) : given;
  if (typeof release !== "string" || !releaseWord.test(release)) return refused("its name is not a valid release name");
  if (typeof namespace !== "string" || (namespace !== "" && !releaseWord.test(namespace)))
    return refused("its namespace is not valid");
  const inner = valueUnder(spec, "chart", "spec");
  const files = chartFiles(object, repository);
  if ("because" in files) return refused(files.because);
  const from = referencedValues(valueUnder(spec, "valuesFrom"), own, findConfigMap);
  if ("because" in from) return refused(from.because);
  const values = valueUnder(spec, "values");
  const defaults = `${chart === "" ? "" : `${chart}/`}values.yaml`;
  return {
    ok: true,
    release: {
      chart,
      values: [
        ...files.values.map((file) => ({ file })),
        ...from.values,
        ...(isObject(values) ? [{ text: valuesText(values) }] : []),
      ],
      release,
      ...(namespace === "" ? {} : { namespace }),
      ...(files.values.length > 0 && files.values[0] !== defaults ? { withoutDefaults: true } : {}),
      ...(valueUnder(inner, "reconcileStrategy") === "Revision" ? {} : { byVersion: true }),
    },
    // A release that moves, or becomes another chart's, is uninstalled first.
    place: canonicalText([
      isObject(inner) ? partOf(inner, ["chart", "sourceRef"]) : null,
      isObject(spec) ? partOf(spec, ["kubeConfig", "storageNamespace"]) : null,
      release,
      namespace,
    ]),
    prunes: true,
  };
}

/** helm-controller `internal/release` ShortenName */
const shortened = (name: string): string =>
  name.length <= longestName
    ? name
    : `${name.slice(0, 40)}-${createHash("sha256").update(name).digest("hex").slice(0, 12)}`;

/**
 * These replace the chart's own values, and are relative to the root of the source. Before v2 there was a single file too, which
 * is the first of them (source-controller `api/v1beta2` GetValuesFiles).
 */
function chartFiles(
  { apiVersion, spec }: JsonObject,
  repository: Repository,
): { readonly values: readonly string[] } | Refused {
  const inner = valueUnder(spec, "chart", "spec");
  const isBeta = typeof apiVersion === "string" && apiVersion.includes("/v2beta");
  const single = isBeta ? oneOrMore(valueUnder(inner, "valuesFile")).filter((file) => file !== "") : [];
  const mayMiss = valueUnder(inner, "ignoreMissingValuesFiles") === true;
  const found: string[] = [];
  for (const name of [...single, ...oneOrMore(valueUnder(inner, "valuesFiles"))]) {
    const path = typeof name === "string" ? within("", name) : undefined;
    if (path === undefined) return { because: "one of its valuesFiles is outside the repository" };
    if (mayMiss ? repository.has(path) : repository.knows(path)) found.push(path);
    else if (!mayMiss) return { because: `its values file ${quote(path)} does not exist` };
  }
  return { values: found };
}

function referencedValues(
  listed: Json | undefined,
  namespace: string,
  findConfigMap: FindConfigMap,
): { readonly values: readonly ReleaseValues[] } | Refused {
  const values: ReleaseValues[] = [];
  for (const one of listOf(listed)) {
    const [kind = "", name = "", target = "", key = ""] = ["kind", "name", "targetPath", "valuesKey"].map((field) =>
      textUnder(one, field),
    );
    const title = `the ${kind} ${quote(name)}`;
    if (kind !== "ConfigMap") return { because: `it takes values from ${title}` };
    const held = findConfigMap(namespace, name)?.[key === "" ? "values.yaml" : key];
    if (typeof held !== "string")
      return { because: `it takes values from ${title}, which is not found in the repository` };
    const single = target === "" ? held : singleValue(target, held, valueUnder(one, "literal") === true);
    if (single === undefined) return { because: `what it takes from ${title} is not a plain value` };
    values.push({ text: single });
  }
  return { values };
}

const plainPath = /^[\w-]+(?:\.[\w-]+)*$/;

/**
 * The values that a `targetPath` makes of a text (fluxcd/pkg `chartutil` ReplacePathValue, helm `strvals`); undefined where the
 * path or the text says more than one value.
 */
function singleValue(path: string, held: string, isLiteral: boolean): string | undefined {
  const isQuoted = /^"[^]*"$|^'[^]*'$/.test(held);
  if (!plainPath.test(path) || (!isLiteral && /[,\\]|^[{[]/.test(held))) return undefined;
  const value = isLiteral ? held : isQuoted ? held.replaceAll(/^['"]+|(?<!['"])['"]+$/g, "") : typed(held);
  return valuesText(path.split(".").reduceRight<Json>((inner, key) => ({ [key]: inner }), value));
}

function typed(held: string): Json {
  if (/^(?:true|false)$/i.test(held)) return held.toLowerCase() === "true";
  if (/^null$/i.test(held)) return null;
  return held === "0" || /^[+-]?[1-9]\d{0,14}$/.test(held) ? Number(held) : held;
}
