import type { JsonObject } from "../../manifests/manifest.ts";
import { valueUnder } from "../../manifests/read-value.ts";
import { splitDocuments } from "../../manifests/text/split.ts";
import type { SideRendering } from "../application.ts";
import { envsubst, SubstitutionError } from "../templates/envsubst.ts";
import { objectOf } from "./kustomization.ts";
import type { Variables } from "./treatment.ts";

const annotation = "kustomize.toolkit.fluxcd.io/substitute";

/** The output of a build with its variables substituted, except in objects that opt out. */
export function substituted(rendering: SideRendering, variables: Variables): SideRendering {
  if (!rendering.ok || !rendering.output.includes("$")) return rendering;
  const { known, unknown, isOpen } = variables;
  const valueOf = (name: string): string | null | undefined =>
    Object.hasOwn(known, name) ? known[name] : isOpen || unknown.includes(name) ? undefined : null;
  const text = rendering.output.toString("utf8");
  let done = "";
  let at = 0;
  let isSecret = false;
  try {
    for (const document of splitDocuments(text)) {
      const end = document.offset + document.text.length;
      if (!document.text.includes("$") || isLeftAlone(document.text)) continue;
      isSecret = /^kind: ["']?Secret\b/m.test(document.text);
      done += text.slice(at, document.offset) + envsubst(document.text, valueOf);
      at = end;
    }
  } catch (error) {
    if (!(error instanceof SubstitutionError)) throw error;
    return { ok: false, because: isSecret ? "variables in a Secret cannot be substituted" : error.message };
  }
  return { ...rendering, output: Buffer.from(done + text.slice(at)) };
}

function isLeftAlone(text: string): boolean {
  if (!text.includes(annotation)) return false;
  const object: JsonObject = objectOf(text);
  return ["labels", "annotations"].some((key) => valueUnder(object, "metadata", key, annotation) === "disabled");
}
