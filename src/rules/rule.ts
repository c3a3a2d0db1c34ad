import type { ParsedPath } from "./path.ts";
import type { FieldRow, Fingerprint, HoldRow, InputRow, NoticeRow, RefusalRow } from "./table.ts";

/** A row of the table with what the engine needs to find and evaluate it. */
interface Base {
  /** `system/id`. */
  readonly name: string;
  /** Changes that the row answers for. */
  readonly claims: readonly ParsedPath[];
  /** Changes after which the row must be evaluated again: its claims and all that its value and conditions read. */
  readonly depends: readonly ParsedPath[];
}
export type Rule =
  | (Base & { readonly type: "input"; readonly row: InputRow; readonly fingerprint: Fingerprint })
  | (Base & { readonly type: "field"; readonly row: FieldRow })
  | (Base & { readonly type: "refusal"; readonly row: RefusalRow })
  | (Base & { readonly type: "hold"; readonly row: HoldRow })
  | (Base & { readonly type: "notice"; readonly row: NoticeRow });
