import { type Piece, splitDocuments } from "./split.ts";

/** A stream with other texts in the place of some documents; those for which nothing is given stay, as does all between them. */
export function replaceDocuments(
  text: string,
  replacementOf: (document: Piece, index: number) => string | undefined,
): string {
  let done = "";
  let at = 0;
  for (const [index, document] of splitDocuments(text).entries()) {
    const replacement = replacementOf(document, index);
    if (replacement === undefined) continue;
    done += text.slice(at, document.offset) + replacement;
    at = document.offset + document.text.length;
  }
  return done + text.slice(at);
}

/** The empty lines that take the place of a document which is taken out, so that the others keep their places. */
export const emptyLinesOf = ({ text }: Piece): string => text.replaceAll(/[^\n]+/g, "");
