import { isList, listOf } from "../../../manifests/json-list.ts";
import { isObject } from "../../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import type { Shape } from "../../../rules/rows.ts";
import { isWithin } from "../../../rules/version.ts";
import { isListShape, itemOf, type ListShape, type ObjectShape } from "../../api-shape.ts";
import { holdsFor } from "./decoder.ts";
import type { LeafContext } from "./leaf.ts";
import { nearestField } from "./near-miss.ts";
import { checkOf, dependsOnVersion, nodeOf, type ShapeNode } from "./shape-node.ts";

/** Something that the API server refuses in one value. */
export interface Problem {
  readonly path: readonly string[];
  readonly message: string;
  /** The manifests do not show whether it is refused; `message` says why. */
  readonly isUnsure?: boolean;
}

/** What the constraints depend on. */
export interface ApiContext extends LeafContext {
  /** The Kubernetes version of what is known already, where it is another one. */
  readonly earlierVersion?: string | undefined;
  /** An extension decodes: every unknown field is refused. List items go by index. */
  readonly strict?: boolean;
  /** The shape speaks of some fields only: the others are for somebody else to judge. */
  readonly partial?: boolean;
}

/**
 * What decoding and the checks of single values find wrong in `value`. Null is absent: Go decodes it to the zero value.
 * Parts that `known` has at the same place are passed over: what is wrong with them is wrong there already. Under another
 * Kubernetes version than before those are asked again that depend on it.
 */
export function apiProblems(
  shape: Shape,
  value: Json | undefined,
  path: readonly string[],
  context: ApiContext,
  known?: Json,
): readonly Problem[] {
  const walk = new Walk(path, context, known === undefined);
  walk.visit(shape, value, known);
  return walk.found;
}

class Walk {
  readonly found: Problem[] = [];
  readonly #path: string[];
  readonly #context: ApiContext;
  readonly #isSameVersion: boolean;
  constructor(path: readonly string[], context: ApiContext, isNew: boolean) {
    this.#path = [...path];
    this.#context = { ...context, isNew };
    this.#isSameVersion = !("earlierVersion" in context) || context.earlierVersion === context.kubernetesVersion;
  }

