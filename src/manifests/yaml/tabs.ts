import { COLLECTION_STYLE, EVENT_ID, SCALAR_STYLE, type Event, type ScalarEvent } from "js-yaml";
import { YamlError } from "./yaml-error.ts";

const tab = 9;
const message = "found a tab where only spaces may indent";

/**
 * go-yaml takes a tab for white space only where no key may begin: behind a token on its line, and in flow collections.
 * js-yaml also lets it stand behind `- ` and `? `, before comments and on blank lines. This refuses those.
 */
export function checkTabs(events: readonly Event[], text: string): void {
  new TabCheck(events, text).run();
}

class TabCheck {
  private readonly events: readonly Event[];
  private readonly text: string;
  /** Columns of the open block collections; -1 for open flow collections. */
  private readonly open: number[] = [];
  private flows = 0;
  private end = 0;
  private last: ScalarEvent | undefined;
  private mayBeginKey = true;
  /** The column from which on tabs may follow the last plain scalar. */
  private indent = 0;

  constructor(events: readonly Event[], text: string) {
    this.events = events;
    this.text = text;
  }

  run(): void {
    for (let index = 1; index < this.events.length; index += 1) {
      const event = this.events[index]!;
      switch (event.type) {
        case EVENT_ID.SCALAR:
          if (event.valueStart < 0) break;
          this.gap(event.valueStart);
          this.end =
            event.valueEnd +
            (event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED ? 1 : 0);
          this.last = event;
          this.indent = (this.open.at(-1) ?? -1) + 1;
          this.mayBeginKey = false;
          this.checkBlock(event);
          break;
        case EVENT_ID.ALIAS:
          this.gap(event.anchorStart - 1);
          this.end = event.anchorEnd;
          this.mayBeginKey = false;
          break;
        case EVENT_ID.MAPPING:
        case EVENT_ID.SEQUENCE:
          this.begin(event.start, event.style === COLLECTION_STYLE.FLOW);
          break;
        case EVENT_ID.POP:
          if (this.open.length === 0) {
            this.gap(this.documentEnd());
            return;
          }
          this.close();
          break;
        case EVENT_ID.DOCUMENT:
          return;
      }
    }
  }

  private begin(start: number, isFlow: boolean): void {
    if (start > this.end) this.gap(start);
    if (isFlow) {
      this.flows += 1;
      this.mayBeginKey = false;
      this.open.push(-1);
      if (start >= this.end) this.end = start + (/[{[]/.test(this.text[start]!) ? 1 : 0);
      this.last = undefined;
    } else
      this.open.push(
        start - 1 - Math.max(this.text.lastIndexOf("\n", start - 1), this.text.lastIndexOf("\r", start - 1)),
      );
  }

  private close(): void {
    if (this.open.pop() !== -1) return;
    this.flows -= 1;
    this.last = undefined;
    const closing = /(?:[\s,:?]|(?<=\s)#[^\r\n]*)*[\]}]/y;
    closing.lastIndex = this.end;
    if (closing.test(this.text)) this.end = closing.lastIndex;
  }

  private documentEnd(): number {
    const mark = /^(?:---|\.\.\.)(?:\s|$)/m.exec(this.text.slice(this.end));
    return mark === null ? this.text.length : this.end + mark.index;
  }

  /** Between the last token and the next. */
  private gap(to: number): void {
    const { text } = this;
    let at = this.end;
    if (this.flows > 0) this.mayBeginKey = false;
    else if (text.slice(at, to).includes("\t")) {
      if (this.last?.style === SCALAR_STYLE.PLAIN && this.last.valueEnd === at) at = this.afterPlain(at, to);
      for (; at < to; at += 1) {
        const letter = text.charCodeAt(at);
        if (letter === tab && this.mayBeginKey) throw new YamlError(message, text, at);
        if (letter === 10 || letter === 13) this.mayBeginKey = true;
        else if (letter === 35) at = this.lineEnd(at, to) - 1;
        else if (letter === 45 || letter === 63) this.mayBeginKey &&= /\s/.test(text[at + 1] ?? " ");
        else if (letter !== 32 && letter !== tab) this.mayBeginKey = false;
      }
    } else if (/[\r\n]/.test(text.slice(at, to))) this.mayBeginKey = true;
    this.last = undefined;
    this.end = to;
  }

  /** White space behind a plain scalar is read with it, and there tabs count by their column. */
  private afterPlain(from: number, to: number): number {
    let column = -1;
    for (let at = from; at < to; at += 1) {
      const letter = this.text.charCodeAt(at);
      if (letter === 10 || letter === 13) {
        column = 0;
        this.mayBeginKey = true;
      } else if (letter !== 32 && letter !== tab) return at;
      else if (letter === tab && column !== -1 && column < this.indent) throw new YamlError(message, this.text, at);
      else if (column !== -1) column += 1;
    }
    return to;
  }

  /** A block scalar whose indentation is not given must show it with blanks on its first line. */
  private checkBlock({ style, valueStart }: ScalarEvent): void {
    if (style !== SCALAR_STYLE.LITERAL_BLOCK && style !== SCALAR_STYLE.FOLDED_BLOCK) return;
    const indicator = this.text.lastIndexOf(style === SCALAR_STYLE.LITERAL_BLOCK ? "|" : ">", valueStart - 1);
    if (/^.[-+]?[1-9]/.test(this.text.slice(indicator, valueStart))) return;
    const first = /[ \r\n]*\t/y;
    first.lastIndex = valueStart;
    if (first.test(this.text)) throw new YamlError(message, this.text, first.lastIndex - 1);
  }

  private lineEnd(from: number, to: number): number {
    const end = /[\r\n]|$/g;
    end.lastIndex = from;
    return Math.min(end.exec(this.text)?.index ?? to, to);
  }
}
