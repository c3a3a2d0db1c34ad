/** Tokens without content of their own. */
export type Sign =
  | "stream-end"
  | "document-start"
  | "document-end"
  | "block-sequence-start"
  | "block-mapping-start"
  | "block-end"
  | "block-entry"
  | "flow-sequence-start"
  | "flow-sequence-end"
  | "flow-mapping-start"
  | "flow-mapping-end"
  | "flow-entry"
  | "key"
  | "value";

interface ScalarToken {
  readonly kind: "scalar";
  readonly start: number;
  readonly text: string;
  /** Where its text begins, after a quote or the header of a block. */
  readonly textStart: number;
  readonly isPlain: boolean;
}

/** A tag as written: what `handle` stands for is declared by a directive; without one the suffix is all. */
export interface Tag {
  readonly handle: string;
  readonly suffix: string;
}

/** What a line that begins with `%` says. */
export type Directive =
  | { readonly kind: "version"; readonly version: string }
  | { readonly kind: "tag"; readonly handle: string; readonly prefix: string };

export type Token =
  | { readonly kind: Sign; readonly start: number }
  | ScalarToken
  | { readonly kind: "anchor" | "alias"; readonly start: number; readonly name: string }
  | { readonly kind: "tag"; readonly start: number; readonly tag: Tag }
  | { readonly kind: "directive"; readonly start: number; readonly directive: Directive };
