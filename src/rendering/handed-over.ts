import type { Undecided } from "../analysis/deployment.ts";
import { memoized } from "../manifests/memoized.ts";
import { emptyLinesOf, replaceDocuments } from "../manifests/text/replace-documents.ts";
import type { RenderedApplication, SideRendering } from "./application.ts";
import { isOther, isReplaced, raceInWords } from "./maker.ts";
import { judgedIn } from "./objects-in.ts";
import type { JudgedKind } from "./relevant.ts";

/** One application on the base side, and the one on the head side that has the same objects by another object's doing. */
interface Handover {
  readonly from: RenderedApplication;
  readonly to: RenderedApplication;
}

interface HandedOver {
  readonly applications: readonly RenderedApplication[];
  readonly undecided: readonly Undecided[];
}

/**
 * Finds applications whose objects another object of a GitOps tool deployed before, which is gone and deletes what it deployed.
 * Whether it comes to that, the order of events decides: a Kustomization of Flux spares what another one has taken over by then
 * (kustomize-controller `internal/controller` finalize, by the labels of the owner), a HelmRelease spares nothing. What is gone
 * is taken out of the base side, so that nothing is compared.
 */
export function handedOver(applications: readonly RenderedApplication[], kinds: readonly JudgedKind[]): HandedOver {
  const going = applications.filter(({ makers }) => makers?.base?.prunes === true);
  const identities = memoized((output: Buffer) => judgedIn(output, kinds));
  const held = (rendering: SideRendering | undefined): readonly string[] =>
    rendering?.ok === true ? identities(rendering.output) : [];
  const coming = applications.filter(({ sides }) => sides.base === undefined && sides.head?.ok === true);
  const handovers = going.flatMap((from): Handover[] => {
    const takers = from.sides.head === undefined ? coming : isReplaced(from.makers) ? [from] : [];
    if (takers.length === 0) return [];
    const before = new Set(held(from.sides.base));
    return takers
      .filter(
        ({ sides, makers }) =>
          (makers?.head === undefined || isOther({ base: from.makers?.base, head: makers.head })) &&
          held(sides.head).some((identity) => before.has(identity)),
      )
      .map((to) => ({ from, to }));
  });
  const takenFrom = (one: RenderedApplication): Set<string> =>
    new Set(handovers.flatMap(({ from, to }) => (from === one ? held(to.sides.head) : [])));
  return {
    applications: applications.map((one) => withoutTaken(one, takenFrom(one), kinds)),
    undecided: handovers.map(undecidedOf),
  };
}

function withoutTaken(
  one: RenderedApplication,
  taken: ReadonlySet<string>,
  kinds: readonly JudgedKind[],
): RenderedApplication {
  const { base } = one.sides;
  if (base?.ok !== true || taken.size === 0) return one;
  const left = replaceDocuments(base.output.toString("utf8"), (document) =>
    judgedIn(Buffer.from(document.text), kinds).some((identity) => taken.has(identity))
      ? emptyLinesOf(document)
      : undefined,
  );
  return { ...one, sides: { ...one.sides, base: { ...base, output: Buffer.from(left) } } };
}

const undecidedOf = ({ from, to }: Handover): Undecided => ({
  application: to.name,
  code: "handed-over",
  because: `${from.makers?.base?.title ?? from.name} goes, and ${to.makers?.head?.title ?? to.name} has the same objects: ${raceInWords}`,
  file: to.file,
});
