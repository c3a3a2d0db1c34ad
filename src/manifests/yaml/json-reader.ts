import { bounds } from "../bounds.ts";
import { bareObject } from "../json-object.ts";
import type { Json } from "../manifest.ts";
import type { Composed, Duplicate, Places } from "./composed.ts";
import { resolvePlain, toJson } from "./resolve.ts";
import { YamlError } from "./yaml-error.ts";

/** Reads a text that is known to be JSON, which allows what YAML refuses, with the places of its values. */
export function readJson(text: string, places?: Places): Composed {
  const reader = new JsonReader(text, places);
  reader.next();
  const start = reader.at;
  return { value: reader.value(), start, duplicates: reader.duplicates, ignoredFrom: undefined };
}

const token = /[{}[\],:]|"(?:[^"\\]|\\.)*"|[-+.\w]+/y;
const between = /[ \t\r\n]*/y;

class JsonReader {
  readonly duplicates: Duplicate[] = [];
  /** Where the token begins that is to be read next, and its text. */
  at = 0;
  #token = "";
  #end = 0;
  #depth = 0;
  readonly #text: string;
  readonly #places: Places | undefined;

  constructor(text: string, places: Places | undefined) {
    this.#text = text;
    this.#places = places;
  }

  next(): void {
    between.lastIndex = this.#end;
    between.test(this.#text);
    token.lastIndex = between.lastIndex;
    this.at = between.lastIndex;
    this.#token = token.exec(this.#text)?.[0] ?? "";
    this.#end = this.at + this.#token.length;
  }

  value(): Json {
    const { at } = this;
    const first = this.#token[0];
    if (first === "{") return this.#object();
    if (first === "[") return this.#array();
    const text = this.#token;
    this.next();
    if (first === '"') return unpacked(text);
    if (first === "t" || first === "f" || first === "n") return JSON.parse(text) as Json;
    const value = toJson(resolvePlain(text)?.value ?? text);
    if (typeof value !== "number" && typeof value !== "bigint")
      throw new YamlError("the number is beyond what JSON readers hold", this.#text, at);
    return Object.is(value, -0) && text === "-0" ? 0 : value;
  }

  #note(places: Map<string | number, number> | undefined, key: string | number): void {
    places?.set(key, this.#token.startsWith('"') ? this.at + 1 : this.at);
  }

  /** Enters the object or list that begins here. Returns the map that takes the places of its values. */
  #enter(holder: object): Map<string | number, number> | undefined {
    this.#depth += 1;
    if (this.#depth > bounds.depth) throw new YamlError("nested too deeply", this.#text, this.at);
    this.next();
    if (this.#places === undefined) return undefined;
    const places = new Map<string | number, number>();
    this.#places.set(holder, places);
    return places;
  }

  #leave(): void {
    this.#depth -= 1;
    this.next();
  }

  #object(): Json {
    const object = bareObject();
    const places = this.#enter(object);
    while (this.#token !== "}") {
      const key = unpacked(this.#token);
      if (key in object) this.duplicates.push({ key, offset: this.at + 1 });
      this.next();
      this.next();
      this.#note(places, key);
      object[key] = this.value();
      if (this.#token === ",") this.next();
    }
    this.#leave();
    return object;
  }

  #array(): Json {
    const items: Json[] = [];
    const places = this.#enter(items);
    while (this.#token !== "]") {
      this.#note(places, items.length);
      items.push(this.value());
      if (this.#token === ",") this.next();
    }
    this.#leave();
    return items;
  }
}

const loneHalf = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** What a string of JSON says. Go's readers make U+FFFD of half a letter. */
function unpacked(text: string): string {
  return text.includes("\\") ? (JSON.parse(text) as string).replaceAll(loneHalf, "\uFFFD") : text.slice(1, -1);
}
