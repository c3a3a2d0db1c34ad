import { posix } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { isList } from "../manifests/json-list.ts";
import { isObject } from "../manifests/json-object.ts";
import { Locator } from "../manifests/locator.ts";
import type { Json, JsonObject, Origin, Position, ValuePath } from "../manifests/manifest.ts";
import { readValue } from "../manifests/read-value.ts";
import { splitFile } from "../manifests/read.ts";
import { fromPointer } from "../rules/path.ts";
import { type ChangedFile, changedOrigin, type ChangedValues, changedValues } from "./changed-values.ts";
import { firstDifference } from "./first-difference.ts";
import { type BothSources, generatedOrigin } from "./generated-origin.ts";
import { type InlinePatch, patchesIn, patchesOf } from "./inline-patches.ts";
import { isKustomization } from "./kustomize/kustomization.ts";
import { isMaker, type MakerText, variableOrigin } from "./maker-text.ts";
import { folderOf, isBelow } from "./trees/file-tree.ts";

type SourceDocument = Pick<InlinePatch, "value" | "locate"> & Partial<Pick<InlinePatch, "target">>;

/** Where a value may come from, and how much of its path is there. */
interface Candidate {
  readonly source: SourceDocument;
  readonly path: ValuePath;
  readonly depth: number;
  readonly isSame: boolean;
}

/**
 * Finds rendered values in the manifests and patches that they were made from: the nearest file in which the same value
 * is at the same place, else what changed to that value, else the manifest of that name, else the root.
 */
export function originIn(
  both: BothSources,
  root: Position,
  shown: (path: string) => string,
  maker: MakerText | undefined,
): Origin {
  const { own: sources } = both;
  const locator = new Locator();
  const folder = folderOf(root.file);
  let documents: readonly SourceDocument[] | undefined;
  let files: readonly ChangedFile[] | undefined;
  let changed: ChangedValues | undefined;
  return (object, path) => {
    documents ??= [
      ...(maker === undefined ? [] : patchesOf(maker, locator)),
      ...documentsIn(sources, { folder, shown, locator }),
    ];
    const value = valueAt(object.value, path);
    const [best] = documents
      .flatMap((source) => candidatesIn(source, object, path, value))
      .toSorted((a, b) => Number(b.isSame) - Number(a.isSame) || b.depth - a.depth);
    if (best?.isSame === true || (best !== undefined && path.length === 0)) return best.source.locate(best.path);
    const written = best === undefined ? undefined : valueAt(best.source.value, best.path);
    const variable =
      maker === undefined || typeof written !== "string" ? undefined : variableOrigin(maker, written, locator);
    const generated = best === undefined ? generatedOrigin(both, object, path, folder, shown) : undefined;
    const found = variable ?? generated;
    if (found !== undefined || path.length === 0) return found ?? root;
    files ??= changedFiles(both, maker, shown);
    changed ??= changedValues(files, locator);
    return (
      changedOrigin(changed, object.value, path, value) ??
      best?.source.locate(best.path) ??
      namedByKey(sources, path, shown) ??
      onlyChange(files) ??
      root
    );
  };
}

/** The files that differ between two builds; none where there is one build only. */
function changedFiles(
  { own, other }: BothSources,
  maker: MakerText | undefined,
  shown: (path: string) => string,
): ChangedFile[] {
  if (other.size === 0) return [];
  const files = [...own].map(([path, bytes]) => ({ path: shown(path), bytes, before: other.get(path) }));
  const holder: ChangedFile[] =
    maker?.other === undefined
      ? []
      : [{ path: maker.path, bytes: maker.bytes, before: maker.other, isMeant: (value) => isMaker(maker, value) }];
  return [...holder, ...(maker?.settings() ?? []), ...files].filter(
    ({ bytes, before }) => before === undefined || !bytes.equals(before),
  );
}

/** What changed, where that is one file. */
function onlyChange(files: readonly ChangedFile[]): Position | undefined {
  const [only, second] = files;
  if (only === undefined || second !== undefined) return undefined;
  const line = only.before === undefined ? 1 : firstDifference(only.bytes, only.before);
  return line === undefined ? undefined : { file: only.path, line, column: 1 };
}

