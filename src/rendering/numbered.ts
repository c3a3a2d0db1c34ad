/** Items by their keys, with a number behind each key: several may have the same. */
export function numbered<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, Item> {
  const counts = new Map<string, number>();
  return new Map(
    items.map((item) => {
      const key = keyOf(item);
      const place = counts.get(key) ?? 0;
      counts.set(key, place + 1);
      return [`${key} ${place}`, item] as const;
    }),
  );
}
