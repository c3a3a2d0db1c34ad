import { isWithin } from "../../../rules/version.ts";
import type { ApiContext } from "./problems.ts";
import type { Shape } from "../../../rules/rows.ts";
import { fieldsOf, isList, itemOf, type ObjectShape } from "../../api-shape.ts";

/** Fields that the API once had; `systemReserved` went last, see `isStillThere`. */
const removed = new Map([
  ["systemReserved", "it is gone since v1.141, and for Kubernetes 1.31 since v1.102: add its values to kubeReserved"],
  ["imagePullProgressDeadline", "it was removed"],
  ["enableBasicAuthentication", "it was removed"],
  ["enableStaticTokenKubeconfig", "it was removed"],
  ["allowPrivilegedContainers", "it was removed"],
  ["oidcConfig", "it was removed: use structuredAuthentication"],
]);

/**
 * What a field that this object does not have was surely meant to be: one that is gone, misspelt, or misplaced. Undefined
 * when it resembles nothing here, as a field of a newer release does.
 */
export function nearestField(shape: ObjectShape, name: string): string | undefined {
  const gone = removed.get(name);
  if (gone !== undefined) return gone;
  const fields = fieldsOf(shape);
  const flat = fields.find(([outer, inner]) => innerFields(inner).some((one) => same(outer + one, name)));
  if (flat !== undefined) return `did you mean one below "${flat[0]}"?`;
  const near = fields.find(([field]) => same(field, name) || distance(field, name) <= (name.length < 6 ? 1 : 2));
  if (near !== undefined) return `did you mean "${near[0]}"?`;
  // A name that several objects below have may well be new here too.
  const [below, ...others] = [...placesBelow(shape, name)];
  return below === undefined || others.length > 0 ? undefined : `its place is "${below}"`;
}

/** Where objects inside an object have a field of this name; items of lists are another matter. */
function* placesBelow(shape: ObjectShape, name: string, prefix = ""): Generator<string> {
  for (const [outer, inner] of fieldsOf(shape)) {
    if (typeof inner === "string" || isList(inner)) continue;
    if (Object.hasOwn(inner, name)) yield `${prefix}${outer}.${name}`;
    yield* placesBelow(inner, name, `${prefix}${outer}.`);
  }
}

/** Whether the release that is judged still had a field that is gone by now. */
export const isStillThere = (name: string, { gardenerVersion, kubernetesVersion }: ApiContext): boolean =>
  name === "systemReserved" &&
  gardenerVersion !== undefined &&
  isWithin(gardenerVersion(), undefined, "1.141") &&
  !(isWithin(gardenerVersion(), "1.102", undefined) && isWithin(kubernetesVersion ?? "", "1.31", undefined));

/** Whether fields of this object may be there still by one Kubernetes version and gone by another. */
export const mayHoldWhatIsGone = (shape: ObjectShape): boolean => Object.hasOwn(shape, "kubeReserved");

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

function innerFields(shape: Shape): string[] {
  const inner = typeof shape !== "string" && isList(shape) ? itemOf(shape) : shape;
  return typeof inner === "string" || isList(inner) ? [] : fieldsOf(inner).map(([name]) => name);
}

/** Edits (insert, delete, replace) between two words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, left] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, right] of [...b].entries())
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (left === right ? 0 : 1)));
    row = next;
  }
  return row.at(-1) ?? 0;
}