/** The nearest first: an overlay's patch wins over the base. */
function documentsIn(
  sources: ReadonlyMap<string, Buffer>,
  {
    folder,
    shown,
    locator,
  }: { readonly folder: string; readonly shown: (path: string) => string; readonly locator: Locator },
): SourceDocument[] {
  const own = (path: string): number => (isBelow(path, folder) ? 0 : 1);
  return [...sources]
    .filter(([path]) => /\.(?:ya?ml|json)$/i.test(path))
    .toSorted(([a], [b]) => own(a) - own(b) || (a < b ? -1 : 1))
    .flatMap(([path, bytes]) =>
      splitFile({ path: shown(path), bytes }).flatMap((document): readonly SourceDocument[] => {
        const value = readValue(document);
        if (value === undefined) return [];
        if (isKustomization(path)) return patchesIn(document, value, locator);
        return [{ value, locate: (at) => locator.locate(document, at) }];
      }),
    );
}

function candidatesIn(
  source: SourceDocument,
  object: Parameters<Origin>[0],
  path: ValuePath,
  value: Json | undefined,
): Candidate[] {
  if (source.target !== undefined && !mayMean(source.target, object)) return [];
  if (isList(source.value)) return operationsIn(source, source.value, path, value);
  if (!isObject(source.value)) return [];
  if (source.target === undefined && !isTheObject(source.value, object)) return [];
  const depth = depthOf(source.value, path);
  const isSame = depth === path.length && isDeepStrictEqual(valueAt(source.value, path), value);
  return [{ source, path, depth, isSame }];
}

/** Whether it is the same object: of that kind and name, apart from a prefix or suffix that kustomize adds. */
function isTheObject(value: JsonObject, { kind, name }: Parameters<Origin>[0]): boolean {
  const metadata = value["metadata"];
  const own = isObject(metadata) ? metadata["name"] : undefined;
  return value["kind"] === kind && typeof own === "string" && own !== "" && name.includes(own);
}

/** A target's fields are regular expressions in kustomize (`api/types` SelectorRegex): here only plain words tell objects apart. */
function mayMean(target: Json, { kind, name }: Parameters<Origin>[0]): boolean {
  const wordAt = (field: string): string | undefined => {
    const word = isObject(target) ? target[field] : undefined;
    return typeof word === "string" && /^[\w-]+$/.test(word) ? word : undefined;
  };
  return (wordAt("kind") ?? kind) === kind && name.includes(wordAt("name") ?? "");
}

/** RFC 6902: an operation that wrote the value that is there now, whole or in part. */
function operationsIn(
  source: SourceDocument,
  operations: readonly Json[],
  path: ValuePath,
  value: Json | undefined,
): Candidate[] {
  return operations.flatMap((operation, index) => {
    if (!isObject(operation) || typeof operation["path"] !== "string") return [];
    const at = fromPointer(operation["path"]);
    const covers = at.length <= path.length && at.every((part, place) => part === String(path[place]) || part === "-");
    if (!covers) return [];
    const isSame = isDeepStrictEqual(valueAt(operation["value"], path.slice(at.length)), value);
    return isSame ? [{ source, path: [index, "value", ...path.slice(at.length)], depth: path.length, isSame }] : [];
  });
}

/** A value of a ConfigMap that a program generates comes from the file that its key names. */
function namedByKey(
  sources: ReadonlyMap<string, Buffer>,
  path: ValuePath,
  shown: (path: string) => string,
): Position | undefined {
  const [field, key] = path;
  if (field !== "data" && field !== "binaryData") return undefined;
  const file = [...sources.keys()].find((source) => posix.basename(source) === key);
  return file === undefined ? undefined : { file: shown(file), line: 1, column: 1 };
}

function valueAt(value: Json | undefined, path: ValuePath): Json | undefined {
  let found = value;
  for (const segment of path) {
    if (found === null || typeof found !== "object" || !Object.hasOwn(found, segment)) return undefined;
    found = (found as { readonly [key: string | number]: Json })[segment];
  }
  return found;
}

function depthOf(value: Json, path: ValuePath): number {
  let depth = 0;
  while (depth < path.length && valueAt(value, path.slice(0, depth + 1)) !== undefined) depth += 1;
  return depth;
}
