import { bareObject } from "../json-object.ts";
import { COLLECTION_STYLE, EVENT_ID, type Event } from "js-yaml";
import { bindAliases, isExcessive } from "./aliases.ts";
import type { Bounds } from "../bounds.ts";
import { checkDirectives } from "./go-yaml-refusals.ts";
import type { Composed, ComposeOptions, Duplicate, Places } from "./composed.ts";
import type { Parsed } from "./repair.ts";
import { eventStart, readEvents } from "./events.ts";
import type { Json } from "../manifest.ts";
import { Scalars } from "./scalars.ts";
import { checkTabs } from "./tabs.ts";
import { YamlError } from "./yaml-error.ts";

type MutableObject = Record<string, Json>;

/** Reads any document, through the events of js-yaml. Throws a `YamlError`. */
export function composeEvents(text: string, bounds: Bounds, options: ComposeOptions = {}): Composed {
  const composer = new Composer(readEvents(text, bounds, options.json === true), text, bounds, options);
  try {
    return composer.compose();
  } catch (error) {
    if (error instanceof RangeError) throw new YamlError("nested too deeply", text, 0);
    throw error;
  }
}

class Composer {
  private readonly parsed: Parsed;
  private readonly text: string;
  private readonly given: string;
  private readonly events: readonly Event[];
  private readonly bounds: Bounds;
  private readonly json: boolean;
  private readonly scalars: Scalars;
  private readonly places: Places | undefined;
  private readonly duplicates: Duplicate[] = [];
  private at = 0;
  private decoded = 1;
  private fromAliases = 0;
  private aliases: ReadonlyMap<number, number> | undefined;
  private readonly open = new Set<number>();
  private flows = 0;

  constructor(parsed: Parsed, given: string, bounds: Bounds, options: ComposeOptions) {
    this.parsed = parsed;
    this.text = parsed.text;
    this.given = given;
    this.events = parsed.events;
    this.bounds = bounds;
    this.json = options.json === true;
    this.scalars = new Scalars(parsed, given, bounds, options);
    this.places = options.places;
  }

  compose(): Composed {
    const { duplicates } = this;
    const document = this.events[0];
    if (document === undefined || document.type !== EVENT_ID.DOCUMENT)
      return { value: null, start: 0, duplicates, ignoredFrom: undefined };
    this.scalars.directives = document.directives;
    checkDirectives(this.text, document.directives, this.given);
    if (!this.json && this.text.includes("\t")) checkTabs(this.events, this.text);
    // Unknown anchors are refused wherever they stand, so all aliases are bound first.
    if (this.text.includes("*") || this.text.includes("&")) this.aliases = bindAliases(this.events, this.text);
    this.at = 1;
    const start = this.placeOf(this.events[1]!, 0);
    const value = this.node();
    // Behind the end of the first document and the beginning of the second stands the second's node.
    const next = this.events[this.at + 2];
    const second = next === undefined ? -1 : this.placeOf(next, -1);
    const ignoredFrom = this.parsed.rest ?? (second === -1 ? undefined : second);
    return { value, start, duplicates, ignoredFrom };
  }

  private placeOf(event: Event, otherwise: number): number {
    const start = eventStart(event);
    return start < 0 ? otherwise : this.parsed.original(start);
  }

  private fail(reason: string, event: Event): never {
    throw new YamlError(reason, this.given, this.placeOf(event, 0));
  }

  /** Notes where the value at `at` begins; one that is not written stands where its key does. */
  private note(holder: object, key: string | number, otherwise: number): void {
    let places = this.places?.get(holder);
    if (places === undefined) this.places?.set(holder, (places = new Map()));
    places?.set(key, this.placeOf(this.events[this.at]!, otherwise));
  }

  private count(event: Event): void {
    this.decoded += 1;
    if (this.open.size > 0) this.fromAliases += 1;
    if (this.fromAliases > 100 && isExcessive(this.decoded, this.fromAliases, this.bounds.aliasShare))
      this.fail("document contains excessive aliasing", event);
  }

