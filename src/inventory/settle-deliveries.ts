import type { Delivery, Diagnostic, Manifest, PerSide } from "../manifests/manifest.ts";
import { canonicalText } from "../rules/canonical.ts";
import { keyOf, titleOf } from "./object-pair.ts";

/** The manifests that describe what is in the cluster before and after, with what is to be said of the others. */
interface Settled extends PerSide<readonly Manifest[]> {
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Manifests inside objects that do not simply apply them (a policy that only reports, a work that only creates) are taken for what
 * becomes of them: nothing, or what was there before.
 */
export function settleDeliveries(base: readonly Manifest[], head: readonly Manifest[]): Settled {
  const concerned = new Set([...base, ...head].filter(({ delivery }) => delivery !== undefined).map(nameOf));
  if (concerned.size === 0) return { base, head, diagnostics: [] };
  const before = new Map(base.map((manifest) => [nameOf(manifest), manifest]));
  const after = new Map(head.map((manifest) => [nameOf(manifest), manifest]));
  const sides = { base: apart(base, concerned), head: apart(head, concerned) };
  const diagnostics: Diagnostic[] = [];
  for (const name of concerned) {
    const [old, young] = [before.get(name), after.get(name)];
    const outcome = outcomeOf(old, young);
    if (outcome.base !== undefined) sides.base.push(outcome.base);
    if (outcome.head !== undefined) sides.head.push(outcome.head);
    diagnostics.push(...remarksOn(old, young, outcome));
  }
  return { ...sides, diagnostics };
}

const nameOf = ({ group, kind, namespace, name, application }: Manifest): string =>
  `${group}/${keyOf(kind, namespace, name, application)}`;

const apart = (manifests: readonly Manifest[], concerned: ReadonlySet<string>): Manifest[] =>
  manifests.filter((manifest) => !concerned.has(nameOf(manifest)));

interface Outcome {
  readonly base: Manifest | undefined;
  readonly head: Manifest | undefined;
}

type Does = Delivery["does"] | "apply" | "absent";
const doneWith = (manifest: Manifest | undefined): Does =>
  manifest === undefined ? "absent" : (manifest.delivery?.does ?? "apply");

function outcomeOf(old: Manifest | undefined, young: Manifest | undefined): Outcome {
  const [was, is] = [doneWith(old), doneWith(young)];
  const live = was === "apply" || was === "create" ? old : undefined;
  switch (is) {
    case "apply":
      return { base: was === "nothing" ? old : live, head: young };
    case "create":
      return { base: live, head: live ?? (was === "nothing" ? undefined : young) };
    case "nothing":
      return { base: live, head: live };
    case "delete":
      return { base: was === "nothing" ? old : live, head: undefined };
    case "absent":
      return { base: live, head: undefined };
  }
}

function remarksOn(old: Manifest | undefined, young: Manifest | undefined, outcome: Outcome): Diagnostic[] {
  const [was, is] = [doneWith(old), doneWith(young)];
  if (old === undefined || young === undefined || is === "delete") return [];
  const place = { file: young.position.file, line: young.position.line };
  const begins = is !== "nothing" && was !== is && (was === "nothing" || was === "create");
  if (begins)
    return [
      {
        severity: "warning",
        code: "begins-to-be-applied",
        message: `The ${titleOf(young)} begins to be applied, and was not before, since ${old.delivery?.because}: what that changes of the object that runs is not known`,
        incomplete: true,
        hidesPools: true,
        ...place,
      },
    ];
  const isSame = was === is && canonicalText(old.value) === canonicalText(young.value);
  if (young.delivery === undefined || outcome.head === young || isSame) return [];
  return [
    {
      severity: "notice",
      code: "not-applied",
      message: `The change of the ${titleOf(young)} is not applied, since ${young.delivery.because}`,
      ...place,
    },
  ];
}
