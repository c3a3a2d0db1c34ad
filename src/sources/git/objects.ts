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

/** What was asked for together. */
interface Waiting {
  /** Names, a letter a byte. */
  readonly names: readonly string[];
  readonly found: GitObject[];
  readonly resolve: (objects: readonly GitObject[]) => void;
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

/**
 * How objects are asked for. To write and read each of 10,000 by itself takes both processes a tenth of a second more than
 * together, at `flush`, which git knows from 2.36 on.
 */
const protocols = [
  {
    option: "--batch-command",
    more: ["--buffer"],
    ask: (names: readonly string[]) => `${names.map((name) => `contents ${name}\n`).join("")}flush\n`,
  },
  { option: "--batch", more: [], ask: (names: readonly string[]) => names.map((name) => `${name}\n`).join("") },
] as const;

/** One `git cat-file` for a whole run: objects by id or by name, answered in the order of the questions. */
export class GitObjects {
  readonly #git: Git;
  readonly #maximum: number;
  #child: ChildProcessWithoutNullStreams;
  #silence: Silence;
  #protocol: (typeof protocols)[number] = protocols[0];
  readonly #waiting: Waiting[] = [];
  #chunks: Buffer[] = [];
  #buffered = 0;
  /** The header of the object whose content is under way. */
  #under: { id: string; type: string; size: number } | undefined;
  /** Bytes of a too large object that are still to be thrown away, with its final newline. */
  #skipping = 0;
  readonly #end: Promise<void>;
  #isClosed = false;
  #failure: Error | undefined;

  constructor(git: Git, maximum: number) {
    this.#git = git;
    this.#maximum = maximum;
    [this.#child, this.#silence] = this.#start();
    this.#end = this.#untilEnd().catch((error: unknown) =>
      this.#fail(error instanceof Error ? error : new Error(String(error))),
    );
  }

  #start(): [ChildProcessWithoutNullStreams, Silence] {
    const { option, more } = this.#protocol;
    const child = this.#git.start(["cat-file", option, ...more, "--follow-symlinks"]);
    child.stdin.on("error", () => undefined);
    child.stdout.on("data", (chunk: Buffer) => this.#take(chunk));
    return [child, new Silence(child, "cat-file", this.#git.silenceMs)];
  }

  async #untilEnd(): Promise<void> {
    const { stderr } = await Promise.race([ended(this.#child), this.#silence.stalled]);
    if (this.#isClosed || !stderr.includes(`unknown option \`${protocols[0].option.slice(2)}'`))
      throw new BrokenOff(stderr);
    this.#protocol = protocols[1];
    [this.#child, this.#silence] = this.#start();
    for (const { names } of this.#waiting) this.#send(names);
    await this.#untilEnd();
  }

  async read(name: string | Buffer): Promise<GitObject> {
    const [object] = await this.readAll([name]);
    return object!;
  }

  /** A name with a line break cannot be asked for, so it is missing. */
  async readAll(names: readonly (string | Buffer)[]): Promise<readonly GitObject[]> {
    const lines = names.map((name) => (typeof name === "string" ? Buffer.from(name) : name).toString("latin1"));
    const asked = lines.filter((line) => !line.includes("\n"));
    const found = await this.#answersTo(asked);
    if (asked.length === lines.length) return found;
    let index = 0;
    return lines.map((line) => (line.includes("\n") ? { state: "missing" } : found[index++]!));
  }

  async #answersTo(names: readonly string[]): Promise<readonly GitObject[]> {
    if (this.#failure !== undefined) throw this.#failure;
    if (names.length === 0) return [];
    return await new Promise((resolve, reject) => {
      this.#waiting.push({ names, found: [], resolve, reject });
      this.#send(names);
    });
  }

  #send(names: readonly string[]): void {
    this.#silence.begin();
    this.#child.stdin.write(this.#protocol.ask(names), "latin1");
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#failure === undefined) this.#silence.begin();
    this.#child.stdin.end();
    await this.#end;
  }

  #fail(error: Error): void {
    this.#failure = error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    while (this.#step());
  }

  #step(): boolean {
    if (this.#skipping > 0) {
      const taken = Math.min(this.#skipping, this.#buffered);
      this.#consume(taken);
      this.#skipping -= taken;
      if (this.#skipping > 0) return false;
      const { id, type, size } = this.#under!;
      return this.#answer({ state: "too-large", id, type, size });
    }
    if (this.#under !== undefined) {
      const { id, type, size } = this.#under;
      if (this.#buffered < size + 1) return false;
      const bytes = this.#consume(size + 1).subarray(0, size);
      if (id === "") return this.#answer({ state: "broken-link" });
      return this.#answer({ state: "found", id, type, bytes });
    }
    return this.#header();
  }

  #header(): boolean {
    const all = this.#joined();
    const end = all.indexOf(newline);
    if (end === -1) return false;
    const line = this.#consume(end + 1).toString("utf8", 0, end);
    const link = /^(?:dangling|loop|notdir|symlink) (\d+)$/.exec(line);
    const match = link === null ? /^([0-9a-f]{40,64}) ([a-z]+) (\d+)$/.exec(line) : ["", "", "link", link[1]!];
    if (match === null) return this.#answer({ state: line.endsWith(" ambiguous") ? "ambiguous" : "missing" });
    this.#under = { id: match[1]!, type: match[2]!, size: Number(match[3]) };
    if (this.#under.size > this.#maximum) this.#skipping = this.#under.size + 1;
    return true;
  }

  #answer(object: GitObject): boolean {
    this.#under = undefined;
    const [first] = this.#waiting;
    first?.found.push(object);
    if (first !== undefined && first.found.length === first.names.length) {
      this.#waiting.shift();
      first.resolve(first.found);
      if (this.#waiting.length === 0) this.#silence.rest();
    }
    return this.#buffered > 0;
  }

  #joined(): Buffer {
    if (this.#chunks.length !== 1) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0]!;
  }

  #consume(length: number): Buffer {
    const all = this.#joined();
    const taken = all.subarray(0, length);
    this.#chunks = [all.subarray(length)];
    this.#buffered -= length;
    return taken;
  }
}
