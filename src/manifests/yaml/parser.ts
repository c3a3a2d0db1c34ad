import { bounds } from "../bounds.ts";
import type { MappingNode, Node, ScalarNode, SequenceNode } from "./nodes.ts";
import { Scanner } from "./scanner.ts";
import { TagHandles } from "./tag-handles.ts";
import type { Token } from "./tokens.ts";

const isAnyOf = (token: Token, ...kinds: readonly Token["kind"][]): boolean => kinds.includes(token.kind);
const nothing: ScalarNode = { kind: "scalar", text: "", tag: "", isPlain: true, start: -1 };

/** What is before a node. */
interface Properties {
  readonly anchor: string | undefined;
  readonly tag: string | undefined;
}

/** A document, and where text begins after it that is not read. */
interface ParsedDocument {
  /** Undefined for a text without a document. */
  readonly root: Node | undefined;
  readonly end: number;
}

/** Reads the first document of a text as go-yaml v2 does (`parserc.go`), and nothing after it. */
export function parseDocument(text: string): ParsedDocument {
  return new Parser(text).document();
}

class Parser {
  readonly #scanner: Scanner;
  readonly #anchors = new Map<string, Node>();
  readonly #handles: TagHandles;
  #depth = 0;

  constructor(text: string) {
    this.#scanner = new Scanner(text);
    this.#handles = new TagHandles(this.#scanner.cursor);
  }

  document(): ParsedDocument {
    const root = this.#root();
    // Even the token after the document is read, and refused where it is none.
    return { root, end: this.#peek().start };
  }

  #root(): Node | undefined {
    let token = this.#peek();
    if (token.kind === "stream-end") return undefined;
    if (!isAnyOf(token, "directive", "document-start")) return this.#node(true, false);
    for (; token.kind === "directive"; token = this.#next()) this.#handles.declare(token.directive, token.start);
    if (token.kind !== "document-start") this.#fail("--- must follow the directives", token);
    token = this.#next();
    if (isAnyOf(token, "directive", "document-start", "document-end", "stream-end")) return nothing;
    return this.#node(true, false);
  }

  #peek(): Token {
    return this.#scanner.peek();
  }

