import { EVENT_ID, getScalarValue, SCALAR_STYLE, type Event, type ScalarEvent } from "js-yaml";
import { bindAliases, isExcessive } from "./aliases.ts";
import type { Bounds } from "./bounds.ts";
import { checkDirectives, endsWithoutBreak, isExplicitKey, wrongEscape } from "./checks.ts";
import { eventStart, readEvents, type Parsed } from "./events.ts";
import type { Json } from "./manifest.ts";
import {
  double,
  keyText,
  readTag,
  resolvePlain,
  resolveTagged,
  tags,
  type Directives,
  type Resolved,
} from "./resolve.ts";
import { checkTabs } from "./tabs.ts";
import { YamlError } from "./yaml-error.ts";

type MutableObject = Record<string, Json>;

export interface Duplicate {
  readonly key: string;
  readonly offset: number;
}

export interface Composed {
  readonly value: Json;
  /** Where the value begins in the given text. */
  readonly start: number;
  /** Offsets in the given text, and names, of keys that stand twice in one mapping. */
  readonly duplicates: readonly Duplicate[];
  /** Offset of text after the first document, which kubectl does not read. */
  readonly ignoredFrom: number | undefined;
}

/** For each object and list, where its values begin: offsets in the given text. */
export type Places = Map<object, Map<string | number, number>>;

export interface ComposeOptions {
  /** The text is known to be JSON, which allows what go-yaml refuses. */
  readonly json?: boolean;
  /** Filled in while composing. */
  readonly places?: Places;
}

