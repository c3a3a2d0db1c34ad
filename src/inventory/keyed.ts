import { isList, listOf } from "../manifests/json-list.ts";
import { bareObject, isObject } from "../manifests/json-object.ts";
import type { Json, JsonObject, Manifest, Position } from "../manifests/manifest.ts";
import { memoized } from "../manifests/memoized.ts";
import type { ObjectRow } from "../rules/table.ts";

/** The keyed lists at and below a place. */
interface KeyedPlace {
  /** The key of the items, where the place is a keyed list. */
  readonly key: string | undefined;
  readonly below: ReadonlyMap<string, KeyedPlace>;
  /** What is below any other segment. */
  readonly any: KeyedPlace | undefined;
}

interface KeyedList {
  readonly segments: readonly string[];
  readonly key: string;
}

function placeOf(lists: readonly KeyedList[]): KeyedPlace | undefined {
  if (lists.length === 0) return undefined;
  const under = (segment: string): KeyedPlace | undefined =>
    placeOf(
      lists.flatMap(({ segments: [first, ...rest], key }) =>
        first === segment || first === "*" ? [{ segments: rest, key }] : [],
      ),
    );
  const below = new Map<string, KeyedPlace>();
  for (const { segments } of lists) {
    const [first = "*"] = segments;
    const place = first === "*" ? undefined : under(first);
    if (place !== undefined) below.set(first, place);
  }
  return { key: lists.find(({ segments }) => segments.length === 0)?.key, below, any: under("*") };
}

const rootOf = memoized(({ lists = [] }: ObjectRow) =>
  placeOf(lists.map(({ at, key }) => ({ segments: at.split("/").slice(1), key }))),
);

const step = (place: KeyedPlace | undefined, segment: string): KeyedPlace | undefined =>
  place === undefined ? undefined : (place.below.get(segment) ?? place.any);

/**
 * The object as it is compared: lists whose items have a key become objects by that key, so order and position are no
 * change. Integers beyond 2^53 become their digits, which keeps them exact through RFC 6902. Parts of which nothing
 * needs to change stay themselves.
 */
export const keyedForm = (value: JsonObject, row: ObjectRow): JsonObject => keyed(value, rootOf(row)) as JsonObject;

/** The keyed form as far as it differs from the other side: parts that both share are left as they are. */
export const keyedBeside = (value: JsonObject, other: JsonObject, row: ObjectRow): JsonObject =>
  keyed(value, rootOf(row), other) as JsonObject;

function keyed(value: Json, place: KeyedPlace | undefined, other?: Json): Json {
  if (typeof value === "bigint") return value.toString();
  if (value === other) return value;
  if (isList(value)) {
    // A map in the place of a list is a change, also where both are empty.
    if (value.length === 0 && isObject(other)) return value;
    const key = keyOf(place, value);
    const twinOf = twins(key, place, other);
    const inner = step(place, "*");
    const forms = mapped(value, (item, index) => keyed(item, inner, twinOf(item, index)));
    return key === undefined
      ? forms
      : objectFrom(value.map((item, index) => [(item as JsonObject)[key] as string, forms[index] as Json]));
  }
  if (!isObject(value)) return value;
  let copy: Record<string, Json> | undefined;
  for (const name of Object.keys(value)) {
    const item = value[name] as Json;
    const form = keyed(item, step(place, name), isObject(other) ? other[name] : undefined);
    if (form !== item) (copy ??= Object.assign(bareObject(), value))[name] = form;
  }
  return copy ?? value;
}

/** What an item is compared with: the item of the same key, or at the same index; nothing where only one list has keys. */
function twins(
  key: string | undefined,
  place: KeyedPlace | undefined,
  other: Json | undefined,
): (item: Json, index: number) => Json | undefined {
  const others = listOf(other);
  if (keyOf(place, others) !== key) return () => undefined;
  if (key === undefined) return (_, index) => others[index];
  const nameOf = (item: Json): Json | undefined => (isObject(item) ? item[key] : undefined);
  return (item, index) => {
    const name = nameOf(item);
    const beside = others[index];
    if (beside !== undefined && nameOf(beside) === name) return beside;
    return typeof name === "string" ? others[namesOf(others, key)?.get(name) ?? -1] : undefined;
  };
}

