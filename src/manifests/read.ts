import { bounds } from "./bounds.ts";
import { composeDocument, saidOfRefusal } from "./compose-document.ts";
import { deployerRemark, makingOf } from "./deployers.ts";
import { documentOf, positionIn, type Document } from "./document.ts";
import { beyond, withinBounds } from "./file-bounds.ts";
import { identify, type Identity } from "./identity.ts";
import { type Interest, type InterestRow, isReference, usersOf } from "./interest.ts";
import { pointedTo } from "./lfs-pointer.ts";
import { Locator } from "./locator.ts";
import type { Diagnostic, Manifest, ManifestSet, Position, SourceFile } from "./manifest.ts";
import { mayMatter } from "./may-matter.ts";
import { quote } from "./quote.ts";
import { decodeFile } from "./text/decode.ts";
import { splitDocuments } from "./text/split.ts";
import { unrendered } from "./unrendered.ts";
import { type Found, objectsIn } from "./unwrap.ts";
import type { Versions } from "./yaml/block-reader.ts";
import type { Composed } from "./yaml/composed.ts";

/** The documents of a file, in order. None is parsed yet. */
export function splitFile(file: SourceFile): readonly Document[] {
  const { text, isUtf8 } = decodeFile(file.bytes);
  return splitDocuments(text).map((piece) => documentOf(file, piece, isUtf8));
}

/** Whether a changed document is read: its text may hold an object of interest, or stands for a text that may. */
export const isToBeRead = (text: string, interest: Interest): boolean =>
  mayMatter(text, interest) || pointedTo(text) !== undefined;

/** The objects of interest in one document. Pass the same locator for all documents of a side. */
export function readDocument(
  document: Document,
  interest: Interest,
  locator = new Locator(),
  versions: Versions = {},
): ManifestSet {
  const composed = composeDocument(document, versions);
  if ("reason" in composed) return { manifests: [], diagnostics: saidOfRefusal(document, composed, interest) };
  const manifests: Manifest[] = [];
  const diagnostics: Diagnostic[] = [];
  const remark = deployerRemark(composed.value);
  if (remark !== undefined) diagnostics.push(unrendered(remark, positionIn(document, composed.start)));
  for (const found of objectsIn(composed.value, interest)) {
    const locate: Manifest["locate"] = (path) => locator.locate(document, [...found.path, ...path], composed);
    if ("problem" in found) {
      const message = found.problem;
      diagnostics.push({ severity: "error", code: "bad-list", message, ...at(locate([])), incomplete: true });
      continue;
    }
    const identity = identify(found.value, interest);
    if (identity === undefined) continue;
    if ("code" in identity) {
      const { path, ...rest } = identity;
      const rows = interest.rows.filter(({ kind }) => kind === found.value["kind"]);
      diagnostics.push({ ...rest, ...at(locate(path)), ...(rest.incomplete ? hiddenWith(rows) : {}) });
      continue;
    }
    const position = found.path.length === 0 ? positionIn(document, composed.start) : locate([]);
    manifests.push(manifestOf(document, found, identity, { position, locate }));
  }
  if (manifests.length > 0) diagnostics.push(...warnings(document, composed));
  return { manifests, diagnostics, ...(remark === undefined ? {} : { making: makingOf(composed.value) }) };
}

/** What is hidden where an object of these kinds has no identity; there are none for a kind that cannot be told. */
function hiddenWith(rows: readonly InterestRow[]): Pick<Diagnostic, "hidesPools" | "users"> {
  if (rows.length === 0 || rows.some(({ role }) => role === "judged")) return { hidesPools: true };
  return rows.every(isReference) ? { users: usersOf(rows) } : {};
}

function manifestOf(
  { application: around, origin, place }: Document,
  { value, application: inside, createdOnce, delivery }: Exclude<Found, { readonly problem: string }>,
  { row: _row, ...names }: Identity,
  places: Pick<Manifest, "position" | "locate">,
): Manifest {
  const application = [around, inside].filter((one) => one !== undefined).join(": ");
  const object = {
    ...names,
    value,
    ...(place === undefined ? {} : { place }),
    ...(application === "" ? {} : { application }),
    ...(createdOnce === undefined ? {} : { createdOnce }),
    ...(delivery === undefined ? {} : { delivery }),
  };
  if (origin === undefined) return { ...object, ...places };
  return { ...object, position: origin(object, []), locate: (path) => origin(object, path) };
}

/** All objects of interest in the files of one side. */
export function readManifests(files: readonly SourceFile[], interest: Interest): ManifestSet {
  const locator = new Locator();
  const manifests: Manifest[] = [];
  const within = withinBounds(files);
  const diagnostics: Diagnostic[] = [...within.diagnostics];
  let documents = 0;
  for (const file of within.files) {
    const split = splitFile(file);
    documents += split.length;
    if (documents > bounds.documents) {
      diagnostics.push(
        beyond("too-many-documents", `the files hold more than ${bounds.documents} documents`, file.path),
      );
      break;
    }
    for (const document of split) {
      if (!isToBeRead(document.text, interest)) continue;
      const read = readDocument(document, interest, locator);
      diagnostics.push(...read.diagnostics);
      manifests.push(...read.manifests);
    }
  }
  return { manifests, diagnostics };
}

/** Warnings about what is valid, but hardly meant. */
function warnings(document: Document, { duplicates, ignoredFrom }: Composed): readonly Diagnostic[] {
  const list: Diagnostic[] = duplicates.slice(0, bounds.duplicates).map(({ key, offset }) => ({
    severity: "warning",
    code: "duplicate-key",
    message: `the key ${quote(key)} appears twice in one mapping; the last one counts, so delete the other`,
    ...at(positionIn(document, offset)),
  }));
  const untold = duplicates[bounds.duplicates];
  if (untold !== undefined)
    list.push({
      severity: "warning",
      code: "duplicate-key",
      message: `${duplicates.length - bounds.duplicates} more keys of this document appear twice from here on; delete the others`,
      ...at(positionIn(document, untold.offset)),
    });
  if (ignoredFrom !== undefined)
    list.push({
      severity: "warning",
      code: "ignored-text",
      message:
        "kubectl does not read what follows the end of this document; begin the next one with --- on a line of its own",
      ...at(positionIn(document, ignoredFrom)),
    });
  return list;
}

const at = ({ file, line }: Position): Pick<Position, "file" | "line"> => ({ file, line });
