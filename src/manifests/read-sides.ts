import { bounds } from "./bounds.ts";
import { ContextIndex, type ContextSearch, isJudged, type UserQuery } from "./context-index.ts";
import { makingOf } from "./deployers.ts";
import { type Document, documentText } from "./document.ts";
import { changedEmbeddedTexts } from "./embedded-texts.ts";
import { beyond, withinBounds } from "./file-bounds.ts";
import type { Interest } from "./interest.ts";
import { Locator } from "./locator.ts";
import type { Diagnostic, Manifest, ManifestSet, PerSide, SideName, SourceFile } from "./manifest.ts";
import { makerWords } from "./named-files.ts";
import { changedOperators } from "./operators.ts";
import { dropEqual, earlierVersions, FilePlaces } from "./pair-documents.ts";
import { changedParameters, ParameterRemarks, type Parameters } from "./parameter-files.ts";
import { changedPrograms, withoutPrograms } from "./programs.ts";
import { readValue } from "./read-value.ts";
import { isToBeRead, readDocument } from "./read.ts";
import { sideNames } from "./side-names.ts";
import { Substitutions } from "./substitutions.ts";
import { unfilledUsers } from "./templates/unfilled.ts";
import { changedText } from "./text/changed-text.ts";
import { sizeOf } from "./text/parts.ts";
import { documentsIn, SharedText } from "./text/shared-text.ts";
import { unrenderedCode } from "./unrendered.ts";
import type { Versions } from "./yaml/block-reader.ts";
import { EarlierBlocks, KnownBlocks } from "./yaml/known-blocks.ts";
import { KnownTexts } from "./yaml/known-texts.ts";

/** How much there was to read. */
export interface ReadStatistics {
  /** Files and bytes of both sides. */
  readonly files: number;
  readonly bytes: number;
  /** Documents in text that differs between the sides. */
  readonly changed: number;
  /** Documents that were parsed: the changed ones that may matter, and the unchanged ones that they concern. */
  readonly parsed: number;
}

interface SidesRead {
  readonly base: ManifestSet;
  readonly head: ManifestSet;
  readonly statistics: ReadStatistics;
}

/**
 * Reads both sides of a change. Only what differs is parsed, and those unchanged documents that `search` asks for: the
 * cluster of a changed pool, the users of a changed object. An unchanged document gives the same manifest on both sides.
 */
export function readSides(
  base: readonly SourceFile[],
  head: readonly SourceFile[],
  interest: Interest,
  search: ContextSearch,
): SidesRead {
  const reader = new SideReader(interest);
  const all = { base: reader.within(base, "base"), head: reader.within(head, "head") };
  const within = withoutPrograms(all);
  reader.tell(changedPrograms(all, interest));
  const text = changedText(within.base, within.head);
  const documents = { base: text.base.flatMap(documentsIn), head: text.head.flatMap(documentsIn) };
  const places = new FilePlaces(within);
  const { base: onlyBase, head: onlyHead, both } = dropEqual(documents, places);
  const earlier = earlierVersions(onlyBase, onlyHead, places);
  reader.read(onlyBase, onlyHead, earlier);

  const context = new ContextIndex(interest, [
    ...both.map((document) => SharedText.ofDocument(document)),
    ...text.shared.map((stretch) => SharedText.ofStretch(stretch)),
  ]);
  const changed = { base: onlyBase, head: onlyHead, earlier };
  reader.tell(changedOperators(changed, interest));
  reader.tell(changedEmbeddedTexts(changed, interest, reader.texts));
  const parameters = changedParameters(changed);
  if (parameters.length > 0) reader.tellOfParameters(parameters, context.mentioning(makerWords));
  reader.tellOfSubstitutions(context);
  const asked = search.begin([...reader.found("base"), ...reader.found("head")]);
  const judged: UserQuery[] = [];
  for (let queries = asked; queries.length > 0;) {
    judged.push(...queries.filter(isJudged));
    queries = search.follow(reader.readShared(context.take(queries)));
  }
  reader.tellOfUsers(context.unfilled(judged), judged);
  return {
    base: reader.set("base"),
    head: reader.set("head"),
    statistics: {
      files: base.length + head.length,
      bytes: [...base, ...head].reduce((sum, file) => sum + sizeOf(file), 0),
      changed: documents.base.length + documents.head.length,
      parsed: reader.parsed,
    },
  };
}

/** An object that makes the same on both sides gets no diagnostic. */
const withoutRemark = (set: ManifestSet): ManifestSet => ({
  ...set,
  diagnostics: set.diagnostics.filter(({ code }) => code !== unrenderedCode),
});

class SideReader {
  parsed = 0;
  readonly texts = new KnownTexts();
  readonly #interest: Interest;
  readonly #locators: PerSide<Locator>;
  readonly #manifests = { base: [] as Manifest[], head: [] as Manifest[] };
  readonly #diagnostics = { base: [] as Diagnostic[], head: [] as Diagnostic[] };
  /** Unchanged documents that could not be read and were reported. */
  readonly #told = new Set<Document>();

