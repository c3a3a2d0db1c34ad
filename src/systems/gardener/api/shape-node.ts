import { memoized, memoizedByText } from "../../../manifests/memoized.ts";
import type { Shape } from "../../../rules/rows.ts";
import {
  constraintsOf,
  fieldsOf,
  isListShape,
  type ObjectShape,
  type Section,
  sectionsOf,
  settingIn,
  wordsOf,
} from "../../api-shape.ts";
import { leafCheck } from "./leaf.ts";
import { type ListCheck, listCheck } from "./list-constraints.ts";

/** What the words of a shape ask of a value, read once. */
export interface ShapeNode {
  /** The Kubernetes versions that know the whole. */
  readonly before: string | undefined;
  readonly from: string | undefined;
  /** No value is accepted there. */
  readonly forbidden: boolean;
  /** The decoder ignores fields that it does not know. */
  readonly open: boolean;
  /** The releases of the decoder that have it: from one on, and until another. */
  readonly since: string | undefined;
  readonly gone: string | undefined;
  /** Checks of a list as a whole, by releases. */
  readonly asked: readonly { readonly section: Section; readonly checks: readonly ListCheck[] }[];
  /** The fields of an object that must be there, by releases. */
  readonly required: readonly { readonly section: Section; readonly name: string }[];
}

export const nodeOf = (shape: Shape): ShapeNode => (typeof shape === "string" ? nodeOfLeaf(shape) : nodeOfOther(shape));

const nodeOfLeaf = memoizedByText(madeOf);
const nodeOfOther = memoized<Exclude<Shape, string>, ShapeNode>(madeOf);

function madeOf(shape: Shape): ShapeNode {
  const words = wordsOf(shape);
  return {
    before: settingIn(words, "before"),
    from: settingIn(words, "from"),
    forbidden: words.includes("forbidden"),
    open: words.includes("open"),
    since: settingIn(words, "since"),
    gone: settingIn(words, "gone"),
    asked: isListShape(shape)
      ? sectionsOf(words).map((section) => ({
          section,
          checks: section.words.flatMap((word) => listCheck(word) ?? []),
        }))
      : [],
    required: typeof shape === "string" || isListShape(shape) ? [] : requiredIn(shape),
  };
}

export const checkOf = memoizedByText(leafCheck);

const aboutVersion = /(?:^| )(?:before=|from=|feature-gates(?: |$))/;
const hasDependentPart = memoized((shape: object): boolean => Object.values(shape).some(dependsOnVersion));

/** Whether another Kubernetes version may ask other things of the same value, or of a part of it. */
export function dependsOnVersion(shape: Shape): boolean {
  return typeof shape === "string" ? aboutVersion.test(shape) : hasDependentPart(shape);
}

/** Whether the field must be there. */
export const isRequired = (shape: Shape): boolean => /(?: |^)required(?: |$)/.test(constraintsOf(shape));

const requiredIn = (shape: ObjectShape): ShapeNode["required"] =>
  fieldsOf(shape).flatMap(([name, field]) =>
    sectionsOf(wordsOf(field)).flatMap((section) => (section.words.includes("required") ? [{ section, name }] : [])),
  );
