import type { Json } from "../../manifests/manifest.ts";
import type { Derived, Encoding } from "../../rules/functions.ts";
import { listOf, objectOf } from "./template-values.ts";

/** These keep what is of another type, so that a refusal sees it; a value of the right type counts as nothing. */
export const noInteger: Encoding = (value) =>
  typeof value === "bigint" || Number.isInteger(value) ? undefined : value;
export const noBoolean: Encoding = (value) => (typeof value === "boolean" ? undefined : value);
export const noText: Encoding = (value) => (typeof value === "string" ? undefined : value);

/** The first tag or label whose value is no text. */
const tagWithoutText =
  (root: "$pool" | "$cluster"): Derived =>
  (scope) => {
    for (const path of ["aws/resourceTags", "gcp/resourceLabels"])
      for (const entry of listOf(scope.get(`${root}/spec/platform/${path}`))) {
        const value: Json | undefined = objectOf(entry)?.["value"];
        if (value !== undefined && value !== null && typeof value !== "string") return value;
      }
    return undefined;
  };
export const poolTagWithoutText = tagWithoutText("$pool");
export const clusterTagWithoutText = tagWithoutText("$cluster");