  constructor(interest: Interest) {
    this.#interest = interest;
    this.#locators = { base: new Locator(), head: new Locator() };
  }

  found(side: SideName): readonly Manifest[] {
    return this.#manifests[side];
  }

  set(side: SideName): ManifestSet {
    return { manifests: this.#manifests[side], diagnostics: this.#diagnostics[side] };
  }

  /** The files that fit into the bounds; a diagnostic for those that do not. */
  within(files: readonly SourceFile[], side: SideName): readonly SourceFile[] {
    const within = withinBounds(files);
    this.#diagnostics[side].push(...within.diagnostics);
    return within.files;
  }

  tell(diagnostics: readonly Diagnostic[]): void {
    this.#diagnostics.head.push(...diagnostics);
  }

  /** Reads what differs; a document right after its earlier version, with which it has most in common. */
  read(base: readonly Document[], head: readonly Document[], earlier: ReadonlyMap<Document, Document>): void {
    const within = { base: this.#readable(base, "base"), head: this.#readable(head, "head") };
    const isRead = { base: new Set(within.base), head: new Set(within.head) };
    const read = new Map<Document, ManifestSet>();
    for (const [document, version] of earlier) {
      const [hasBefore, hasAfter] = [isRead.base.has(version), isRead.head.has(document)];
      const known = new KnownBlocks();
      const before = hasBefore ? this.#parse(version, "base", { known }) : undefined;
      const blocks = new EarlierBlocks(known, documentText(version), documentText(document));
      const after = hasAfter ? this.#parse(document, "head", hasBefore ? { earlier: blocks } : {}) : undefined;
      const makesTheSame = this.#makesTheSame([version, before], [document, after]);
      if (before !== undefined) read.set(version, makesTheSame ? withoutRemark(before) : before);
      if (after !== undefined) read.set(document, makesTheSame ? withoutRemark(after) : after);
    }
    for (const side of sideNames)
      for (const document of within[side]) this.#add(read.get(document) ?? this.#parse(document, side), [side]);
  }

  /**
   * Whether two versions of an object of a GitOps tool make the same, of which perhaps only one says that it makes what is
   * judged.
   */
  #makesTheSame(...versions: readonly (readonly [Document, ManifestSet | undefined])[]): boolean {
    if (versions.every(([, read]) => read?.making === undefined)) return false;
    const [before, after] = versions.map(([document, read]) => read?.making ?? makingOf(readValue(document) ?? null));
    return before === after;
  }

  /** Those documents that may matter, up to the bound; a diagnostic for those that are beyond it. */
  #readable(documents: readonly Document[], side: SideName): Document[] {
    const over = documents[bounds.documents];
    if (over !== undefined)
      this.#diagnostics[side].push(
        beyond("too-many-documents", `more than ${bounds.documents} documents changed`, over.file),
      );
    return documents.slice(0, bounds.documents).filter(({ text }) => isToBeRead(text, this.#interest));
  }

  /** Reads unchanged documents; their manifests count on both sides, and a defect in them is said once. */
  readShared(documents: readonly Document[]): Manifest[] {
    return documents.flatMap((document) => {
      const read = this.#parse(document, "head");
      if (read.diagnostics.some(({ incomplete }) => incomplete === true)) this.#told.add(document);
      // What did not change hides no effect of the change.
      this.#add(withoutRemark(read), sideNames);
      return [...read.manifests];
    });
  }

  /** Reports changed parameters that pools are made from, unless their files are already reported as unreadable. */
  tellOfParameters(parameters: readonly Parameters[], makers: readonly Document[]): void {
    const hidden = new Set(
      this.#diagnostics.head.flatMap(({ file, hidesPools }) => (hidesPools === true ? (file ?? []) : [])),
    );
    const untold = parameters.filter(({ document }) => !hidden.has(document.file));
    const remarks = new ParameterRemarks(this.#interest);
    this.tell(remarks.of(untold, makers));
    this.parsed += remarks.parsed;
  }

  /** Reports unchanged documents into which changed settings are substituted. */
  tellOfSubstitutions(unchanged: ContextIndex): void {
    const { base, head } = this.#manifests;
    const substitutions = new Substitutions(base, head, this.#interest);
    this.tell(substitutions.of(unchanged));
    this.parsed += substitutions.parsed;
  }

  /** Reports unchanged templates that may use what changed, unless they are already reported. */
  tellOfUsers(documents: readonly Document[], queries: readonly UserQuery[]): void {
    const unread = documents.filter((document) => !this.#told.has(document));
    this.parsed += unread.length;
    this.#diagnostics.head.push(...unfilledUsers(unread, queries, this.#interest));
  }

  #parse(document: Document, side: SideName, versions: Versions = {}): ManifestSet {
    this.parsed += 1;
    return readDocument(document, this.#interest, this.#locators[side], { ...versions, texts: this.texts });
  }

  #add(set: ManifestSet, sides: readonly SideName[]): void {
    this.#diagnostics[sides.at(-1) ?? "head"].push(...set.diagnostics);
    for (const side of sides) this.#manifests[side].push(...set.manifests);
  }
}
