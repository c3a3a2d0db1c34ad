import { isList } from "../../../manifests/json-list.ts";
import type { Json } from "../../../manifests/manifest.ts";
import type { Check, Predicate } from "../../../rules/functions.ts";
import { textOf } from "./json.ts";
import { hasPool } from "./problems.ts";

const textsOf = (value: Json | undefined): readonly string[] => (isList(value) ? value.map(textOf) : []);

/** Zones may only be appended: ShouldEnforceImmutability in pkg/utils/validation of gardener lets nothing else pass. */
export const zonesAppendOnly: Check = ({ base, head }) => {
  if (!hasPool(base) || !hasPool(head)) return [];
  const before = textsOf(base.get("$pool/zones"));
  const after = textsOf(head.get("$pool/zones"));
  if (before.every((zone, index) => zone === after[index])) return [];
  return [{ path: "$pool/zones", before, after }];
};

/** Other zones, or another order, in the same number of places. */
export const zonesExchanged: Predicate = ({ base, head }) =>
  hasPool(base) && hasPool(head) && textsOf(base.get("$pool/zones")).length === textsOf(head.get("$pool/zones")).length;
