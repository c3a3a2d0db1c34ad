import type { JsonObject, PerSide } from "../../manifests/manifest.ts";
import { quote } from "../../manifests/quote.ts";
import { valueUnder } from "../../manifests/read-value.ts";
import { replaceDocuments } from "../../manifests/text/replace-documents.ts";
import type { SideRendering } from "../application.ts";
import { envsubst, SubstitutionError } from "../templates/envsubst.ts";
import { objectOf } from "./kustomization.ts";
import type { Variables } from "./treatment.ts";

const annotation = "kustomize.toolkit.fluxcd.io/substitute";

/** The output of a build with its variables substituted, except in objects that opt out. */
export function substituted(rendering: SideRendering, variables: Variables): SideRendering {
  if (!rendering.ok || !rendering.output.includes("$")) return rendering;
  const { known, unknown, isOpen } = variables;
  const used = { filled: new Set<string>(), open: new Set<string>() };
  const valueOf = (name: string): string | null | undefined => {
    const isKnown = Object.hasOwn(known, name);
    if (!isKnown && !isOpen && !unknown.includes(name)) return null;
    used[isKnown ? "filled" : "open"].add(name);
    return isKnown ? known[name] : undefined;
  };
  let isSecret = false;
  try {
    const done = replaceDocuments(rendering.output.toString("utf8"), ({ text }) => {
      if (!text.includes("$") || isLeftAlone(text)) return undefined;
      isSecret = /^kind: ["']?Secret\b/m.test(text);
      return envsubst(text, valueOf);
    });
    return { ...rendering, output: Buffer.from(done), variables: used };
  } catch (error) {
    if (!(error instanceof SubstitutionError)) throw error;
    return { ok: false, because: isSecret ? "variables in a Secret cannot be substituted" : error.message };
  }
}

/** What cannot be compared, since a variable has a value on one side and may have any on the other: both sides fail. */
export function comparable(sides: PerSide<SideRendering | undefined>): PerSide<SideRendering | undefined> {
  const { base, head } = sides;
  if (base?.ok !== true || head?.ok !== true || base.variables === undefined || head.variables === undefined)
    return sides;
  const [before, after] = [base.variables, head.variables];
  const name =
    [...before.open].find((one) => after.filled.has(one)) ?? [...after.open].find((one) => before.filled.has(one));
  if (name === undefined) return sides;
  const because = `the variable ${quote(name)} has a value on one side, and on the other side may get one that is not in the repository`;
  return { base: { ok: false, because }, head: { ok: false, because } };
}

function isLeftAlone(text: string): boolean {
  if (!text.includes(annotation)) return false;
  const object: JsonObject = objectOf(text);
  return ["labels", "annotations"].some((key) => valueUnder(object, "metadata", key, annotation) === "disabled");
}