/** One YAML document with go-yaml v2 meaning, as sigs.k8s.io/yaml makes JSON of it. Throws a `YamlError`. */
export function compose(text: string, bounds: Bounds, { json = false, places }: ComposeOptions = {}): Composed {
  const composer = new Composer(readEvents(text, bounds, json), text, bounds, json, places);
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
  private readonly places: Places | undefined;
  private readonly duplicates: Duplicate[] = [];
  private at = 0;
  private decoded = 1;
  private fromAliases = 0;
  private aliases: ReadonlyMap<number, number> | undefined;
  private readonly open = new Set<number>();
  private directives: Directives = [];

  constructor(parsed: Parsed, given: string, bounds: Bounds, json: boolean, places: Places | undefined) {
    this.parsed = parsed;
    this.text = parsed.text;
    this.given = given;
    this.events = parsed.events;
    this.bounds = bounds;
    this.json = json;
    this.places = places;
  }

  compose(): Composed {
    const { duplicates } = this;
    const document = this.events[0];
    if (document === undefined || document.type !== EVENT_ID.DOCUMENT)
      return { value: null, start: 0, duplicates, ignoredFrom: undefined };
    this.directives = document.directives;
    checkDirectives(this.text, document.directives, this.given);
    if (!this.json && this.text.includes("\t")) checkTabs(this.events, this.text);
    // Unknown anchors are refused wherever they stand, so all aliases are bound first.
    if (this.text.includes("*") || this.text.includes("&")) this.aliases = bindAliases(this.events, this.text);
    this.at = 1;
    const start = this.placeOf(this.events[1]!, 0);
    const value = this.node();
    // Behind the end of the first document and the beginning of the second stands the second's node.
    const next = this.events[this.at + 2];
    const ignoredFrom = next === undefined ? undefined : this.placeOf(next, this.given.length);
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
    if (this.fromAliases > 100 && isExcessive(this.decoded, this.fromAliases))
      this.fail("document contains excessive aliasing", event);
  }

  /** The node at `at`; afterwards `at` is behind it. */
  private node(): Json {
    const event = this.events[this.at]!;
    switch (event.type) {
      case EVENT_ID.SCALAR: {
        this.count(event);
        this.at += 1;
        return this.scalar(event);
      }
      case EVENT_ID.MAPPING: {
        const object = Object.create(null) as MutableObject;
        this.mapping(object);
        return object;
      }
      case EVENT_ID.SEQUENCE: {
        this.count(event);
        this.at += 1;
        const items: Json[] = [];
        while (this.events[this.at]!.type !== EVENT_ID.POP) {
          if (this.places !== undefined) this.note(items, items.length, this.placeOf(event, 0));
          items.push(this.node());
        }
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
    const value = read();
    this.open.delete(index);
    this.at = index + 1;
    return value;
  }

  /** Adds the mapping at `at` to the object. `merged` is set while the keys come from a merge. */
  private mapping(object: MutableObject, into?: Set<string>): void {
    this.count(this.events[this.at]!);
    this.at += 1;
    let merged = into;
    for (;;) {
      const event = this.events[this.at]!;
      if (event.type === EVENT_ID.POP) break;
      if (event.type === EVENT_ID.SCALAR && this.isMerge(event)) {
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
    this.at += 1;
  }

  private isMerge(event: ScalarEvent): boolean {
    if (event.valueEnd - event.valueStart !== 2 || this.text.charCodeAt(event.valueStart) !== 60) return false;
    if (this.text.charCodeAt(event.valueStart + 1) !== 60) return false;
    const tag = event.tagStart < 0 ? "" : readTag(this.text.slice(event.tagStart, event.tagEnd), this.directives);
    return tag === tags.merge || ((tag === "" || tag === "!") && (event.style === SCALAR_STYLE.PLAIN || tag === "!"));
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
      return this.keyOf(event);
    }
    if (event.type === EVENT_ID.ALIAS) return this.alias(event, () => this.key(this.events[this.at]!));
    this.fail("invalid map key: a mapping or a sequence (a template that is not rendered?)", event);
  }

  private keyOf(event: ScalarEvent): string {
    if (event.valueEnd - event.valueStart > this.bounds.keyLength && !this.json && !isExplicitKey(this.text, event))
      this.fail(`a key longer than ${this.bounds.keyLength} characters needs a ? before it`, event);
    const resolved = this.resolve(event);
    const key = typeof resolved === "string" ? resolved : keyText(resolved);
    return key ?? this.fail("null, or a whole number beyond 64 bits, cannot be a map key", event);
  }

  private scalar(event: ScalarEvent): Json {
    const resolved = this.resolve(event);
    if (typeof resolved === "string") return resolved;
    const { value } = resolved;
    if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
    if (!Number.isFinite(value)) this.fail(`${value} cannot be written as JSON`, event);
    return double(value);
  }

  /** A string is its own meaning; everything else comes with its tag. */
  private resolve(event: ScalarEvent): Resolved | string {
    const { text } = this;
    if (event.tagStart >= 0) return this.tagged(event);
    if (event.style !== SCALAR_STYLE.PLAIN) return this.quoted(event);
    const plain =
      event.valueStart < 0
        ? ""
        : event.fast
          ? text.slice(event.valueStart, event.valueEnd)
          : getScalarValue(text, event);
    return resolvePlain(plain) ?? plain;
  }

  private tagged(event: ScalarEvent): Resolved | string {
    const tag = readTag(this.text.slice(event.tagStart, event.tagEnd), this.directives);
    const raw = this.quoted(event);
    if (tag === "" && event.style === SCALAR_STYLE.PLAIN) return resolvePlain(raw) ?? raw;
    if (tag === "") return raw;
    try {
      return resolveTagged(tag, raw);
    } catch (error) {
      if (error instanceof SyntaxError) this.fail(error.message, event);
      throw error;
    }
  }

  private quoted(event: ScalarEvent): string {
    const { text } = this;
    if (event.valueStart < 0) return "";
    if (event.style === SCALAR_STYLE.DOUBLE_QUOTED && !event.fast && !this.json) {
      const wrong = wrongEscape(text, event.valueStart, event.valueEnd);
      if (wrong !== -1)
        throw new YamlError("found invalid Unicode character escape code", this.given, this.parsed.original(wrong));
    }
    const value = getScalarValue(text, event);
    const block = event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK;
    // js-yaml ends a block scalar with a line break even where the text ends without one; go-yaml does not.
    return block && endsWithoutBreak(text, event) && value.endsWith("\n") ? value.slice(0, -1) : value;
  }
}
