import { keyedPlace } from "../../inventory/keyed.ts";
import type { CompiledTable } from "../../rules/compile.ts";
import type { ParsedPath } from "../../rules/path.ts";
import type { AddressedChange } from "../finding.ts";
import type { PoolChanges } from "./addresses.ts";
import { perList } from "./per-list.ts";

/** A place, with the number of the first change at it or below it. */
interface Node {
  readonly first: number;
  readonly below: Map<string, Node>;
}

/** Changes by their addresses: a refused object may be new as a whole, with a finding for each of its thousand places. */
function indexed(changes: Iterable<readonly [number, AddressedChange]>): Node {
  const top: Node = { first: 0, below: new Map() };
  for (const [number, { addresses }] of changes)
    for (const { root, segments } of addresses) {
      let { below } = top;
      for (const segment of [root, ...segments]) {
        let node = below.get(segment);
        if (node === undefined) below.set(segment, (node = { first: number, below: new Map() }));
        ({ below } = node);
      }
    }
  return top;
}

const indexOf = perList((list) => indexed(list.entries()));

const knownParticular = new WeakMap<PoolChanges["particular"], Node>();

function indexOfParticular(particular: PoolChanges["particular"]): Node {
  let index = knownParticular.get(particular);
  if (index === undefined) knownParticular.set(particular, (index = indexed(particular)));
  return index;
}

function firstIn({ first, below }: Node, segments: readonly string[], depth = 0): number | undefined {
  const segment = segments[depth];
  if (segment === undefined) return first;
  if (segment !== "*") {
    const node = below.get(segment);
    return node === undefined ? undefined : firstIn(node, segments, depth + 1);
  }
  return least([...below.values()].map((node) => firstIn(node, segments, depth + 1)));
}

function least(numbers: readonly (number | undefined)[]): number | undefined {
  let found: number | undefined;
  for (const number of numbers) if (number !== undefined && (found === undefined || number < found)) found = number;
  return found;
}

/** Checks that walk a whole object name items by index; changes name those of keyed lists by key. */
function asChanged([change]: readonly AddressedChange[], segments: readonly string[]): readonly string[] {
  const value = change?.object.head?.value;
  return change === undefined || value === undefined ? segments : keyedPlace(value, change.object.row, segments);
}

/** The first change at a place or below it. */
export function firstChangeAt(
  { lists, particular }: PoolChanges,
  table: CompiledTable,
  { root, segments }: ParsedPath,
): AddressedChange | undefined {
  const own = firstIn(indexOfParticular(particular), [root, ...segments]);
  for (const [at, list] of lists.entries()) {
    const shared = firstIn(indexOf(list, table), [root, ...asChanged(list, segments)]);
    const number = at === 0 ? least([own, shared]) : shared;
    if (number !== undefined) return (at === 0 ? particular.get(number) : undefined) ?? list[number];
  }
  return undefined;
}

/** Whether something under a root came with an object that is new as a whole. */
export const isNewUnder = ({ lists, particular }: PoolChanges, table: CompiledTable, root: string): boolean =>
  lists.some(
    (list, at) =>
      list[0] !== undefined &&
      list[0].object.base === undefined &&
      (indexOf(list, table).below.has(root) || (at === 0 && indexOfParticular(particular).below.has(root))),
  );
