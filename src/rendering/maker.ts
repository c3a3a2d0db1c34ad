import type { PerSide } from "../manifests/manifest.ts";

/** The object of a GitOps tool that makes an application. */
export interface Maker {
  /** For messages: kinds and names. */
  readonly title: string;
  /** The file that holds it. */
  readonly file: string;
  /** From which it takes its parameters, where an ApplicationSet makes it. */
  readonly parameterFiles: readonly string[];
  /** Whether what it deployed is deleted when it goes. */
  readonly prunes: boolean;
}

const withoutNamespaces = (title: string): string => title.replaceAll(/"[^"/]*\//g, '"');

/** Whether another object than before makes it. One that names its namespace on one side only is the same. */
export function isOther({ base, head }: PerSide<Maker | undefined>): boolean {
  if (base === undefined || head === undefined || base.title === head.title) return false;
  const [before, after] = [withoutNamespaces(base.title), withoutNamespaces(head.title)];
  return before !== after || (before !== base.title && after !== head.title);
}

/** Whether one that deletes with it what it deployed makes place for another one. */
export const isReplaced = (makers: PerSide<Maker | undefined> | undefined): boolean =>
  makers?.base?.prunes === true && isOther(makers);

/** What happens where one that deletes with it what it deployed goes, and another one has the same objects. */
export const raceInWords =
  "the first one deletes what it deployed, with the nodes, unless the second one has taken it over by then. Let the first one leave its objects before it goes: prune: false of a Kustomization, suspend: true of a HelmRelease, no finalizer of an Application";
