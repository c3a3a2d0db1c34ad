import type { KnownRelease, UnknownRelease } from "../deployers/release.ts";

/** With which values and options a chart of the repository is rendered on one side. */
export interface ChartRelease {
  /** Its folder. */
  readonly chart: string;
  /** In the order in which helm merges them. */
  readonly values: readonly ReleaseValues[];
  readonly parameters?: readonly Parameter[];
  readonly release?: string;
  readonly namespace?: string;
  /** The namespace of objects that name none; absent where it is not known, or where `place` tells it. */
  readonly deploysTo?: string;
  readonly apiVersions?: readonly string[];
  readonly kubeVersion?: string;
  /** The chart's own `values.yaml` counts only where it is among the values. */
  readonly withoutDefaults?: boolean;
  /** A change of the chart counts only once the version in `Chart.yaml` changes. */
  readonly byVersion?: boolean;
}

/** A file of the repository, or a text that is in another object. */
export type ReleaseValues = { readonly file: string } | { readonly text: string };

/** A single value; of a file parameter the path of the file in the repository. */
export interface Parameter {
  readonly flag: "--set" | "--set-string" | "--set-file";
  readonly name: string;
  readonly value: string;
}

/** The pattern is strict because strangers write these names, and they become arguments of helm. */
export const releaseWord = /^[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?$/;

/** A release as an Application or HelmRelease describes it, or why it cannot be told from the repository. */
export type Resolved =
  | (KnownRelease & { readonly release: ChartRelease })
  | (UnknownRelease & { readonly chart: string });

/** Why a part of a release cannot be told. */
export interface Refused {
  readonly because: string;
}

/** Files that take part, beside those of the chart. */
export const filesOf = ({ values, parameters = [] }: ChartRelease): string[] => [
  ...values.flatMap((one) => ("file" in one ? [one.file] : [])),
  ...parameters.flatMap(({ flag, value }) => (flag === "--set-file" ? [value] : [])),
];

/** Values that are in no file of their own. */
export const textsOf = ({ values }: ChartRelease): string[] =>
  values.flatMap((one) => ("text" in one ? [one.text] : []));
