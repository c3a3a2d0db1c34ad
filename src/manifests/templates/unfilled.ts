import type { UserQuery } from "../context-index.ts";
import { type Document, positionIn } from "../document.ts";
import { groupOf } from "../identity.ts";
import type { Interest } from "../interest.ts";
import { isList } from "../json-list.ts";
import { isObject } from "../json-object.ts";
import { Locator } from "../locator.ts";
import type { Diagnostic, Json, JsonObject, ValuePath } from "../manifest.ts";
import { quote } from "../quote.ts";
import { objectsIn } from "../unwrap.ts";
import { type Sketch, sketchOf } from "./sketch.ts";
import { mayBecome, placeholderIn, templateMark, valuesOf } from "./template.ts";

const identifying = ["apiVersion", "items", "kind", "metadata", "name", "namespace"] as const;
const inNamespace = /namespace["']?[ \t]*:[ \t]*(\S.*)/g;

/**
 * Says of unchanged documents that are still to be filled in which of them may use what changed. What they make is not
 * known here, so a verdict that is silent about them would say too much. Those whose names, namespaces or kinds show that
 * they cannot be meant are passed over, and so are those that name what a template beside them makes.
 */
export function unfilledUsers(
  documents: readonly Document[],
  queries: readonly UserQuery[],
  interest: Interest,
): Diagnostic[] {
  const counts = keysOf(queries);
  const found = documents.map((document) => new Unfilled(document, interest, counts));
  const made = new Set(found.flatMap((one) => one.made()));
  return found.flatMap((one) => {
    for (const query of queries) {
      const diagnostic = one.mayUse(query, made);
      if (diagnostic !== undefined) return [diagnostic];
    }
    return [];
  });
}

/** The keys by which objects are found and name others: what branches of a template write below any other does not matter. */
function keysOf(queries: readonly UserQuery[]): (key: string) => boolean {
  const paths = queries.flatMap(({ users }) => Object.values(users.paths).flat());
  const keys = new Set([...identifying, ...paths.flat()]);
  return (key) => keys.has(key) || templateMark(key) !== undefined;
}

class Unfilled {
  readonly #document: Document;
  readonly #interest: Interest;
  readonly #locator: Locator;
  readonly #sketch: Sketch | undefined;
  readonly #objects: readonly { readonly value: JsonObject; readonly path: ValuePath }[];

  constructor(document: Document, interest: Interest, counts: (key: string) => boolean) {
    this.#document = document;
    this.#interest = interest;
    this.#locator = new Locator();
    this.#sketch = sketchOf(document, counts);
    this.#objects = (this.#sketch === undefined ? [] : objectsIn(this.#sketch.value, interest)).flatMap((one) =>
      "problem" in one ? [] : [one],
    );
  }

  /** The objects that it makes, under names that are still to be filled in. */
  made(): string[] {
    return this.#objects.flatMap(({ value: { kind, metadata } }) => {
      const name = isObject(metadata) ? metadata["name"] : undefined;
      return typeof kind === "string" && typeof name === "string" ? [this.#keyOf(kind, name)] : [];
    });
  }

  mayUse(query: UserQuery, made: ReadonlySet<string>): Diagnostic | undefined {
    if (this.#sketch === undefined) return this.#mayHide(query);
    for (const { value, path } of this.#objects)
      for (const { kind, at, text } of this.#namesIn(value, query)) {
        if (made.has(this.#keyOf(query.users.kind, text))) continue;
        const position = this.#locator.locate(this.#sketch.document, [...path, ...at]);
        return mayBeUser(query, kind, `: ${at.join(".") || "it"} is ${quote(text)}`, position);
      }
    return undefined;
  }

  #keyOf(kind: string, name: string): string {
    const { file, application = "" } = this.#document;
    return JSON.stringify([application, file.slice(0, file.lastIndexOf("/") + 1), kind, name]);
  }

  *#namesIn(value: JsonObject, { kinds, namespace = "", name, users }: UserQuery) {
    const { kind, apiVersion, metadata } = value;
    if (typeof kind !== "string" || !kinds.includes(kind)) return;
    if (typeof apiVersion === "string" && templateMark(apiVersion) === undefined)
      if (this.#interest.find(groupOf(apiVersion), kind)?.role !== "judged") return;
    const own = isObject(metadata) ? metadata["namespace"] : undefined;
    // A template without a namespace gets one when it is filled in and applied.
    if (typeof own === "string" && own !== "" && !mayBecome(own, namespace)) return;
    for (const path of users.paths[kind] ?? [])
      for (const found of unreadAt(value, path, [])) if (mayBecome(found.text, name)) yield { kind, ...found };
  }

  /** A template that is not YAML before it is filled in can only be searched by its lines. */
  #mayHide(query: UserQuery): Diagnostic | undefined {
    const { text } = this.#document;
    const kind = query.kinds.find((one) => text.includes(one));
    if (kind === undefined) return undefined;
    const namespaces = valuesOf(text, inNamespace);
    if (namespaces.length > 0 && !namespaces.some((one) => mayBecome(one, query.namespace ?? ""))) return undefined;
    return mayBeUser(query, kind, "", positionIn(this.#document, 0));
  }
}

/** A text that is still to be filled in, in the place of a name or of something around it. */
interface Unread {
  readonly at: ValuePath;
  readonly text: string;
}

function* unreadAt(value: Json | undefined, path: readonly string[], at: ValuePath): Generator<Unread> {
  const [segment, ...rest] = path;
  if (typeof value === "string") {
    if (segment === undefined ? placeholderIn(value) !== undefined : templateMark(value) !== undefined)
      yield { at, text: value };
  } else if (isList(value)) {
    if (segment === "*") for (const [index, item] of value.entries()) yield* unreadAt(item, rest, [...at, index]);
  } else if (isObject(value) && segment !== undefined) {
    if (Object.hasOwn(value, segment)) yield* unreadAt(value[segment], rest, [...at, segment]);
    // A mark in the place of a key may write this one.
    else for (const key of Object.keys(value)) if (templateMark(key) !== undefined) yield { at, text: key };
  }
}

const mayBeUser = (
  { users }: UserQuery,
  kind: string,
  shown: string,
  { file, line }: { readonly file: string; readonly line: number },
): Diagnostic => ({
  severity: "warning",
  code: "template",
  message: `this ${kind} did not change, but is a template that may use the changed ${users.title}${shown}. Render it first and give the result`,
  file,
  line,
  incomplete: true,
});
