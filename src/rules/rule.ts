import type { Guards } from "./conditions.ts";
import type { RowPlaces } from "./places.ts";
import type { FieldRow, Fingerprint, HoldRow, InputRow, NoticeRow, RefusalRow } from "./rows.ts";

/** A row of the table with what the engine needs to find and evaluate it. */
interface Base {
  /** `system/id`. */
  readonly name: string;
  /** Its place among the table's rules. */
  readonly number: number;
  /** Worked out when first asked for: a run asks few rules. */
  readonly places: () => RowPlaces;
  /** Without these the rule says nothing of a pool: those of its conditions that depend on one side alone. */
  readonly guards: () => Guards;
}
export type Rule =
  | (Base & { readonly type: "input"; readonly row: InputRow; readonly fingerprint: Fingerprint })
  | (Base & { readonly type: "field"; readonly row: FieldRow })
  | (Base & { readonly type: "refusal"; readonly row: RefusalRow })
  | (Base & { readonly type: "hold"; readonly row: HoldRow })
  | (Base & { readonly type: "notice"; readonly row: NoticeRow });
