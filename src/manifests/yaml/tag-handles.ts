import type { Cursor } from "./cursor.ts";
import { coreTags } from "./resolve.ts";
import type { Directive, Tag } from "./tokens.ts";

/** What the directives of a document say, and the tags that they abbreviate. */
export class TagHandles {
  readonly #cursor: Cursor;
  readonly #prefixes = new Map<string, string>();
  #hasVersion = false;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  declare(directive: Directive, at: number): void {
    if (directive.kind === "version") {
      if (this.#hasVersion) this.#cursor.fail("%YAML stands twice", at);
      if (directive.version !== "1.1")
        this.#cursor.fail(`%YAML ${directive.version} is not read by kubectl, which knows 1.1 only`, at);
      this.#hasVersion = true;
    } else if (this.#prefixes.has(directive.handle)) this.#cursor.fail(`%TAG ${directive.handle} stands twice`, at);
    else this.#prefixes.set(directive.handle, directive.prefix);
  }

  fullTag({ handle, suffix }: Tag, at: number): string {
    if (handle === "") return suffix;
    const prefix = this.#prefixes.get(handle) ?? (handle === "!" ? "!" : handle === "!!" ? coreTags : undefined);
    // Not by its name: a password that begins with ! and lacks its quotes is read as a tag.
    return (prefix ?? this.#cursor.fail("no %TAG declares the handle of this tag", at)) + suffix;
  }
}
