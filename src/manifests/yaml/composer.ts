import { bareObject } from "../json-object.ts";
import type { Json } from "../manifest.ts";
import { AliasShare } from "./alias-share.ts";
import type { ComposeOptions, Duplicate, Places } from "./composed.ts";
import type { AliasNode, MappingNode, Node, ScalarNode } from "./nodes.ts";
import { keyText, type Resolved, resolvePlain, resolveTagged, tags, toJson } from "./resolve.ts";
import { YamlError } from "./yaml-error.ts";

type MutableObject = Record<string, Json>;

/** Makes JSON of a document's nodes as go-yaml v2 decodes them (`decode.go`) and sigs.k8s.io/yaml writes them. */
export class Composer {
  readonly duplicates: Duplicate[] = [];
  readonly #text: string;
  readonly #share: AliasShare;
  readonly #textKeys: boolean;
  readonly #places: Places | undefined;
  /** Aliases that are being followed. */
  readonly #open = new Set<AliasNode>();

  constructor(text: string, { textKeys = false, places }: ComposeOptions) {
    this.#text = text;
    this.#share = new AliasShare();
    this.#textKeys = textKeys;
    this.#places = places;
  }

  value(node: Node): Json {
    switch (node.kind) {
      case "scalar":
        this.#count(node);
        return this.#scalar(node);
      case "mapping": {
        const object = bareObject();
        this.#mapping(node, object);
        return object;
      }
      case "sequence": {
        this.#count(node);
        const items: Json[] = [];
        for (const item of node.items) {
          this.#note(items, items.length, item, node.start);
          items.push(this.value(item));
        }
        return items;
      }
      case "alias":
        return this.#follow(node, () => this.value(node.target));
    }
  }

  #fail(reason: string, { start }: Node): never {
    throw new YamlError(reason, this.#text, Math.max(0, start));
  }

  /** Notes where a value begins; one that is not written is where its key does. */
  #note(holder: object, key: string | number, { start }: Node, otherwise: number): void {
    if (this.#places === undefined) return;
    let places = this.#places.get(holder);
    if (places === undefined) this.#places.set(holder, (places = new Map()));
    places.set(key, start < 0 ? Math.max(0, otherwise) : start);
  }

  #count(node: Node): void {
    if (this.#share.add(this.#open.size > 0)) this.#fail("document contains excessive aliasing", node);
  }

  #follow<T>(alias: AliasNode, read: () => T): T {
    this.#count(alias);
    if (this.#open.has(alias)) this.#fail(`anchor '${alias.name}' value contains itself`, alias);
    this.#open.add(alias);
    const value = read();
    this.#open.delete(alias);
    return value;
  }

  /** Adds the mapping to the object. `into` is set while the keys come from a merge. */
  #mapping(node: MappingNode, object: MutableObject, into?: Set<string>): void {
    this.#count(node);
    let merged = into;
    for (const [keyNode, valueNode] of node.entries) {
      if (isMerge(keyNode)) {
        merged ??= new Set();
        this.#merge(valueNode, object, merged);
        continue;
      }
      const key = this.#key(keyNode);
      this.#note(object, key, valueNode, keyNode.start);
      const value = this.value(valueNode);
      if (into !== undefined) into.add(key);
      else if (key in object && merged?.delete(key) !== true)
        this.duplicates.push({ key, offset: Math.max(0, keyNode.start) });
      object[key] = value;
    }
  }

  /** A merge writes over the keys that are before it, and the first of a list wins, because go-yaml merges it last. */
  #merge(node: Node, object: MutableObject, merged: Set<string>): void {
    if (node.kind !== "sequence") this.#mergeOne(node, object, merged);
    else for (const one of node.items.toReversed()) this.#mergeOne(one, object, merged);
  }

  #mergeOne(node: Node, object: MutableObject, merged: Set<string>): void {
    const target = node.kind === "alias" ? node.target : node;
    if (target.kind !== "mapping") this.#fail("map merge requires map or sequence of maps as the value", node);
    if (node.kind === "alias") this.#follow(node, () => this.#mapping(target, object, merged));
    else this.#mapping(target, object, merged);
  }

  #key(node: Node): string {
    if (node.kind === "alias") return this.#follow(node, () => this.#key(node.target));
    if (node.kind !== "scalar") this.#fail("invalid map key: a mapping or a sequence", node);
    this.#count(node);
    if (this.#textKeys && node.tag === "") return node.text;
    const resolved = this.#resolve(node);
    const key = typeof resolved === "string" ? resolved : keyText(resolved);
    return key ?? this.#fail("null, or a whole number beyond 64 bits, cannot be a map key", node);
  }

  #scalar(node: ScalarNode): Json {
    const resolved = this.#resolve(node);
    if (typeof resolved === "string") return resolved;
    const value = toJson(resolved.value);
    return value === undefined ? this.#fail(`${resolved.value} cannot be written as JSON`, node) : value;
  }

  /** A string is its own meaning; everything else comes with its tag. */
  #resolve(node: ScalarNode): Resolved | string {
    const { tag, text } = node;
    if (tag === "") return (node.isPlain ? resolvePlain(text) : undefined) ?? text;
    try {
      return resolveTagged(tag, text);
    } catch (error) {
      if (error instanceof SyntaxError) this.#fail(error.message, node);
      throw error;
    }
  }
}

const isMerge = (node: Node): boolean =>
  node.kind === "scalar" && node.text === "<<" && (node.isPlain || node.tag === tags.merge);