/** The list itself when no item changes. */
function mapped(items: readonly Json[], change: (item: Json, index: number) => Json): readonly Json[] {
  let copy: Json[] | undefined;
  for (const [index, item] of items.entries()) {
    const form = change(item, index);
    if (form !== item) (copy ??= [...items])[index] = form;
  }
  return copy ?? items;
}

/** The key of the list here; none when an item lacks it or two share it, since they then cannot be told apart. */
const keyOf = (place: KeyedPlace | undefined, items: readonly Json[]): string | undefined =>
  place?.key === undefined || namesOf(items, place.key) === undefined ? undefined : place.key;

/** From so many items on, a list is indexed: each of its items may be asked for. */
const manyItems = 32;
interface Names {
  readonly key: string;
  /** Where the item of each name stands. */
  readonly at: ReadonlyMap<string, number> | undefined;
}
const namesOfLong = new WeakMap<readonly Json[], Names>();

function namesOf(items: readonly Json[], key: string): ReadonlyMap<string, number> | undefined {
  const known = items.length < manyItems ? undefined : namesOfLong.get(items);
  if (known?.key === key) return known.at;
  const at = namedItems(items, key);
  if (items.length >= manyItems) namesOfLong.set(items, { key, at });
  return at;
}

function namedItems(items: readonly Json[], key: string): ReadonlyMap<string, number> | undefined {
  const at = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const name = isObject(item) ? item[key] : undefined;
    if (typeof name !== "string" || at.has(name)) return undefined;
    at.set(name, index);
  }
  return at;
}

function objectFrom(entries: readonly (readonly [string, Json])[]): JsonObject {
  const object = bareObject();
  for (const [name, value] of entries) object[name] = value;
  return object;
}

/** The way through the object itself to a place of its keyed form, as far as it leads there. */
function* walk(
  object: JsonObject,
  row: ObjectRow,
  segments: readonly string[],
): Generator<{ readonly step: string | number; readonly value: Json; readonly place: KeyedPlace | undefined }> {
  let place = rootOf(row);
  let value: Json = object;
  for (const segment of segments) {
    let at: string | number = segment;
    if (isList(value)) {
      const names = place?.key === undefined ? undefined : namesOf(value, place.key);
      at = names === undefined ? (/^\d+$/.test(segment) ? Number(segment) : -1) : (names.get(segment) ?? -1);
      if (!(at >= 0 && at < value.length)) return;
      place = step(place, "*");
      value = value[at] as Json;
    } else {
      if (!isObject(value) || !Object.hasOwn(value, segment)) return;
      place = step(place, segment);
      value = value[segment] as Json;
    }
    yield { step: at, value, place };
  }
}

/** The value at a place of the keyed form, without making the whole form. Null counts as absent. */
export function readKeyed(object: JsonObject, row: ObjectRow, segments: readonly string[]): Json | undefined {
  if (segments.length === 0) return keyedForm(object, row);
  const last = [...walk(object, row, segments)][segments.length - 1];
  return last === undefined ? undefined : (keyed(last.value, last.place) ?? undefined);
}

/** What a place of the keyed form is in the manifest itself; nothing is copied. */
export function readWritten(object: JsonObject, row: ObjectRow, segments: readonly string[]): Json | undefined {
  if (segments.length === 0) return object;
  return [...walk(object, row, segments)][segments.length - 1]?.value;
}

/** A place as the manifest has it, items by their index, in the keyed form; what is named by key already stays. */
export function keyedPlace(object: JsonObject, row: ObjectRow, segments: readonly string[]): readonly string[] {
  let place = rootOf(row);
  let value: Json | undefined = object;
  return segments.map((segment) => {
    const items = isList(value) ? value : undefined;
    const names = items === undefined || place?.key === undefined ? undefined : namesOf(items, place.key);
    const item = items?.[names?.get(segment) ?? Number(segment)];
    const name = names === undefined || place?.key === undefined || !isObject(item) ? undefined : item[place.key];
    const named = typeof name === "string" ? name : segment;
    if (items !== undefined) value = item;
    else value = isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
    place = step(place, items === undefined ? segment : "*");
    return named;
  });
}

/** Where a place of the keyed form is in the text, or its nearest ancestor. */
export const locateKeyed = (manifest: Manifest, row: ObjectRow, place: readonly string[]): Position =>
  manifest.locate([...walk(manifest.value, row, place)].map((one) => one.step));
