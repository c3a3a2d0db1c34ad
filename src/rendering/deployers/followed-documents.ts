import type { Side } from "../../comparison.ts";
import type { JsonObject, PerSide, SideName, SourceFile } from "../../manifests/manifest.ts";
import { mayBeParameters } from "../../manifests/named-files.ts";
import { valueUnder } from "../../manifests/read-value.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { decodeFile } from "../../manifests/text/decode.ts";
import { emptyLinesOf, replaceDocuments } from "../../manifests/text/replace-documents.ts";
import { canonicalText } from "../../rules/canonical.ts";
import { nameOf } from "../objects-in.ts";
import type { JudgedKind } from "../relevant.ts";
import type { ShownPath } from "../render-options.ts";
import { pathsBelow, readMatching, type TreeChange } from "../trees/file-tree.ts";
import { deployers } from "./deployment.ts";
import { fixedFolder, holdsOurs } from "./judged-files.ts";

/** One of the documents of a file. */
export interface DocumentPlace {
  readonly file: string;
  readonly index: number;
}

/** Identifies the place. */
export const placeOf = ({ file, index }: DocumentPlace): string => JSON.stringify([file, index]);

/** A document, the files that it takes parameters and values from, and the charts that it deploys. */
export interface FollowedDocument extends DocumentPlace {
  readonly side: SideName;
  readonly files: readonly string[];
  readonly charts: readonly string[];
  /** Whether one of its releases differs between the sides. */
  readonly differs: boolean;
  /** Sources of its Applications that it is not judged through. */
  readonly left: readonly SourceLeft[];
}

/** One of several sources of an Application. */
export interface SourceLeft {
  /** All of it, of which Application it is and where that deploys it, to compare. */
  readonly text: string;
  /** Set where it is a folder of a repository. */
  readonly path?: string;
}

export const sourceLeft = (source: JsonObject, application: JsonObject): SourceLeft => ({
  text: canonicalText([source, { ...nameOf(application) }, valueUnder(application, "spec", "destination") ?? null]),
  ...(typeof source["path"] === "string" && source["chart"] === undefined ? { path: source["path"] } : {}),
});

/**
 * The documents of which everything that changes is judged. What one of them leaves may be judged by another, or be the same on the
 * other side, or hold nothing that is judged.
 */
export async function wholeDocuments(
  trees: TreeChange,
  all: readonly FollowedDocument[],
  kinds: readonly JudgedKind[],
): Promise<FollowedDocument[]> {
  const lefts = new Map<string, PerSide<readonly SourceLeft[] | undefined>>();
  for (const one of all) {
    const both = lefts.get(placeOf(one)) ?? { base: undefined, head: undefined };
    const texts = new Set(one.left.map(({ text }) => text));
    const left = both[one.side]?.filter(({ text }) => texts.has(text)) ?? one.left;
    lefts.set(placeOf(one), { ...both, [one.side]: left });
  }
  const isWhole = new Map<string, boolean>();
  for (const [place, { base, head }] of lefts) {
    const [before, after] = [base, head].map((side) => new Set(side?.map(({ text }) => text)));
    const differing = [
      ...(base ?? []).filter(({ text }) => after?.has(text) !== true),
      ...(head ?? []).filter(({ text }) => before?.has(text) !== true),
    ];
    const paths = differing.flatMap(({ path }) => path ?? []);
    isWhole.set(place, paths.length === differing.length && (await holdNothing(trees, paths, kinds)));
  }
  return all.filter((one) => isWhole.get(placeOf(one)));
}

/** Identifies a document of one side. */
export type DocumentOfSide = Pick<FollowedDocument, "side" | "file" | "index">;

/** Whether folders hold nothing that is judged, and nothing that deploys anything further. */
async function holdNothing(
  trees: TreeChange,
  paths: readonly string[],
  kinds: readonly JudgedKind[],
): Promise<boolean> {
  if (paths.length === 0) return true;
  if (await holdsOurs(trees, paths, kinds)) return false;
  for (const side of sideNames) {
    const files = paths.flatMap(fixedFolder).flatMap((folder) => pathsBelow(trees[side], folder));
    if ((await readMatching(trees[side], files, deployers)).size > 0) return false;
  }
  return true;
}

/** The sides without documents, and files of parameters, that are judged through what is built of them. */
export function withoutFollowed(
  { base, head }: PerSide<Side>,
  followed: readonly (DocumentOfSide & Partial<Pick<FollowedDocument, "files">>)[],
  shown: ShownPath,
): PerSide<Side> {
  const left = (side: SideName, from: Side): Side => {
    const own = followed.filter((one) => one.side === side);
    if (own.length === 0) return from;
    const documents = new Map<string, Set<number>>();
    for (const { file, index } of own) {
      const path = shown(side, file);
      documents.set(path, (documents.get(path) ?? new Set<number>()).add(index));
    }
    const parameters = new Set(own.flatMap(({ files = [] }) => files.map((path) => shown(side, path))));
    const files = from.files.flatMap((file) => {
      if (parameters.has(file.path) && mayBeParameters(file.path, decodeFile(file.bytes).text)) return [];
      const indexes = documents.get(file.path);
      return [indexes === undefined ? file : without(file, indexes)];
    });
    return { ...from, files };
  };
  return { base: left("base", base), head: left("head", head) };
}

function without({ path, place, bytes }: SourceFile, indexes: ReadonlySet<number>): SourceFile {
  const left = replaceDocuments(decodeFile(bytes).text, (document, index) =>
    indexes.has(index) ? emptyLinesOf(document) : undefined,
  );
  return { path, ...(place === undefined ? {} : { place }), bytes: Buffer.from(left) };
}

export const isFollowed = (followed: readonly FollowedDocument[]): ((one: DocumentOfSide) => boolean) => {
  const key = ({ side, file, index }: DocumentOfSide): string => JSON.stringify([side, file, index]);
  const keys = new Set(followed.map(key));
  return (one) => keys.has(key(one));
};
