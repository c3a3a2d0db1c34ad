import { getScalarValue, SCALAR_STYLE, type ScalarEvent } from "js-yaml";
import type { Bounds } from "../bounds.ts";
import type { ComposeOptions } from "./composed.ts";
import { endsWithoutBreak, hasColon, isExplicitKey, spansLines, wrongEscape } from "./go-yaml-refusals.ts";
import type { Parsed } from "./repair.ts";
import type { Json } from "../manifest.ts";
import {
  keyText,
  readTag,
  resolvePlain,
  resolveTagged,
  tags,
  toJson,
  type Directives,
  type Resolved,
} from "./resolve.ts";
import { YamlError } from "./yaml-error.ts";

/** What the scalars of one text mean, as values and as keys. */
export class Scalars {
  /** Of the document, for tags that it abbreviates. */
  directives: Directives = [];
  private readonly parsed: Parsed;
  private readonly text: string;
  private readonly given: string;
  private readonly bounds: Bounds;
  private readonly json: boolean;
  private readonly textKeys: boolean;
  private readonly hasOldBreaks: boolean;

  constructor(parsed: Parsed, given: string, bounds: Bounds, { json = false, textKeys = false }: ComposeOptions) {
    this.parsed = parsed;
    this.text = parsed.text;
    this.given = given;
    this.bounds = bounds;
    this.json = json;
    this.textKeys = textKeys;
    this.hasOldBreaks = !json && /[\u2028\u2029]/.test(given);
  }

  private fail(reason: string, event: ScalarEvent): never {
    throw new YamlError(reason, this.given, this.parsed.original(Math.max(0, event.valueStart)));
  }

  /** Whether a key merges the value behind it into its mapping. */
  isMerge(event: ScalarEvent): boolean {
    if (event.valueEnd - event.valueStart !== 2 || this.text.charCodeAt(event.valueStart) !== 60) return false;
    if (this.text.charCodeAt(event.valueStart + 1) !== 60) return false;
    const tag = event.tagStart < 0 ? "" : readTag(this.text.slice(event.tagStart, event.tagEnd), this.directives);
    return tag === tags.merge || ((tag === "" || tag === "!") && (event.style === SCALAR_STYLE.PLAIN || tag === "!"));
  }

  /** go-yaml reads a key without `?` only when it stands on one line and its colon is not far. */
  checkKey(event: ScalarEvent, inFlow: boolean): void {
    if (
      inFlow &&
      event.style === SCALAR_STYLE.PLAIN &&
      /^:[,[\]{}]/.test(this.text.slice(event.valueEnd, event.valueEnd + 2))
    )
      this.fail("in a flow collection a blank must follow the colon", event);
    if ((event.fast && event.valueEnd - event.valueStart <= this.bounds.keyLength) || this.json || event.valueStart < 0)
      return;
    if (isExplicitKey(this.text, event) || !hasColon(this.text, event)) return;
    if (event.valueEnd - event.valueStart > this.bounds.keyLength)
      this.fail(`a key longer than ${this.bounds.keyLength} characters needs a ? before it`, event);
    if (spansLines(this.text, event)) this.fail("a key must stand on one line", event);
  }

  key(event: ScalarEvent, inFlow: boolean): string {
    if (this.textKeys && event.tagStart < 0) return this.quoted(event);
    const resolved = this.resolve(event, inFlow);
    const key = typeof resolved === "string" ? resolved : keyText(resolved);
    return key ?? this.fail("null, or a whole number beyond 64 bits, cannot be a map key", event);
  }

  value(event: ScalarEvent, inFlow: boolean): Json {
    const resolved = this.resolve(event, inFlow);
    if (typeof resolved === "string") return resolved;
    const value = toJson(resolved.value);
    if (value === undefined) this.fail(`${resolved.value} cannot be written as JSON`, event);
    return value;
  }

  /** A string is its own meaning; everything else comes with its tag. */
  private resolve(event: ScalarEvent, inFlow: boolean): Resolved | string {
    const { text } = this;
    if (event.tagStart >= 0) return this.tagged(event);
    if (event.style !== SCALAR_STYLE.PLAIN) return this.quoted(event);
    const plain =
      event.valueStart < 0 ? "" : event.fast ? text.slice(event.valueStart, event.valueEnd) : this.decode(event);
    if (inFlow && !this.json && (plain.includes("?") || plain.startsWith(":")))
      this.fail("text in a flow collection needs quotes when it holds ? or begins with :", event);
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
    const value = this.decode(event);
    const block = event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK;
    // js-yaml ends a block scalar with a line break even where the text ends without one; go-yaml does not.
    return block && endsWithoutBreak(text, event) && value.endsWith("\n") ? value.slice(0, -1) : value;
  }

  /**
   * U+2028 and U+2029 end a line like any break, so the parser saw a line feed there; but folding keeps them, where it
   * makes a blank of a line feed.
   */
  private decode(event: ScalarEvent): string {
    const { text, given, parsed } = this;
    const isBlock = event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK;
    if (!this.hasOldBreaks || isBlock || event.fast) return getScalarValue(text, event);
    const raw = given.slice(parsed.original(event.valueStart), parsed.original(event.valueEnd));
    const kept = raw.replaceAll("\u0085", "\n").replaceAll(/[ \t]*([\u2028\u2029])[ \t]*/g, "$1");
    return getScalarValue(kept, { ...event, valueStart: 0, valueEnd: kept.length });
  }
}
