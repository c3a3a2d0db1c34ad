import type { PerSide } from "../manifests/manifest.ts";

/** The object of a GitOps tool that makes an application. */
export interface Maker {
  /** For messages: kinds and names. */
  readonly title: string;
  /** Whether what it deployed is deleted when it goes. */
  readonly prunes: boolean;
}

/** A folder or chart as an object deploys it on one side, as far as that is known. */
interface Release {
  readonly title: string;
  readonly resolved: { readonly ok: true; readonly prunes: boolean } | { readonly ok: false };
}

export const makerOf = (release: Release | undefined): Maker | undefined =>
  release?.resolved.ok === true ? { title: release.title, prunes: release.resolved.prunes } : undefined;

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
