/** A JSON value as Go's YAML and JSON readers see it; integers outside ±2^53 are `bigint`, so they stay exact. */
export type Json = null | boolean | number | bigint | string | readonly Json[] | JsonObject;
/** Objects inherit nothing (`bareObject`): `__proto__` and `constructor` are ordinary keys. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A place in a file: lines and columns count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What a change leads from, and what to. */
export type SideName = "base" | "head";

/** Something that each side has. */
export type PerSide<T> = Readonly<Record<SideName, T>>;

/** One file of one side, before it is read as YAML. */
export interface SourceFile {
  /** The path as it is shown to people: relative, with forward slashes. */
  readonly path: string;
  /** Where it is below the folder that was given, when the path shows that folder too: files of both sides pair by it. */
  readonly place?: string;
  /** The bytes. A reader decodes them itself, so that invalid UTF-8 is reported and not repaired silently. */
  readonly bytes: Uint8Array;
  /** Set when the file is not held in memory: `bytes` then reads all of it, which is seldom needed. */
  readonly stored?: Stored;
  /** What the file was rendered for: a kustomization or a chart. Absent for a file that is in the tree as it is. */
  readonly application?: string;
  /** For rendered files: where the value at `path` of the object came from, as far as it can be told. */
  readonly origin?: Origin;
}

/** A file that is read where it is needed. */
interface Stored {
  readonly size: number;
  /** A reader has one piece of memory: what it gave lasts until it is called again. */
  readonly reader: () => ReadPart;
}

/** Gives the bytes between two offsets. */
export type ReadPart = (start: number, end: number) => Uint8Array;

/** Finds the source of a value in a rendered object. */
export type Origin = (object: Pick<Manifest, "kind" | "name" | "namespace" | "value">, path: ValuePath) => Position;

/** One Kubernetes object of one side. */
export interface Manifest {
  /** `""` for the core group. */
  readonly group: string;
  readonly kind: string;
  /** Absent when the manifest names none, unless the other side tells which it is. */
  readonly namespace: string | undefined;
  readonly name: string;
  readonly value: JsonObject;
  /**
   * What the object is deployed with: a kustomization, a chart, a wrapper, the folder of an environment. Part of its identity.
   */
  readonly application?: string | undefined;
  /** Where its file is below the folder that was given, when the position shows that folder too. */
  readonly place?: string | undefined;
  /** Set for an object inside another that does not simply apply it. */
  readonly delivery?: Delivery | undefined;
  /** Set when the object is only created like this and not updated afterwards: why, and where upstream says so. */
  readonly createdOnce?: CreatedOnce | undefined;
  /** The start of the object. */
  readonly position: Position;
  /**
   * The position of the value at `path`, or of its nearest ancestor that is in the text; keys and list indices
   * from the root of `value`.
   */
  readonly locate: (path: ValuePath) => Position;
}

/** What the object around an object does with it other than to apply it. */
export interface Delivery {
  /** `create`: only where it is not there yet; `delete`: it must not be there. */
  readonly does: "nothing" | "create" | "delete";
  readonly because: string;
}

/** Why a change of a template does not reach the objects that were made from it. */
export interface CreatedOnce {
  readonly because: string;
  readonly source: string;
}

export type Severity = "error" | "warning" | "notice";

/** Something to tell about an input. `code` is stable and kebab-case; `message` says what is wrong and what to do. */
export interface Diagnostic {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  /** True when something that may matter to the verdict could not be read: the report is then not complete. */
  readonly incomplete?: boolean;
  /** True when it hides pools of which nothing can be said: the verdict is `unknown`, or worse. */
  readonly hidesPools?: boolean;
  /** Set when at most an object that others name could not be read: the kinds of those others. */
  readonly users?: readonly string[];
}

/** All that was read of one side. */
export interface ManifestSet {
  readonly manifests: readonly Manifest[];
  readonly diagnostics: readonly Diagnostic[];
  /** For an object of a GitOps tool that has a diagnostic: what decides what it makes, as one text to compare. */
  readonly making?: string;
}

/** The keys and indexes that lead from a value to a part of it. */
export type ValuePath = readonly (string | number)[];
