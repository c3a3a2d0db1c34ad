import type { Side } from "../../comparison.ts";
import type { PerSide, SideName, SourceFile } from "../../manifests/manifest.ts";
import { mayBeParameters } from "../../manifests/named-files.ts";
import { decodeFile } from "../../manifests/text/decode.ts";
import { splitDocuments } from "../../manifests/text/split.ts";
import type { ShownPath } from "../render-options.ts";

/** One of the documents of a file. */
export interface DocumentPlace {
  readonly file: string;
  readonly index: number;
}

/** A document, the files that it takes parameters and values from, and the charts that it deploys. */
export interface FollowedDocument extends DocumentPlace {
  readonly side: SideName;
  readonly files: readonly string[];
  readonly charts: readonly string[];
  /** Whether one of its releases differs between the sides. */
  readonly differs: boolean;
}

/** Identifies a document of one side. */
export type DocumentOfSide = Pick<FollowedDocument, "side" | "file" | "index">;

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

/** Empty lines stay where the documents stood, so that the others keep their places. */
function without({ path, place, bytes }: SourceFile, indexes: ReadonlySet<number>): SourceFile {
  const { text } = decodeFile(bytes);
  let left = "";
  let at = 0;
  for (const [index, document] of splitDocuments(text).entries())
    if (indexes.has(index)) {
      left += text.slice(at, document.offset) + document.text.replaceAll(/[^\n]+/g, "");
      at = document.offset + document.text.length;
    }
  return { path, ...(place === undefined ? {} : { place }), bytes: Buffer.from(left + text.slice(at)) };
}

export const isFollowed = (followed: readonly FollowedDocument[]): ((one: DocumentOfSide) => boolean) => {
  const key = ({ side, file, index }: DocumentOfSide): string => JSON.stringify([side, file, index]);
  const keys = new Set(followed.map(key));
  return (one) => keys.has(key(one));
};