  /** The node at `at`; afterwards `at` is behind it. */
  private node(): Json {
    const event = this.events[this.at]!;
    switch (event.type) {
      case EVENT_ID.SCALAR: {
        this.count(event);
        this.at += 1;
        return this.scalars.value(event, this.flows > 0);
      }
      case EVENT_ID.MAPPING: {
        const object = bareObject();
        this.mapping(object);
        return object;
      }
      case EVENT_ID.SEQUENCE: {
        this.count(event);
        this.at += 1;
        const items: Json[] = [];
        if (event.style === COLLECTION_STYLE.FLOW) this.flows += 1;
        while (this.events[this.at]!.type !== EVENT_ID.POP) {
          if (this.places !== undefined) this.note(items, items.length, this.placeOf(event, 0));
          items.push(this.node());
        }
        if (event.style === COLLECTION_STYLE.FLOW) this.flows -= 1;
        this.at += 1;
        return items;
      }
      case EVENT_ID.ALIAS:
        return this.alias(event, () => this.node());
      case EVENT_ID.DOCUMENT:
      case EVENT_ID.POP:
        this.fail("did not find expected node content", event);
    }
  }

  /** Runs `read` with `at` on the node that the alias at `at` stands for. */
  private alias<T>(event: Event, read: () => T): T {
    const index = this.at;
    const target = this.aliases!.get(index)!;
    this.count(event);
    if (this.open.has(index)) {
      const name = event.type === EVENT_ID.ALIAS ? this.text.slice(event.anchorStart, event.anchorEnd) : "";
      this.fail(`anchor '${name}' value contains itself`, event);
    }
    this.open.add(index);
    this.at = target;
    const { flows } = this;
    this.flows = 0;
    const value = read();
    this.flows = flows;
    this.open.delete(index);
    this.at = index + 1;
    return value;
  }

  /** Adds the mapping at `at` to the object. `merged` is set while the keys come from a merge. */
  private mapping(object: MutableObject, into?: Set<string>): void {
    const mapping = this.events[this.at]!;
    this.count(mapping);
    this.at += 1;
    const isFlow = mapping.type === EVENT_ID.MAPPING && mapping.style === COLLECTION_STYLE.FLOW;
    if (isFlow) this.flows += 1;
    let merged = into;
    for (;;) {
      const event = this.events[this.at]!;
      if (event.type === EVENT_ID.POP) break;
      if (event.type === EVENT_ID.SCALAR && this.scalars.isMerge(event)) {
        this.at += 1;
        merged ??= new Set();
        this.merge(object, merged);
        continue;
      }
      const key = this.key(event);
      if (this.places !== undefined) this.note(object, key, this.placeOf(event, 0));
      const value = this.node();
      if (into !== undefined) into.add(key);
      else if (key in object && merged?.delete(key) !== true)
        this.duplicates.push({ key, offset: this.placeOf(event, 0) });
      object[key] = value;
    }
    if (isFlow) this.flows -= 1;
    this.at += 1;
  }

  /** A merge writes over the keys that stand before it, and the first of a list wins, because go-yaml merges it last. */
  private merge(object: MutableObject, merged: Set<string>): void {
    const event = this.events[this.at]!;
    if (event.type !== EVENT_ID.SEQUENCE) {
      this.mergeOne(object, merged);
      return;
    }
    const starts: number[] = [];
    this.at += 1;
    while (this.events[this.at]!.type !== EVENT_ID.POP) {
      starts.push(this.at);
      this.skip();
    }
    const end = this.at + 1;
    for (const start of starts.toReversed()) {
      this.at = start;
      this.mergeOne(object, merged);
    }
    this.at = end;
  }

  private mergeOne(object: MutableObject, merged: Set<string>): void {
    const event = this.events[this.at]!;
    const target = event.type === EVENT_ID.ALIAS ? this.events[this.aliases!.get(this.at)!]! : event;
    if (target.type !== EVENT_ID.MAPPING) this.fail("map merge requires map or sequence of maps as the value", event);
    if (event.type === EVENT_ID.ALIAS) this.alias(event, () => this.mapping(object, merged));
    else this.mapping(object, merged);
  }

  private skip(): void {
    let depth = 0;
    do {
      const { type } = this.events[this.at]!;
      if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth += 1;
      else if (type === EVENT_ID.POP) depth -= 1;
      this.at += 1;
    } while (depth > 0);
  }

  private key(event: Event): string {
    if (event.type === EVENT_ID.SCALAR) {
      this.count(event);
      this.at += 1;
      this.scalars.checkKey(event, this.flows > 0);
      return this.scalars.key(event, this.flows > 0);
    }
    if (event.type === EVENT_ID.ALIAS) return this.alias(event, () => this.aliasedKey(this.events[this.at]!));
    this.fail("invalid map key: a mapping or a sequence (a template that is not rendered?)", event);
  }

  private aliasedKey(event: Event): string {
    if (event.type !== EVENT_ID.SCALAR) return this.key(event);
    this.count(event);
    this.at += 1;
    return this.scalars.key(event, this.flows > 0);
  }
}
