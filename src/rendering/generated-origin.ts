import { posix } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Document } from "../manifests/document.ts";
import { listOf } from "../manifests/json-list.ts";
import { isObject } from "../manifests/json-object.ts";
import { Locator } from "../manifests/locator.ts";
import type { Json, JsonObject, Origin, Position, ValuePath } from "../manifests/manifest.ts";
import { readValue } from "../manifests/read-value.ts";
import { splitFile } from "../manifests/read.ts";
import { firstDifference } from "./first-difference.ts";
import { isKustomization } from "./kustomize/kustomization.ts";
import { folderOf, isBelow, within } from "./trees/file-tree.ts";

/** Files by their paths. */
type Sources = ReadonlyMap<string, Buffer>;

/** The files that a build reads on the side of the object, and on the other one. */
export interface BothSources {
  readonly own: Sources;
  readonly other: Sources;
}

/** An entry of a generator of kustomize. */
interface Entry {
  readonly file: string;
  readonly document: Document;
  readonly path: ValuePath;
  readonly value: JsonObject;
}

const lists = { ConfigMap: "configMapGenerator", Secret: "secretGenerator" } as const;
const hasList = (kind: string): kind is keyof typeof lists => Object.hasOwn(lists, kind);

/**
 * Where a generated ConfigMap or Secret comes from: the line that differs in a file that its generator reads, or the literal, or
 * else the entry of the generator.
 */
export function generatedOrigin(
  sources: BothSources,
  { kind, name }: Pick<Parameters<Origin>[0], "kind" | "name">,
  path: ValuePath,
  folder: string,
  shown: (path: string) => string,
): Position | undefined {
  if (!hasList(kind)) return undefined;
  const entries = entriesOf(sources.own, lists[kind], name, shown);
  if (entries.length === 0) return undefined;
  // The nearest first: an overlay merges into what a base generates.
  const nearest = entries.toSorted((a, b) => Number(isBelow(b.file, folder)) - Number(isBelow(a.file, folder)));
  const [field, key] = path;
  const wanted = (field === "data" || field === "binaryData") && typeof key === "string" ? key : undefined;
  const before = entriesOf(sources.other, lists[kind], name, shown);
  const parts = nearest.flatMap((entry) => partsOf(entry, before));
  const meant = parts.filter((part) => wanted === undefined || part.key === undefined || part.key === wanted);
  for (const { file, entry, at, isNew } of meant) {
    const line = file === undefined ? undefined : changedLine(sources, file);
    if (file !== undefined && line !== undefined) return { file: shown(file), line, column: 1 };
    if (isNew) return new Locator().locate(entry.document, at);
  }
  const [only] = meant;
  if (meant.length === 1 && only?.file !== undefined && sources.own.has(only.file))
    return { file: shown(only.file), line: 1, column: 1 };
  const [entry] = nearest;
  return entry === undefined ? undefined : new Locator().locate(entry.document, entry.path);
}

/** The entries that make an object of a name, to which kustomize may add a prefix, a suffix and a hash: those of the longest name. */
function entriesOf(sources: Sources, list: string, name: string, shown: (path: string) => string): Entry[] {
  const found = [...sources].flatMap(([file, bytes]) => {
    if (!isKustomization(file) || !bytes.includes(list)) return [];
    return splitFile({ path: shown(file), bytes }).flatMap((document) => {
      const value = readValue(document);
      return listOf(isObject(value) ? value[list] : undefined).flatMap((one, place): Entry[] =>
        isObject(one) && name.includes(nameIn(one)) ? [{ file, document, path: [list, place], value: one }] : [],
      );
    });
  });
  const longest = Math.max(...found.map(({ value }) => nameIn(value).length));
  return found.filter(({ value }) => nameIn(value) !== "" && nameIn(value).length === longest);
}

const nameIn = ({ name }: JsonObject): string => (typeof name === "string" ? name : "");

/** A file, or a literal, of an entry. */
interface Part {
  readonly entry: Entry;
  readonly at: ValuePath;
  readonly file: string | undefined;
  /** Undefined where a file has many. */
  readonly key: string | undefined;
  /** Whether the other side has no such part. */
  readonly isNew: boolean;
}

function partsOf(entry: Entry, before: readonly Entry[]): Part[] {
  const { value, path, file: by } = entry;
  const folder = folderOf(by);
  const isNew = (field: string, text: Json): boolean =>
    before.length > 0 &&
    !before.some((one) => listOf(one.value[field]).some((other) => isDeepStrictEqual(other, text)));
  const texts = (field: string): { readonly text: string; readonly at: ValuePath; readonly isNew: boolean }[] =>
    listOf(value[field]).flatMap((text, place) =>
      typeof text === "string" ? [{ text, at: [...path, field, place], isNew: isNew(field, text) }] : [],
    );
  const cut = (text: string): [key: string, rest: string] => {
    const place = text.indexOf("=");
    return place === -1 ? [posix.basename(text), text] : [text.slice(0, place), text.slice(place + 1)];
  };
  return [
    ...texts("files").map((one) => {
      const [key, name] = cut(one.text);
      return { ...one, entry, file: within(folder, name), key };
    }),
    ...texts("envs").map((one) => ({ ...one, entry, file: within(folder, one.text), key: undefined })),
    ...texts("literals").map((one) => ({ ...one, entry, file: undefined, key: cut(one.text)[0] })),
  ];
}

/** The first line in which a file differs from that of the other side; undefined where it does not, or there is none. */
function changedLine({ own, other }: BothSources, file: string): number | undefined {
  const [bytes, before] = [own.get(file), other.get(file)];
  return bytes === undefined || before === undefined ? undefined : firstDifference(bytes, before);
}
