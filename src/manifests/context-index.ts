import type { Document } from "./document.ts";
import type { Interest } from "./interest.ts";
import type { Manifest } from "./manifest.ts";
import { mayMatter } from "./may-matter.ts";

/** Asks for the unchanged documents of these kinds that name `name` anywhere, as their own or as another's. */
export interface ContextQuery {
  readonly kinds: readonly string[];
  readonly namespace: string | undefined;
  readonly name: string;
}

/** Says which unchanged objects a verdict needs. */
export interface ContextSearch {
  /** What the changed objects concern. */
  readonly begin: (changed: readonly Manifest[]) => readonly ContextQuery[];
  /** What the unchanged objects that were found concern in turn; asked until it asks for nothing new. */
  readonly follow: (found: readonly Manifest[]) => readonly ContextQuery[];
}

/** Values behind keys that end in `name`, the only way in which manifests name objects. */
const named = /[nN]ame["']?[ \t]*:[ \t]*["']?([A-Za-z0-9][A-Za-z0-9.-]*)/g;
/** A name or namespace written so that its letters may not stand behind the key: alias, block scalar, next line, tag, escape. */
const indirect =
  /(?:[nN]ame|[nN]amespace)["']?[ \t]*:[ \t]*(?:["']?\\|[&*!>|]|\r?$)|<<["']?[ \t]*:|\\[xuU]|^[ \t]*\?[ \t]/m;
/** Letters that stand for others, so that a kind may not stand in the text. */
const escaped = /\\[xuU]/;
const inNamespace = /namespace["']?[ \t]*:[ \t]*["']?([A-Za-z0-9][A-Za-z0-9.-]*)/g;

/** Unchanged documents by the names in their text, made when it is first asked. Each document is handed out once. */
export class ContextIndex {
  readonly #interest: Interest;
  readonly #documents: () => readonly Document[];
  #byName: Map<string, Set<Document>> | undefined;
  /** Documents whose names cannot be told from their text: every question gets them. */
  readonly #indirect = new Set<Document>();
  readonly #taken = new Set<Document>();
  readonly #asked = new Set<string>();

  constructor(interest: Interest, documents: () => readonly Document[]) {
    this.#interest = interest;
    this.#documents = documents;
  }

  take(queries: readonly ContextQuery[]): Document[] {
    const found = new Set<Document>();
    for (const query of queries) {
      const key = JSON.stringify([query.kinds, query.namespace, query.name]);
      if (this.#asked.has(key)) continue;
      this.#asked.add(key);
      for (const document of this.#candidates(query)) if (!this.#taken.has(document)) found.add(document);
    }
    for (const document of found) this.#taken.add(document);
    return [...found];
  }

  *#candidates({ kinds, namespace, name }: ContextQuery): Generator<Document> {
    const byName = (this.#byName ??= this.#build());
    for (const documents of [this.#indirect, byName.get(keyOf(namespace, name)) ?? []])
      for (const document of documents)
        if (escaped.test(document.text) || kinds.some((kind) => document.text.includes(kind))) yield document;
  }

  #build(): Map<string, Set<Document>> {
    const byName = new Map<string, Set<Document>>();
    for (const document of this.#documents()) {
      if (!mayMatter(document.text, this.#interest)) continue;
      if (indirect.test(document.text) || document.error !== undefined) {
        this.#indirect.add(document);
        continue;
      }
      const namespaces = new Set([...document.text.matchAll(inNamespace)].map((match) => match[1]));
      // A list may hold objects with a namespace and objects without.
      for (const namespace of [undefined, ...namespaces])
        for (const match of document.text.matchAll(named)) {
          const key = keyOf(namespace, match[1] ?? "");
          const set = byName.get(key);
          if (set === undefined) byName.set(key, new Set([document]));
          else set.add(document);
        }
    }
    return byName;
  }
}

const keyOf = (namespace: string | undefined, name: string): string => `${namespace ?? ""}/${name}`;
