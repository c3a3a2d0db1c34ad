import type { Document } from "./document.ts";

/**
 * Documents with the same text on both sides pair off, wherever they stand: moving one is no change. Not so between two
 * applications, which may be two clusters.
 */
export function dropEqual(base: readonly Document[], head: readonly Document[]) {
  const byText = new Map<string | undefined, Map<string, Document[]>>();
  for (const document of base) {
    const { application, text } = document;
    const texts = byText.get(application) ?? new Map<string, Document[]>();
    byText.set(application, texts);
    const twins = texts.get(text);
    if (twins === undefined) texts.set(text, [document]);
    else twins.push(document);
  }
  const both: Document[] = [];
  const onlyHead = head.filter((document) => {
    const isShared = byText.get(document.application)?.get(document.text)?.pop() !== undefined;
    if (isShared) both.push(document);
    return !isShared;
  });
  return { base: [...byText.values()].flatMap((texts) => [...texts.values()].flat()), head: onlyHead, both };
}

/**
 * The earlier version of each document, as far as that can be told before they are read: the one at the same place among
 * those of its file that differ.
 */
export function earlierVersions(
  base: readonly Document[],
  head: readonly Document[],
  isOneFile: boolean,
): ReadonlyMap<Document, Document> {
  const placeOf = ({ application, file }: Document): string => (isOneFile ? "" : `${application ?? ""}\n${file}`);
  const byPlace = new Map<string, Document[]>();
  // From the last on, so that the first is the next to be taken.
  for (const document of base.toReversed()) {
    const there = byPlace.get(placeOf(document));
    if (there === undefined) byPlace.set(placeOf(document), [document]);
    else there.push(document);
  }
  const earlier = new Map<Document, Document>();
  for (const document of head) {
    const version = byPlace.get(placeOf(document))?.pop();
    if (version !== undefined) earlier.set(document, version);
  }
  return earlier;
}
