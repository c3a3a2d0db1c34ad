import { beyond, withinBounds } from "./file-bounds.ts";
import { defaultBounds, type Bounds } from "./bounds.ts";
import type { Versions } from "./yaml/block-reader.ts";
import { compose } from "./yaml/compose.ts";
import type { Composed } from "./yaml/composed.ts";
import { decodeFile } from "./text/decode.ts";
import { deployerRemark, unrendered } from "./deployers.ts";
import { documentText, fromFile, positionIn, type Document } from "./document.ts";
import { identify } from "./identity.ts";
import type { Interest } from "./interest.ts";
import { pointedTo } from "./lfs-pointer.ts";
import { Locator } from "./locator.ts";
import type { Diagnostic, Manifest, ManifestSet, SourceFile } from "./manifest.ts";
import { mayHold, mayMatter } from "./may-matter.ts";
import { splitDocuments } from "./text/split.ts";
import { quote } from "./quote.ts";
import { templateStyle } from "./templates/template.ts";
import { objectsIn } from "./unwrap.ts";
import { YamlError } from "./yaml/yaml-error.ts";

/** The documents of a file, in order. None is parsed yet. */
export function splitFile(file: SourceFile): readonly Document[] {
  const { text, isUtf8 } = decodeFile(file.bytes);
  return splitDocuments(text).map((piece) => ({
    ...piece,
    ...fromFile(file),
    isUtf8: isUtf8 || !piece.text.includes("\uFFFD"),
  }));
}

/** Whether a changed document is read: its text may hold an object of interest, or stands for a text that may. */
export const isToBeRead = (text: string, interest: Interest): boolean =>
  mayMatter(text, interest) || pointedTo(text) !== undefined;

/** The objects of interest in one document. Pass the same locator for all documents of a side. */
export function readDocument(
  document: Document,
  interest: Interest,
  bounds: Partial<Bounds> = {},
  locator = new Locator({ ...defaultBounds, ...bounds }),
  versions: Versions = {},
): ManifestSet {
  const all = { ...defaultBounds, ...bounds };
  const manifests: Manifest[] = [];
  const diagnostics: Diagnostic[] = [];
  const composed = composeDocument(document, interest, all, diagnostics, versions);
  if (composed === undefined) return { manifests, diagnostics };
  const objects = objectsIn(composed.value, interest);
  const remark = deployerRemark(composed.value);
  if (remark !== undefined)
    diagnostics.push({
      severity: "warning",
      code: unrendered,
      message: remark,
      ...at(positionIn(document, composed.start)),
      incomplete: true,
      hidesPools: true,
    });
  for (const found of objects) {
    const locate: Manifest["locate"] = (path) => locator.locate(document, [...found.path, ...path], composed);
    if ("problem" in found) {
      diagnostics.push({
        severity: "error",
        code: "bad-list",
        message: found.problem,
        ...at(locate([])),
        incomplete: true,
      });
      continue;
    }
    const identity = identify(found.value, interest);
    if (identity === undefined) continue;
    if ("code" in identity) {
      const { path, ...rest } = identity;
      const { kind } = found.value;
      const isReference = typeof kind === "string" && interest.kinds.has(kind) && !interest.judged.has(kind);
      const hidesPools = rest.incomplete && !isReference;
      diagnostics.push({ ...rest, ...at(locate(path)), ...(hidesPools ? { hidesPools } : {}) });
      continue;
    }
    const { row: _row, ...names } = identity;
    const { origin, place } = document;
    const application = [document.application, found.application].filter((one) => one !== undefined).join(": ");
    const object = {
      ...names,
      value: found.value,
      ...(place === undefined ? {} : { place }),
      ...(application === "" ? {} : { application }),
      ...(found.createdOnce === undefined ? {} : { createdOnce: found.createdOnce }),
    };
    if (origin !== undefined)
      manifests.push({ ...object, position: origin(object, []), locate: (path) => origin(object, path) });
    else
      manifests.push({
        ...object,
        position: found.path.length === 0 ? positionIn(document, composed.start) : locate([]),
        locate,
      });
  }
  if (manifests.length > 0) diagnostics.push(...warnings(document, composed, all));
  return { manifests, diagnostics };
}

