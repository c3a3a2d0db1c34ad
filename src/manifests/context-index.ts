import type { Document } from "./document.ts";
import type { Interest } from "./interest.ts";
import type { Manifest } from "./manifest.ts";
import { mayMatter } from "./may-matter.ts";
import { isUnfilled } from "./templates/template.ts";
import { searchFor, searchForPairs } from "./text/find-words.ts";
import type { DocumentSearch, SharedText } from "./text/shared-text.ts";
import { isNamedIndirectly, isSpelled, writtenNames } from "./written-names.ts";

/** Asks for the unchanged documents of these kinds that contain `name`, as their own name or another's. */
export interface ContextQuery {
  readonly kinds: readonly string[];
  readonly namespace: string | undefined;
  readonly name: string;
  /** Set when those that answer are judged by what is asked for: then none may be passed over in silence. */
  readonly users?: Users;
}

/** How others name an object. */
export interface Users {
  readonly kind: string;
  /** The object, as messages name it. */
  readonly title: string;
  /** Where objects of a kind name it: keys from the root of the object, `*` for any item. */
  readonly paths: Readonly<Record<string, readonly (readonly string[])[]>>;
}

export type UserQuery = ContextQuery & Required<Pick<ContextQuery, "users">>;
export const isJudged = (query: ContextQuery): query is UserQuery => query.users !== undefined;

/** Says which unchanged objects a verdict needs. */
export interface ContextSearch {
  /** What the changed objects concern. */
  readonly begin: (changed: readonly Manifest[]) => readonly ContextQuery[];
  /** What the unchanged objects that were found concern in turn; asked until it asks for nothing new. */
  readonly follow: (found: readonly Manifest[]) => readonly ContextQuery[];
}

const inNamespace = /namespace["']?[ \t]*:[ \t]*["']?([^\s"',:{}[\]]+)/g;
/** What stands under other keys than where it is written. */
const merged = /<<["']?[ \t]*:/;
const backslash = 0x5c;
const behindBackslash: ReadonlySet<number> = new Set([..."xuU\r\n"].map((letter) => letter.charCodeAt(0)));

const exclamationMark = 0x21;
const behindExclamationMark: ReadonlySet<number> = new Set([..."!<"].map((letter) => letter.charCodeAt(0)));

const dollar = 0x24;
const behindDollar: ReadonlySet<number> = new Set([0x7b]);

/** What the text of a document says without being parsed. */
interface Facts {
  readonly isIndirect: boolean;
  readonly names: ReadonlySet<string>;
  readonly namespaces: ReadonlySet<string>;
}

/**
 * Finds unchanged documents by what is in them: the text is searched for the words that are asked for, and only documents
 * that hold one are looked at. Each document is handed out once.
 */
export class ContextIndex {
  readonly #interest: Interest;
  readonly #texts: readonly SharedText[];
  readonly #byWord = new Map<string, Set<Document>>();
  readonly #facts = new Map<Document, Facts | undefined>();
  readonly #taken = new Set<Document>();
  readonly #asked = new Set<string>();
  /** Documents that may hold what stands for other letters. */
  #spelled: Set<Document> | undefined;

  constructor(interest: Interest, texts: readonly SharedText[]) {
    this.#interest = interest;
    this.#texts = texts;
  }

  take(queries: readonly ContextQuery[]): Document[] {
    const unasked = queries.filter((query) => {
      const key = JSON.stringify([query.kinds, query.namespace, query.name]);
      return !this.#asked.has(key) && this.#asked.add(key);
    });
    this.#search(unasked.map(({ name }) => name));
    const found = new Set<Document>();
    for (const query of unasked)
      for (const documents of [this.#byWord.get(query.name) ?? [], this.#spelled ?? []])
        for (const document of documents)
          if (!this.#taken.has(document) && this.#mayAnswer(document, query)) found.add(document);
    for (const document of found) this.#taken.add(document);
    return [...found];
  }

  /**
   * Documents of the kinds that answer, whose names are still to be filled in; with them those of their folders that make what
   * is asked for.
   */
  unfilled(queries: readonly UserQuery[]): Document[] {
    const users = this.#ofKinds(queries.flatMap(({ kinds }) => kinds));
    if (users.length === 0) return [];
    const folders = new Set(users.map(folderOf));
    const made = this.#ofKinds(queries.map((query) => query.users.kind)).filter((one) => folders.has(folderOf(one)));
    return [...new Set([...users, ...made])];
  }

  /** Documents that contain one of the words. */
  mentioning(words: readonly string[]): Document[] {
    this.#search(words);
    return [...new Set(words.flatMap((word) => [...(this.#byWord.get(word) ?? [])]))];
  }

  /** Documents that contain `${`. */
  withVariables(): Document[] {
    const documents = new Set<Document>();
    const found = (document: Document): void => void documents.add(document);
    const search = { search: searchForPairs(dollar, behindDollar), found };
    for (const text of this.#texts) text.search([search]);
    return [...documents];
  }

  #ofKinds(kinds: readonly string[]): Document[] {
    const words = [...new Set(kinds)].flatMap((kind) => [kind, `${kind}List`]);
    return this.mentioning(words).filter(
      (document) => isUnfilled(document.text) && mayMatter(document.text, this.#interest),
    );
  }

  #search(words: readonly string[]): void {
    const unknown = [...new Set(words)].filter((word) => !this.#byWord.has(word));
    if (unknown.length === 0) return;
    for (const word of unknown) this.#byWord.set(word, new Set());
    const searches: DocumentSearch[] = [
      {
        search: searchFor(unknown),
        found: (document, word) => {
          if (document.text.includes(word)) this.#byWord.get(word)?.add(document);
        },
      },
    ];
    if (this.#spelled === undefined) searches.push(...spelledSearches((this.#spelled = new Set())));
    for (const text of this.#texts) text.search(searches);
  }

  #mayAnswer(document: Document, { kinds, namespace, name }: ContextQuery): boolean {
    const { text } = document;
    const isOpen = isSpelled(text);
    if (!isOpen && !kinds.some((kind) => text.includes(kind))) return false;
    const facts = this.#factsOf(document);
    if (facts === undefined) return false;
    if (isOpen || facts.isIndirect) return true;
    // A list may hold objects with a namespace and objects without.
    return facts.names.has(name) && (namespace === undefined || facts.namespaces.has(namespace));
  }

  /** Undefined when no object of interest can be in the document. */
  #factsOf(document: Document): Facts | undefined {
    if (this.#facts.has(document)) return this.#facts.get(document);
    const { text, error } = document;
    const facts = mayMatter(text, this.#interest)
      ? {
          isIndirect: error !== undefined || isNamedIndirectly(text) || merged.test(text),
          names: new Set(writtenNames(text)),
          namespaces: new Set([...text.matchAll(inNamespace)].map((match) => match[1] ?? "")),
        }
      : undefined;
    this.#facts.set(document, facts);
    return facts;
  }
}

function spelledSearches(documents: Set<Document>): DocumentSearch[] {
  const found = (document: Document): void => {
    if (isSpelled(document.text)) documents.add(document);
  };
  return [
    { search: searchForPairs(backslash, behindBackslash), found },
    { search: searchForPairs(exclamationMark, behindExclamationMark), found },
  ];
}

const folderOf = ({ application = "", file }: Document): string =>
  `${application}\n${file.slice(0, file.lastIndexOf("/") + 1)}`;
