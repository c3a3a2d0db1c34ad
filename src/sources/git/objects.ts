import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { ended, type Git } from "./process.ts";
import { Silence } from "./silence.ts";

/** What `git cat-file --batch` said about one name. */
export type GitObject =
  | { readonly state: "found"; readonly id: string; readonly type: string; readonly bytes: Buffer }
  | { readonly state: "too-large"; readonly id: string; readonly type: string; readonly size: number }
  /** A symbolic link that leads nowhere, or out of the tree. */
  | { readonly state: "broken-link" }
  | { readonly state: "missing" | "ambiguous" };

interface Waiting {
  readonly resolve: (object: GitObject) => void;
  readonly reject: (error: Error) => void;
}

/** A git process that ended before it had answered; `stderr` is what it said. */
export class BrokenOff extends Error {
  readonly stderr: string;
  constructor(stderr: string) {
    super(`git cat-file ended early: ${stderr.trim()}`);
    this.stderr = stderr;
  }
}

const newline = 0x0a;
const lineEnd = Buffer.of(newline);

/** One `git cat-file --batch` for a whole run: objects by id or by name, answered in the order of the questions. */
export class GitObjects {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly maximum: number;
  private readonly waiting: Waiting[] = [];
  private answered = 0;
  private questions: Buffer[] = [];
  private chunks: Buffer[] = [];
  private buffered = 0;
  /** The header of the object whose content is under way. */
  private under: { id: string; type: string; size: number } | undefined;
  /** Bytes of a too large object that are still to be thrown away, with its final newline. */
  private skipping = 0;
  private readonly end: Promise<void>;
  private readonly silence: Silence;
  private failure: Error | undefined;

  constructor(git: Git, maximum: number) {
    this.maximum = maximum;
    this.child = git.start(["cat-file", "--batch", "--follow-symlinks"]);
    this.child.stdin.on("error", () => undefined);
    this.child.stdout.on("data", (chunk: Buffer) => this.take(chunk));
    this.silence = new Silence(this.child, "cat-file", git.silenceMs);
    this.end = Promise.race([ended(this.child), this.silence.stalled]).then(
      ({ stderr }) => this.fail(new BrokenOff(stderr)),
      (error: unknown) => this.fail(error instanceof Error ? error : new Error(String(error))),
    );
  }

  /** A name with a line break cannot be asked for, so it is missing. */
  async read(name: string | Buffer): Promise<GitObject> {
    const line = typeof name === "string" ? Buffer.from(name) : name;
    if (line.includes(newline)) return { state: "missing" };
    if (this.failure !== undefined) throw this.failure;
    return await new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      // All questions of one turn leave in one piece.
      if (this.questions.length === 0) queueMicrotask(() => this.send());
      this.questions.push(line, lineEnd);
    });
  }

  private send(): void {
    this.silence.begin();
    this.child.stdin.write(Buffer.concat(this.questions));
    this.questions = [];
  }

  async close(): Promise<void> {
    if (this.failure === undefined) this.silence.begin();
    this.child.stdin.end();
    await this.end;
  }

  private fail(error: Error): void {
    this.failure = error;
    for (const { reject } of this.waiting.slice(this.answered)) reject(error);
    this.waiting.length = 0;
    this.answered = 0;
  }

  private take(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.buffered += chunk.length;
    while (this.step());
  }

  private step(): boolean {
    if (this.skipping > 0) {
      const taken = Math.min(this.skipping, this.buffered);
      this.consume(taken);
      this.skipping -= taken;
      if (this.skipping > 0) return false;
      const { id, type, size } = this.under!;
      return this.answer({ state: "too-large", id, type, size });
    }
    if (this.under !== undefined) {
      const { id, type, size } = this.under;
      if (this.buffered < size + 1) return false;
      const bytes = this.consume(size + 1).subarray(0, size);
      if (id === "") return this.answer({ state: "broken-link" });
      return this.answer({ state: "found", id, type, bytes });
    }
    return this.header();
  }

  private header(): boolean {
    const all = this.joined();
    const end = all.indexOf(newline);
    if (end === -1) return false;
    const line = this.consume(end + 1).toString("utf8", 0, end);
    const link = /^(?:dangling|loop|notdir|symlink) (\d+)$/.exec(line);
    const match = link === null ? /^([0-9a-f]{40,64}) ([a-z]+) (\d+)$/.exec(line) : ["", "", "link", link[1]!];
    if (match === null) return this.answer({ state: line.endsWith(" ambiguous") ? "ambiguous" : "missing" });
    this.under = { id: match[1]!, type: match[2]!, size: Number(match[3]) };
    if (this.under.size > this.maximum) this.skipping = this.under.size + 1;
    return true;
  }

  private answer(object: GitObject): boolean {
    this.under = undefined;
    this.waiting[this.answered]?.resolve(object);
    this.answered += 1;
    if (this.answered === this.waiting.length) {
      this.waiting.length = 0;
      this.answered = 0;
      this.silence.rest();
    }
    return this.buffered > 0;
  }

  private joined(): Buffer {
    if (this.chunks.length !== 1) this.chunks = [Buffer.concat(this.chunks)];
    return this.chunks[0]!;
  }

  private consume(length: number): Buffer {
    const all = this.joined();
    const taken = all.subarray(0, length);
    this.chunks = [all.subarray(length)];
    this.buffered -= length;
    return taken;
  }
}
