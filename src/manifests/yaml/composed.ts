import type { Json } from "../manifest.ts";

export interface Duplicate {
  readonly key: string;
  readonly offset: number;
}

/** What one YAML document says. */
export interface Composed {
  readonly value: Json;
  /** Where the value begins in the given text. */
  readonly start: number;
  /** Offsets in the given text, and names, of keys that are twice in one mapping. */
  readonly duplicates: readonly Duplicate[];
  /** Set when the document was read by blocks: where its values begin, in the order in which they end. */
  readonly starts?: readonly number[];
  /** Offset of text after the first document, which kubectl does not read. */
  readonly ignoredFrom: number | undefined;
}

/** For each object and list, where its values begin: offsets in the given text. */
export type Places = Map<object, Map<string | number, number>>;

export interface ComposeOptions {
  /** The text is known to be JSON, which allows what go-yaml refuses. */
  readonly json?: boolean;
  /** Keys without quotes are what is written: in a manifest `on`, `no` and `1` are not, since go-yaml reads YAML 1.1. */
  readonly textKeys?: boolean;
  /** Filled in while composing. */
  readonly places?: Places;
}
