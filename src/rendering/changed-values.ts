import { groupBy } from "../manifests/group-by.ts";
import { isList } from "../manifests/json-list.ts";
import { isObject } from "../manifests/json-object.ts";
import type { Locator } from "../manifests/locator.ts";
import type { Json, JsonObject, Position, ValuePath } from "../manifests/manifest.ts";
import { readValue } from "../manifests/read-value.ts";
import { splitFile } from "../manifests/read.ts";
import { documentsInside, type InnerDocument } from "./inner-document.ts";

/** A scalar in a file that differs between the sides, and is not so on the other one. */
interface ChangedValue {
  readonly value: string | number | bigint | boolean;
  /** The key that it stands under. */
  readonly key: string;
  /** Keys of the objects around it, and the names that these give themselves. */
  readonly around: ReadonlySet<string>;
  readonly locate: () => Position;
}

/** A file on the side that is asked for, and what it is on the other one. */
export interface ChangedFile {
  readonly path: string;
  readonly bytes: Buffer;
  readonly before: Buffer | undefined;
  /** Which of its documents count; all without it. */
  readonly isMeant?: (value: Json) => boolean;
}

/** The changed scalars by their texts: what fills templates in is a text, also where it makes a number. */
export type ChangedValues = ReadonlyMap<string, readonly ChangedValue[]>;

/** The scalars of files that the other side does not have at the same place; an item of a list is known by its name. */
export function changedValues(files: readonly ChangedFile[], locator: Locator): ChangedValues {
  const found = files.flatMap((file) => {
    const old = new Set(file.before === undefined ? [] : leavesIn(file, file.before, locator).map(identityOf));
    return leavesIn(file, file.bytes, locator).filter((leaf) => !old.has(identityOf(leaf)));
  });
  return groupBy(found, ({ value }) => String(value));
}

/**
 * Where a rendered value most likely comes from: a changed scalar that is equal to it, or else a part of its text, under names
 * like those around it.
 */
export function changedOrigin(
  values: ChangedValues,
  object: JsonObject,
  path: ValuePath,
  wanted: Json | undefined,
): Position | undefined {
  if (wanted === undefined || wanted === null || typeof wanted === "object") return undefined;
  const meant = values.get(String(wanted)) ?? (typeof wanted === "string" ? partsOf(values, wanted) : []);
  if (meant.length === 0) return undefined;
  const names = namesAround(object, path);
  const key = String(path.at(-1)).toLowerCase();
  const ranked = meant.map((one) => {
    const shared = [...names].filter((name) => one.around.has(name)).length;
    return { one, rank: 2 * shared + (isLike(one.key.toLowerCase(), key) ? 1 : 0) };
  });
  return ranked.toSorted((a, b) => b.rank - a.rank)[0]?.one.locate();
}

/** Among more changed values than these some are parts of any text. */
export const mostSearched = 1000;
/** Shorter texts are parts of others by chance. */
const shortestPart = 3;

function partsOf(values: ChangedValues, wanted: string): ChangedValue[] {
  if (values.size > mostSearched) return [];
  return [...values].flatMap(([text, same]) =>
    text.length >= shortestPart && wanted.includes(text) ? same.filter(({ value }) => typeof value === "string") : [],
  );
}

const isLike = (own: string, key: string): boolean => own.includes(key) || key.includes(own);

/** The names of the objects on the way to a value, that of the whole first. */
function namesAround(object: JsonObject, path: ValuePath): Set<string> {
  const metadata = object["metadata"];
  const names = new Set(isObject(metadata) && typeof metadata["name"] === "string" ? [metadata["name"]] : []);
  let found: Json | undefined = object;
  for (const segment of path) {
    if (isList(found)) found = found[Number(segment)];
    else if (isObject(found)) found = found[segment];
    else break;
    const own = isObject(found) ? found["name"] : undefined;
    if (typeof own === "string") names.add(own);
  }
  return names;
}

interface Leaf extends ChangedValue {
  /** What tells its place from others of the same file. */
  readonly place: string;
}

const identityOf = ({ place, value }: Leaf): string => JSON.stringify([place, value]);

const leavesIn = ({ path, isMeant }: ChangedFile, bytes: Buffer, locator: Locator): Leaf[] =>
  splitFile({ path, bytes }).flatMap((document, index) => {
    const value = readValue(document);
    if (value === undefined || isMeant?.(value) === false) return [];
    const outer: InnerDocument = { value, locate: (at) => locator.locate(document, at) };
    return scalarsIn({ ...outer, path: [], names: [String(index)] }, (text, at) =>
      documentsInside(document, at, text, locator),
    );
  });

/** A value, where it is in its document, and what is around it by name. */
interface Place extends InnerDocument {
  readonly path: ValuePath;
  readonly names: readonly string[];
}

function scalarsIn(place: Place, inside: (text: string, path: ValuePath) => InnerDocument[]): Leaf[] {
  const { value, locate, path, names } = place;
  const below = (key: string | number, item: Json, name: string): Leaf[] =>
    scalarsIn({ value: item, locate, path: [...path, key], names: [...names, name] }, inside);
  if (isList(value)) return value.flatMap((item, index) => below(index, item, nameOf(item) ?? String(index)));
  if (isObject(value)) return Object.entries(value).flatMap(([key, item]) => below(key, item, key));
  if (value === null) return [];
  if (typeof value === "string" && value.includes("\n")) {
    const inner = inside(value, path).filter((one) => isObject(one.value) || isList(one.value));
    if (inner.length > 0)
      return inner.flatMap((one) => scalarsIn({ ...one, path: [], names: [...names, "|"] }, () => []));
  }
  const key = names.at(-1) ?? "";
  const around = new Set(names.slice(1, -1));
  return [{ value, key, around, place: JSON.stringify(names), locate: () => locate(path) }];
}

const nameOf = (item: Json): string | undefined =>
  isObject(item) && typeof item["name"] === "string" ? item["name"] : undefined;
