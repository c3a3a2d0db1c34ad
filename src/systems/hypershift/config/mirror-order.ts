/** What follows a mirror, and what is before it, in any of the lists. */
interface Place {
  readonly before: Set<string>;
  readonly after: Set<string>;
}

/**
 * Several lists of mirrors of one source as one, each of them in its own order as far as that goes, the source after all
 * unless a list says otherwise (openshift/runtime-utils pkg/registries/registries.go mergedMirrors, toposort.go Sorted).
 */
export function mergedMirrors(source: string, lists: readonly (readonly string[])[]): readonly string[] {
  const places = new Map<string, Place>();
  const placeOf = (name: string): Place => {
    const place = places.get(name) ?? { before: new Set<string>(), after: new Set<string>() };
    places.set(name, place);
    return place;
  };
  for (const list of lists) {
    const whole = list.includes(source) ? list : [...list, source];
    for (const [index, name] of whole.slice(1).entries()) {
      const previous = whole[index] ?? "";
      placeOf(previous).after.add(name);
      placeOf(name).before.add(previous);
    }
  }
  const sorted = inOrder(places);
  return sorted.at(-1) === source ? sorted.slice(0, -1) : sorted;
}

/** What has nothing before it comes first; where lists contradict each other, the first name by its letters. */
function inOrder(places: ReadonlyMap<string, Place>): string[] {
  const names = [...places.keys()].toSorted();
  const free = names.filter((name) => places.get(name)?.before.size === 0);
  const used = new Set<string>();
  while (used.size < names.length) {
    const name = free.shift() ?? names.find((one) => !used.has(one)) ?? "";
    used.add(name);
    const freed = [...(places.get(name)?.after ?? [])].filter((next) => {
      const before = places.get(next)?.before;
      return before?.delete(name) === true && before.size === 0 && !used.has(next);
    });
    free.push(...freed.toSorted());
  }
  return [...used];
}
