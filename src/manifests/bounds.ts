/** One limit on what a stranger's file can make the reader do. */
interface Bound {
  readonly value: number;
  readonly unit: string;
  /** What happens at the bound. */
  readonly effect: string;
}

/**
 * Every bound of the reader, in one place. None is near what real manifests need: etcd refuses objects over 1.5 MiB, so no
 * document that a cluster can hold meets them.
 */
export const boundTable = {
  totalBytes: {
    value: 512 * 1024 * 1024,
    unit: "bytes",
    effect: "the files after it are not read: diagnostic `too-much-text`, the report is not complete",
  },
  pathLength: {
    value: 4096,
    unit: "characters",
    effect: "the file is not read: diagnostic `path-too-long`, the report is not complete",
  },
  documents: {
    value: 200_000,
    unit: "documents",
    effect: "the documents after it are not read: diagnostic `too-many-documents`, the report is not complete",
  },
  documentLength: {
    value: 16 * 1024 * 1024,
    unit: "characters",
    effect: "the document is not read: diagnostic `document-too-long`",
  },
  depth: {
    value: 500,
    unit: "levels",
    effect: "the document is not read: diagnostic `unreadable`, as for any broken document",
  },
  aliasShare: {
    value: 0.99,
    unit: "share of the nodes that come from aliases",
    effect: "as in Go (less is allowed in large documents) the document is refused: diagnostic `unreadable`",
  },
  keyLength: {
    value: 1024,
    unit: "characters",
    effect: "an implicit key longer than this is refused, as in Go: diagnostic `unreadable`",
  },
  duplicates: {
    value: 20,
    unit: "keys that appear twice in a document",
    effect: "the others are counted in one more diagnostic `duplicate-key`",
  },
} as const satisfies Readonly<Record<string, Bound>>;

/** The values of the table. */
export const bounds = {
  totalBytes: boundTable.totalBytes.value,
  pathLength: boundTable.pathLength.value,
  documents: boundTable.documents.value,
  documentLength: boundTable.documentLength.value,
  depth: boundTable.depth.value,
  aliasShare: boundTable.aliasShare.value,
  keyLength: boundTable.keyLength.value,
  duplicates: boundTable.duplicates.value,
};