  visit(shape: Shape, value: Json | undefined, known: Json | undefined): void {
    if (value === undefined || value === null || (value === known && this.#isSameVersion)) return;
    if (value === known && !dependsOnVersion(shape)) return;
    const node = nodeOf(shape);
    this.#whole(node, value);
    if (typeof shape === "string") checkOf(shape)?.(value, this.#context, this.#report);
    else if (isListShape(shape)) {
      if (isList(value)) this.#list(shape, node, value, known);
      else this.#report("must be a list");
    } else if (isObject(value)) this.#members(shape, node, value, isObject(known) ? known : nothing);
    else this.#report("must be an object");
  }

  readonly #report = (message: string, key?: string, isUnsure = false): void => {
    const path = key === undefined ? [...this.#path] : [...this.#path, key];
    this.found.push(isUnsure ? { path, message, isUnsure } : { path, message });
  };

  #reportUnsure(field: string): void {
    const { decoder } = this.#context;
    const upTo = decoder === undefined ? "no release that is known here" : `${decoder.name} up to ${decoder.release()}`;
    const message = `field "${field}" is one that ${upTo} does not have, and strict decoding refuses; a newer release may know it`;
    this.found.push({ path: [...this.#path, field], message, isUnsure: true });
  }

  #below(segment: string, shape: Shape, value: Json | undefined, known: Json | undefined): void {
    this.#path.push(segment);
    this.visit(shape, value, known);
    this.#path.pop();
  }

  #list(shape: ListShape, { asked }: ShapeNode, items: readonly Json[], known: Json | undefined): void {
    for (const { section, checks } of asked) {
      if (checks.length === 0 || !holdsFor(section, this.#context.decoder)) continue;
      for (const check of checks) {
        const problem = check(items);
        if (problem !== undefined) this.#report(problem);
      }
    }
    this.#items(itemOf(shape), items, known);
  }

  #items(shape: Shape, items: readonly Json[], known: Json | undefined): void {
    const earlier = listOf(known);
    const segmentOf = (item: Json | undefined, index: number): string =>
      (this.#context.strict === true ? undefined : keyOf(item)) ?? String(index);
    for (const [index, item] of items.entries()) {
      const segment = segmentOf(item, index);
      const same = segmentOf(earlier[index], index) === segment ? earlier[index] : undefined;
      // Go decodes null to an item without anything in it.
      const decoded = item === null ? zeroOf(shape) : item;
      this.#below(segment, shape, decoded, same ?? earlier.find((one, at) => segmentOf(one, at) === segment));
    }
  }

  #members(shape: ObjectShape, node: ShapeNode, value: JsonObject, known: JsonObject): void {
    const strict = this.#context.strict === true;
    for (const { section, name } of node.required)
      if (isMissing(value[name]) && holdsFor(section, this.#context.decoder)) this.#report("required value", name);
    for (const name of Object.keys(value)) {
      const field = name !== "!" && Object.hasOwn(shape, name) ? shape[name] : undefined;
      if (field !== undefined && !this.#isMissingIn(field)) this.#below(name, field, value[name], known[name]);
      else if (this.#context.partial !== true && !node.open) {
        const meant = (field && this.#notYet(field)) ?? nearestField(shape, name) ?? this.#withoutIt();
        // A field that resembles none may be newer than this table, unless the release is known: of a change the engine says
        // so, which does not look at single fields of what is new as a whole.
        if (meant !== undefined || strict)
          this.#report(
            `unknown field "${name}"${meant === undefined ? "" : `, ${meant}`}; strict decoding refuses it`,
            name,
          );
        else if (this.#context.isNew === true) this.#reportUnsure(name);
      }
    }
  }

  /** Whether the release that decodes does not have the field yet, or no longer. */
  #isMissingIn(field: Shape): boolean {
    const { gone } = nodeOf(field);
    const { decoder } = this.#context;
    if (this.#notYet(field) !== undefined) return true;
    return gone !== undefined && (decoder === undefined || isWithin(decoder.release(), gone, undefined));
  }

  #notYet(field: Shape): string | undefined {
    const { since } = nodeOf(field);
    const { decoder } = this.#context;
    const isLater =
      since !== undefined && decoder?.knownRelease !== undefined && isWithin(decoder.knownRelease, undefined, since);
    return isLater ? `which ${decoder.name} has since ${since}` : undefined;
  }

  #withoutIt(): string | undefined {
    const { decoder } = this.#context;
    return decoder?.knownRelease === undefined
      ? undefined
      : `which ${decoder.name} ${decoder.knownRelease} does not have`;
  }

  #whole({ before, from, forbidden }: ShapeNode, value: Json): void {
    if (forbidden && !isMissing(value)) this.#report("must not be set here");
    const { kubernetesVersion } = this.#context;
    if (kubernetesVersion === undefined) return;
    if (before !== undefined && value !== "" && isWithin(kubernetesVersion, before, undefined))
      this.#report(`is no longer supported for Kubernetes versions >= ${before}`);
    else if (from !== undefined && isWithin(kubernetesVersion, undefined, from))
      this.#report(`is only available for Kubernetes versions >= ${from}`);
  }
}

const zeroOf = (shape: Shape): Json =>
  typeof shape !== "string" ? (isListShape(shape) ? [] : nothing) : shape.startsWith("string") ? "" : null;

const nothing = Object.create(null) as JsonObject;

/** Workers are named by their name, as everywhere in the report. */
const keyOf = (item: Json | undefined): string | undefined =>
  isObject(item) && typeof item["name"] === "string" ? item["name"] : undefined;

/** Absent, null, or a list or map without anything in it; a text that is empty is judged as a text. */
const isMissing = (value: Json | undefined): boolean =>
  value === undefined ||
  value === null ||
  (isList(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0);
