import { isObject } from "../../manifests/json-object.ts";
import { covers, type ParsedPath } from "../../rules/path.ts";
import type { Rule } from "../../rules/rule.ts";
import { messageOf } from "../../validation/message-of.ts";
import type { AddressedChange, PoolFinding } from "../finding.ts";

/** What a rule says, before the row fills in the rest. */
export type Said = Pick<PoolFinding, "effect" | "before" | "after"> & {
  readonly because?: string | undefined;
  readonly source?: string | undefined;
  readonly change?: AddressedChange | undefined;
};

/** The reason given for a rule that threw on unexpected input. */
export const notEvaluated = (error: unknown): string => `This rule could not be evaluated: ${messageOf(error)}`;

export function findingOf(rule: Rule, said: Said, change: AddressedChange | undefined): PoolFinding {
  const { row } = rule;
  const secret = row.secret === true || change?.object.kind === "Secret";
  const part = said.change ?? change;
  const because = sentence(placed(said.because ?? row.because ?? row.id.replaceAll("-", " "), rule), said.effect);
  // People see the part of an object that they changed, unless the reason is about the whole object.
  const isPart = [said.before, said.after].some(isObject) && !/\{(?:before|after)\}/.test(because);
  const { before, after } = isPart && part !== undefined ? part : said;
  const isOfInput = part !== undefined && rule.type !== "refusal" && !(before === part.before && after === part.after);
  return {
    rule: rule.name,
    effect: said.effect,
    change: isOfInput ? lifted(part, rule, [before, after].some(Array.isArray)) : part,
    before,
    after,
    because,
    source: said.source ?? row.source,
    instead: rule.type === "refusal" ? rule.row.instead : undefined,
    secret,
  };
}

/**
 * What is missing is shown in brackets elsewhere, and begins with a small letter there. A name (`spec.region`,
 * `cpuManagerPolicy`) stays as it is.
 */
const sentence = (because: string, effect: PoolFinding["effect"]): string =>
  effect === "unknown" ? because.replace(/^[a-z](?=[a-z]* )/, (first) => first.toUpperCase()) : because;

/** An input is called by its own place: the change that makes it count may be another one. */
function placed(because: string, { type, row }: Rule): string {
  if (type !== "input" || !because.includes("{path}")) return because;
  const [place] = [row.from ?? []].flat();
  return place === undefined
    ? because
    : because.replaceAll("{path}", place.replace(/^\$\w+\//, "").replaceAll("/", "."));
}

/**
 * A change called by the place of which values are shown: the list that a rule reads of its items, or the block that a variable
 * stands for.
 */
function lifted(change: AddressedChange, rule: Rule, isList: boolean): AddressedChange {
  const { claims, depends } = rule.places();
  const depthIn = (places: readonly ParsedPath[], lengthOf: (segments: readonly string[]) => number): number =>
    Math.min(
      ...change.addresses.flatMap(({ root, segments }) =>
        places.flatMap((place) =>
          place.root === root && covers(place.segments, segments) ? lengthOf(place.segments) - segments.length : [],
        ),
      ),
    );
  const ofList = (segments: readonly string[]): number =>
    isList && segments.includes("*") ? segments.indexOf("*") : segments.length;
  const ownDepth = depthIn(claims, ofList);
  const depth = !Number.isFinite(ownDepth) ? depthIn(depends, ({ length }) => length) : isList ? ownDepth : 0;
  return Number.isFinite(depth) && depth < 0 ? { ...change, segments: change.segments.slice(0, depth) } : change;
}
