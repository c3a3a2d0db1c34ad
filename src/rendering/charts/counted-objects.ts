import { mentionsDeployer } from "../../manifests/deployers.ts";
import { mayMake } from "../../manifests/may-matter.ts";
import { runsOnPools } from "../../manifests/scripts.ts";
import { isCalledWrapper, mentionsWrapper } from "../../manifests/wrappers.ts";
import { deployers } from "../deployers/deployment.ts";
import type { JudgedKind } from "../relevant.ts";

/** Which objects of a chart count, as far as the text of a template shows it. */
export interface Counted {
  /** Whether a text, in which something else stands for what actions write, may be such an object, or hold one. */
  readonly mayBe: (text: string) => boolean;
  /** Whether what a text defines for others may be one. */
  readonly mentions: (text: string) => boolean;
}

/** Pools and clusters, what they name, what delivers them, and what runs commands on them. */
export function poolObjects(judged: readonly JudgedKind[], references: readonly JudgedKind[]): Counted {
  const pools = new Set(judged.map(({ kind }) => kind));
  const named = new Set([...pools, ...references.map(({ kind }) => kind)]);
  const mentions = (text: string): boolean =>
    mayMake(text, pools) || mentionsDeployer(text) || mentionsWrapper(text) || runsOnPools(text);
  const isOther = (kind: string): boolean => !named.has(kind) && !kind.endsWith("List") && !isCalledWrapper(kind);
  return { mentions, mayBe: (text) => mentions(text) || !documentsOf(text).every((one) => isOnly(one, isOther)) };
}

/** Objects of Argo CD and Flux. */
export const deployerObjects: Counted = {
  mentions: (text) => deployers.test(text),
  mayBe: (text) => deployers.test(text) || !documentsOf(text).every((one) => isOnly(one, () => true)),
};

const documentsOf = (text: string): string[] =>
  text.split(/^---.*$/m).filter((one) => one.replaceAll(/^[ \t]*#.*$/gm, "").trim() !== "");

/** Whether each object of a document says its kind at the left edge, in plain letters, and each is one of these. */
function isOnly(text: string, isOne: (kind: string) => boolean): boolean {
  const kinds = Array.from(
    text.matchAll(/^["']?kind["']?[ \t]*:(.*)$/gm),
    ([, rest = ""]) => /^[ \t]+["']?([A-Z][A-Za-z0-9]*)["']?[ \t]*(?:#.*)?\r?$/.exec(rest)?.[1],
  );
  return kinds.length > 0 && kinds.every((kind) => kind !== undefined && isOne(kind));
}
