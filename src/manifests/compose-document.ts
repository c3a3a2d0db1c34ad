import { bounds } from "./bounds.ts";
import { documentText, positionIn, type Document } from "./document.ts";
import { type Interest, isReference, usersOf } from "./interest.ts";
import { pointedTo } from "./lfs-pointer.ts";
import type { Diagnostic } from "./manifest.ts";
import { mayHold } from "./may-matter.ts";
import { isSomethingElse } from "./templates/something-else.ts";
import { templateStyle } from "./templates/template.ts";
import type { Versions } from "./yaml/block-reader.ts";
import { compose } from "./yaml/compose.ts";
import type { Composed } from "./yaml/composed.ts";
import { YamlError } from "./yaml/yaml-error.ts";

/** Why nothing of a document is read. */
interface Refusal {
  readonly code: string;
  readonly reason: string;
  readonly line: number;
}

/** What a document says, or why nothing of it is read. */
export function composeDocument(document: Document, versions: Versions): Composed | Refusal {
  const refusal = refusalOf(document);
  if (refusal !== undefined) return refusal;
  try {
    return compose(documentText(document), { ...versions, json: document.json === true });
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    return notYaml(document, error);
  }
}

/** Why a document is not even parsed. */
function refusalOf(document: Document): Refusal | undefined {
  const { isUtf8, text, error, line } = document;
  if (error !== undefined)
    return { code: "unreadable", reason: `${error}; kubectl refuses the stream here, so correct it`, line };
  if (pointedTo(text) !== undefined)
    return {
      code: "lfs-pointer",
      reason: "Git LFS holds the content of this file, which is not here; run git lfs pull",
      line,
    };
  if (text.includes("\0"))
    return { code: "not-utf8", reason: "this is UTF-16, encrypted or not text at all; save it as UTF-8", line };
  if (!isUtf8) {
    const broken = positionIn(document, text.indexOf("\uFFFD")).line;
    return { code: "not-utf8", reason: "the text is not valid UTF-8; save it as UTF-8", line: broken };
  }
  if (text.length > bounds.documentLength)
    return {
      code: "document-too-long",
      reason: `the document is longer than ${bounds.documentLength} characters; split it`,
      line,
    };
  return undefined;
}

function notYaml(document: Document, error: YamlError): Refusal {
  // An error at the very end is after the last line.
  const last = positionIn(document, Math.max(0, document.text.length - 1)).line;
  const line = Math.min(document.line + error.line - 1, last);
  const mark = templateStyle(document.text);
  return mark === undefined
    ? { code: "unreadable", reason: `not YAML that kubectl reads: ${error.reason}; correct it`, line }
    : {
        code: "template",
        reason: `this is a template (${mark}), not a manifest: ${error.reason}; render it first and give the result`,
        line,
      };
}

/** The diagnostics for a document that is not read: an error where it may hold an object of interest. */
export function saidOfRefusal(document: Document, { code, reason, line }: Refusal, interest: Interest): Diagnostic[] {
  const { file, text } = document;
  const { rows } = interest;
  const message = `${reason}. Nothing of this document was read`;
  const kept = rows.filter(({ role }) => role !== "ignored");
  const isElsewhere = code === "lfs-pointer";
  if (!isElsewhere && !mayHold(text, kept))
    // A template of something else is not worth a warning.
    return code === "template" ? [] : [{ severity: "warning", code, message, file, line }];
  if (code === "template" && isSomethingElse(document, interest)) return [];
  const error = { severity: "error", code, message, file, line, incomplete: true } as const;
  const judged = kept.filter(({ role }) => role === "judged");
  if (isElsewhere || mayHold(text, judged)) return [{ ...error, hidesPools: true }];
  const held = kept.filter((row) => mayHold(text, [row]));
  return [held.every(isReference) ? { ...error, users: usersOf(held) } : error];
}
