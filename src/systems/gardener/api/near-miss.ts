import type { Shape } from "../../../rules/rows.ts";
import { distance } from "../../../validation/nearest-word.ts";
import { fieldsOf as allFieldsOf, isListShape, itemOf, type ObjectShape, settingOf } from "../../api-shape.ts";

/** Fields that the API once had. */
const removed = new Map([
  ["systemReserved", "it was removed in v1.141, and in v1.102 for Kubernetes 1.31: add its values to kubeReserved"],
  ["imagePullProgressDeadline", "it was removed"],
  ["enableBasicAuthentication", "it was removed"],
  ["enableStaticTokenKubeconfig", "it was removed in v1.122"],
  ["allowPrivilegedContainers", "it was removed"],
  ["oidcConfig", "it was removed in v1.142, and before that for Kubernetes 1.32: use structuredAuthentication"],
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
  const most = name.length < 6 ? 1 : 2;
  // Lengths first: a stranger may write a name of any length.
  const near = fields.find(
    ([field]) => Math.abs(field.length - name.length) <= most && (same(field, name) || distance(field, name) <= most),
  );
  if (near !== undefined) return `did you mean "${near[0]}"?`;
  // A name that several objects below have may well be new here too.
  const [below, ...others] = [...placesBelow(shape, name)];
  return below === undefined || others.length > 0 ? undefined : `its place is "${below}"`;
}

/** Nobody means a field that is gone. */
const fieldsOf = (shape: ObjectShape): [string, Shape][] =>
  allFieldsOf(shape).filter(([, field]) => settingOf(field, "gone") === undefined);

/** Where objects inside an object have a field of this name; items of lists are another matter. */
function* placesBelow(shape: ObjectShape, name: string, prefix = ""): Generator<string> {
  for (const [outer, inner] of fieldsOf(shape)) {
    if (typeof inner === "string" || isListShape(inner)) continue;
    if (fieldsOf(inner).some(([field]) => field === name)) yield `${prefix}${outer}.${name}`;
    yield* placesBelow(inner, name, `${prefix}${outer}.`);
  }
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

function innerFields(shape: Shape): string[] {
  const inner = typeof shape !== "string" && isListShape(shape) ? itemOf(shape) : shape;
  return typeof inner === "string" || isListShape(inner) ? [] : fieldsOf(inner).map(([name]) => name);
}