  /** Takes a token, and returns the next. */
  #next(): Token {
    this.#scanner.skip();
    return this.#scanner.peek();
  }

  #fail(reason: string, token: Token): never {
    this.#scanner.cursor.fail(reason, token.start);
  }

  #node(isBlock: boolean, mayBeUnindented: boolean): Node {
    const first = this.#peek();
    if (first.kind === "alias") {
      this.#scanner.skip();
      const { name, start } = first;
      return {
        kind: "alias",
        name,
        // Not by its name: a password that begins with * and lacks its quotes is read as an alias.
        target: this.#anchors.get(name) ?? this.#fail("no anchor stands before this alias", first),
        start,
      };
    }
    const properties = this.#properties();
    const token = this.#peek();
    switch (token.kind) {
      case "scalar": {
        this.#scanner.skip();
        const { tag = "" } = properties;
        const isPlain = tag === "!" || (tag === "" && token.isPlain);
        return this.#named(properties, { kind: "scalar", text: token.text, tag, isPlain, start: token.textStart });
      }
      case "flow-sequence-start":
        return this.#flowSequence(token, properties);
      case "flow-mapping-start":
        return this.#flowMapping(token, properties);
      case "block-sequence-start":
        if (isBlock) return this.#blockSequence(token, properties);
        break;
      case "block-mapping-start":
        if (isBlock) return this.#blockMapping(token, properties);
        break;
      case "block-entry":
        if (mayBeUnindented) return this.#unindentedSequence(token, properties);
        break;
      default:
    }
    const { anchor, tag } = properties;
    if (anchor === undefined && tag === undefined) this.#fail("a value is expected here", token);
    return this.#named(properties, { ...nothing, tag: tag ?? "", isPlain: tag === undefined });
  }

  /** An anchor and a tag, in either order. */
  #properties(): Properties {
    let anchor: string | undefined;
    let tag: string | undefined;
    for (let token = this.#peek(); ; token = this.#next()) {
      if (token.kind === "anchor" && anchor === undefined) anchor = token.name;
      else if (token.kind === "tag" && tag === undefined) tag = this.#handles.fullTag(token.tag, token.start);
      else return { anchor, tag };
    }
  }

  #named<T extends Node>({ anchor }: Properties, node: T): T {
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    return node;
  }

  #enter(token: Token): void {
    this.#depth += 1;
    if (this.#depth > bounds.depth) this.#fail("nested too deeply", token);
  }

  #sequence({ start }: Token, properties: Properties): SequenceNode {
    return this.#named(properties, { kind: "sequence", items: [], start });
  }

  #mapping({ start }: Token, properties: Properties): MappingNode {
    return this.#named(properties, { kind: "mapping", entries: [], start });
  }

  #blockSequence(begin: Token, properties: Properties): Node {
    const node = this.#sequence(begin, properties);
    this.#enter(begin);
    let token = this.#next();
    while (token.kind === "block-entry") {
      const isEmpty = isAnyOf(this.#next(), "block-entry", "block-end");
      node.items.push(isEmpty ? nothing : this.#node(true, false));
      token = this.#peek();
    }
    if (token.kind !== "block-end")
      this.#fail("an item of the list, or its end, is expected here: check the indentation", token);
    this.#scanner.skip();
    this.#depth -= 1;
    return node;
  }

  /** A list whose dashes are in the column of the key before it. */
  #unindentedSequence(begin: Token, properties: Properties): Node {
    const node = this.#sequence(begin, properties);
    this.#enter(begin);
    while (this.#peek().kind === "block-entry") {
      const isEmpty = isAnyOf(this.#next(), "block-entry", "key", "value", "block-end");
      node.items.push(isEmpty ? nothing : this.#node(true, false));
    }
    this.#depth -= 1;
    return node;
  }

  #blockMapping(begin: Token, properties: Properties): Node {
    const node = this.#mapping(begin, properties);
    this.#enter(begin);
    const part = (): Node => (isAnyOf(this.#next(), "key", "value", "block-end") ? nothing : this.#node(true, true));
    let token = this.#next();
    while (token.kind === "key") {
      const key = part();
      node.entries.push([key, this.#peek().kind === "value" ? part() : nothing]);
      token = this.#peek();
    }
    if (token.kind !== "block-end")
      this.#fail("a key, or the end of the mapping, is expected here: check the indentation", token);
    this.#scanner.skip();
    this.#depth -= 1;
    return node;
  }

  /** Goes to the next entry of a flow collection; undefined at its end. */
  #nextEntry(isFirst: boolean, end: "flow-sequence-end" | "flow-mapping-end"): Token | undefined {
    let token = this.#peek();
    if (token.kind !== end && !isFirst) {
      if (token.kind !== "flow-entry")
        this.#fail(`a comma or ${end === "flow-sequence-end" ? "]" : "}"} is expected here`, token);
      token = this.#next();
    }
    return token.kind === end ? undefined : token;
  }

  #flowSequence(begin: Token, properties: Properties): Node {
    const node = this.#sequence(begin, properties);
    this.#enter(begin);
    this.#scanner.skip();
    for (;;) {
      const token = this.#nextEntry(node.items.length === 0, "flow-sequence-end");
      if (token === undefined) break;
      node.items.push(token.kind === "key" ? this.#pair(token) : this.#node(false, false));
    }
    this.#scanner.skip();
    this.#depth -= 1;
    return node;
  }

  /** A key with its value that is in a flow list without braces. */
  #pair(begin: Token): Node {
    const ends = ["flow-entry", "flow-sequence-end"] as const;
    let key: Node = nothing;
    // go-yaml leaves the token after an empty key out, whatever it is.
    if (isAnyOf(this.#next(), "value", ...ends)) this.#scanner.skip();
    else key = this.#node(false, false);
    return { kind: "mapping", entries: [[key, this.#flowValue(ends)]], start: begin.start };
  }

  #flowMapping(begin: Token, properties: Properties): Node {
    const node = this.#mapping(begin, properties);
    const ends = ["flow-entry", "flow-mapping-end"] as const;
    this.#enter(begin);
    this.#scanner.skip();
    for (;;) {
      const token = this.#nextEntry(node.entries.length === 0, "flow-mapping-end");
      if (token === undefined) break;
      if (token.kind === "key") {
        const key = isAnyOf(this.#next(), "value", ...ends) ? nothing : this.#node(false, false);
        node.entries.push([key, this.#flowValue(ends)]);
      } else node.entries.push([this.#node(false, false), nothing]);
    }
    this.#scanner.skip();
    this.#depth -= 1;
    return node;
  }

  #flowValue(ends: readonly Token["kind"][]): Node {
    if (this.#peek().kind !== "value") return nothing;
    return isAnyOf(this.#next(), ...ends) ? nothing : this.#node(false, false);
  }
}