/** All objects of interest in the files of one side. */
export function readManifests(
  files: readonly SourceFile[],
  interest: Interest,
  bounds: Partial<Bounds> = {},
): ManifestSet {
  const all = { ...defaultBounds, ...bounds };
  const locator = new Locator(all);
  const manifests: Manifest[] = [];
  const within = withinBounds(files, all);
  const diagnostics: Diagnostic[] = [...within.diagnostics];
  let documents = 0;
  for (const file of within.files) {
    const split = splitFile(file);
    documents += split.length;
    if (documents > all.documents) {
      diagnostics.push(beyond("too-many-documents", `the files hold more than ${all.documents} documents`, file.path));
      break;
    }
    for (const document of split) {
      if (!isToBeRead(document.text, interest)) continue;
      const read = readDocument(document, interest, all, locator);
      diagnostics.push(...read.diagnostics);
      manifests.push(...read.manifests);
    }
  }
  return { manifests, diagnostics };
}

function composeDocument(
  document: Document,
  interest: Interest,
  bounds: Bounds,
  diagnostics: Diagnostic[],
  versions: Versions,
): Composed | undefined {
  const refuse = (code: string, reason: string, line: number): void => {
    const kept = interest.rows.filter(({ role }) => role !== "ignored");
    const isElsewhere = code === "lfs-pointer";
    const incomplete = isElsewhere || mayHold(document.text, kept);
    // Templates of other things are no news to whoever keeps them.
    if (code === "template" && !incomplete) return;
    diagnostics.push({
      severity: incomplete ? "error" : "warning",
      code,
      message: `${reason}. Nothing of this document was read`,
      file: document.file,
      line,
      ...(incomplete
        ? {
            incomplete,
            hidesPools:
              isElsewhere ||
              mayHold(
                document.text,
                kept.filter(({ role }) => role === "judged"),
              ),
          }
        : {}),
    });
  };
  if (document.error !== undefined) {
    refuse("unreadable", `${document.error}; kubectl refuses the stream here, so correct it`, document.line);
    return undefined;
  }
  if (pointedTo(document.text) !== undefined) {
    refuse("lfs-pointer", "Git LFS holds the content of this file, which is not here; run git lfs pull", document.line);
    return undefined;
  }
  if (document.text.includes("\0")) {
    refuse("not-utf8", "this is UTF-16, encrypted or no text at all; save it as UTF-8", document.line);
    return undefined;
  }
  if (!document.isUtf8) {
    const { line } = positionIn(document, document.text.indexOf("\uFFFD"));
    refuse("not-utf8", "the text is not valid UTF-8; save it as UTF-8", line);
    return undefined;
  }
  if (document.text.length > bounds.documentLength) {
    refuse(
      "document-too-long",
      `the document is longer than ${bounds.documentLength} characters; split it`,
      document.line,
    );
    return undefined;
  }
  try {
    return compose(documentText(document), bounds, { ...versions, json: document.json === true });
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    // An error at the very end stands behind the last line.
    const last = positionIn(document, Math.max(0, document.text.length - 1)).line;
    const line = Math.min(document.line + error.line - 1, last);
    const mark = templateStyle(document.text);
    if (mark === undefined) refuse("unreadable", `not YAML that kubectl reads: ${error.reason}; correct it`, line);
    else
      refuse(
        "template",
        `this is a template (${mark}), not a manifest: ${error.reason}; render it first and give the result`,
        line,
      );
    return undefined;
  }
}

/** What is read, but surely not meant. */
function warnings(document: Document, { duplicates, ignoredFrom }: Composed, bounds: Bounds): readonly Diagnostic[] {
  const list: Diagnostic[] = duplicates.slice(0, bounds.duplicates).map(({ key, offset }) => ({
    severity: "warning",
    code: "duplicate-key",
    message: `the key ${quote(key)} stands twice in one mapping; the last one counts, so delete the other`,
    ...at(positionIn(document, offset)),
  }));
  const untold = duplicates[bounds.duplicates];
  if (untold !== undefined)
    list.push({
      severity: "warning",
      code: "duplicate-key",
      message: `${duplicates.length - bounds.duplicates} more keys of this document stand twice from here on; delete the others`,
      ...at(positionIn(document, untold.offset)),
    });
  if (ignoredFrom !== undefined)
    list.push({
      severity: "warning",
      code: "ignored-text",
      message:
        "kubectl does not read what stands behind the end of this document; begin the next one with a line of its own, ---",
      ...at(positionIn(document, ignoredFrom)),
    });
  return list;
}

function at(position: { readonly file: string; readonly line: number }): {
  readonly file: string;
  readonly line: number;
} {
  return { file: position.file, line: position.line };
}
