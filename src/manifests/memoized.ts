type Known<Key, Value> = Pick<Map<Key, Value>, "get" | "has"> & { readonly set: (key: Key, value: Value) => unknown };

/** Asks a function once for each object; the answer is forgotten together with the object. */
export const memoized = <Key extends object, Value>(make: (key: Key) => Value): ((key: Key) => Value) =>
  remembering(new WeakMap<Key, Value>(), make);

/** The same for texts. Nothing is forgotten, so there must be an end to what is asked. */
export const memoizedByText = <Value>(make: (key: string) => Value): ((key: string) => Value) =>
  remembering(new Map<string, Value>(), make);

function remembering<Key, Value>(known: Known<Key, Value>, make: (key: Key) => Value): (key: Key) => Value {
  return (key) => {
    let value = known.get(key);
    if (value === undefined && !known.has(key)) known.set(key, (value = make(key)));
    return value as Value;
  };
}
