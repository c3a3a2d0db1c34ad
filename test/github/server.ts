import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { problemsOf } from "./description.ts";
import { type Answer, GitAnswers } from "./git-answers.ts";

/** What goes wrong with a request: an answer of its own, a cut connection, or nothing at all for a while. */
export interface Fault {
  readonly method: string;
  readonly path: RegExp;
  readonly times: number;
  /** How many requests like that go well before. */
  readonly after?: number;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** The write takes effect first. */
  readonly isAfter?: boolean;
  readonly isCut?: boolean;
  readonly delay?: number;
}

interface StoredComment {
  readonly id: number;
  body: string;
  readonly login: string;
  readonly type: "Bot" | "User";
  updated: number;
}

const examples = createRequire(import.meta.url)("@octokit/webhooks-examples") as unknown as readonly {
  readonly name: string;
  readonly examples: readonly Record<string, unknown>[];
}[];
/** Payloads of an event, as GitHub sends them. */
export const payloadsOf = (name: string): readonly Record<string, unknown>[] =>
  examples.find((one) => one.name === name)?.examples ?? [];
const pullTemplate = payloadsOf("pull_request")[0]?.["pull_request"] as { readonly head: object };
const template = payloadsOf("issue_comment").find(({ action }) => action === "created")?.["comment"] as Record<
  string,
  unknown
>;

/** GitHub on this machine: comments, labels, pages, trees and blobs of a real repository, and faults on demand. */
export class GitHubServer {
  readonly requests: string[] = [];
  readonly problems: string[] = [];
  readonly comments: StoredComment[] = [];
  readonly labels = new Set<string>();
  readonly faults: Fault[] = [];
  /** Open pull requests. */
  readonly pulls: { readonly number: number; readonly owner: string; readonly branch: string; readonly sha: string }[] =
    [];
  login = "github-actions[bot]";
  /** What GraphQL calls the user of the token; the same, unless it says otherwise. */
  viewer: string | undefined;
  /** Files that are said to have 101 MB. */
  readonly huge = new Set<string>();
  /** Recursive lists of trees are cut. */
  isTruncating = false;
  /** Runs once, when a comment has been created. */
  onCreate: (() => void) | undefined;
  url = "";
  private readonly folder: string;
  private readonly left = new Map<Fault, number>();
  private readonly passed = new Map<Fault, number>();
  private next = 1000;

  constructor(folder: string) {
    this.folder = folder;
  }

  async start(context: { readonly after: (end: () => void) => void }): Promise<this> {
    const server: Server = createServer((request, response) => {
      void this.serve(request, response);
    });
    // Nobody is cut off for being slow: what is asked again would be counted twice.
    server.keepAliveTimeout = 0;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    context.after(() => {
      server.closeAllConnections();
      server.close();
    });
    return this;
  }

  add(body: string, login = "somebody", type: "Bot" | "User" = "User"): StoredComment {
    const comment = { id: this.next++, body, login, type, updated: Date.now() };
    this.comments.push(comment);
    return comment;
  }

  count(pattern: RegExp): number {
    return this.requests.filter((line) => pattern.test(line)).length;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.url);
    const method = request.method ?? "GET";
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString("utf8");
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    this.requests.push(`${method} ${url.pathname}${url.search}`);
    const fault = this.faults.find((one) => {
      if (one.method !== method || !one.path.test(url.pathname) || (this.left.get(one) ?? one.times) <= 0) return false;
      const passed = this.passed.get(one) ?? 0;
      this.passed.set(one, passed + 1);
      return passed >= (one.after ?? 0);
    });
    if (fault !== undefined) {
      this.left.set(fault, (this.left.get(fault) ?? fault.times) - 1);
      if (fault.isAfter === true) this.answer(method, url, body);
      if (fault.delay !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delay));
      if (fault.isCut === true) return void request.socket.destroy();
      if (fault.status !== undefined)
        return send(response, {
          status: fault.status,
          body: fault.body ?? { message: "fault" },
          ...(fault.headers === undefined ? {} : { headers: fault.headers }),
        });
    }
    const answer = this.answer(method, url, body);
    if (!url.pathname.endsWith("/graphql"))
      this.problems.push(
        ...problemsOf(method, decodeURIComponent(url.pathname).replace(/^\/api\/v3/, ""), body, answer),
      );
    send(response, answer);
  }

  private answer(method: string, url: URL, body: unknown): Answer {
    const path = decodeURIComponent(url.pathname).replace(/^(?:\/api\/v3)?\/repos\/[^/]+\/[^/]+/, "");
    const key = `${method} ${path}`;
    const found = (pattern: RegExp): RegExpExecArray | null => pattern.exec(key);
    const id = Number(/issues\/comments\/(\d+)/.exec(path)?.[1]);
    const at = this.comments.findIndex((comment) => comment.id === id);
    let match: RegExpExecArray | null;
    if (found(/^POST .*\/graphql$/) !== null) return this.graphql(body as { query: string });
    if (found(/^GET \/pulls$/) !== null) return this.openPulls(url.searchParams.get("head"));
    if (found(/^GET \/issues\/\d+\/comments$/) !== null) return this.page(url);
    if (found(/^POST \/issues\/\d+\/comments$/) !== null) return this.create((body as { body: string }).body);
    if (found(/^(?:PATCH|DELETE) \/issues\/comments\//) !== null) {
      const comment = this.comments[at];
      if (comment === undefined) return { status: 404, body: { message: "Not Found" } };
      if (method === "DELETE") {
        this.comments.splice(at, 1);
        return { status: 204, body: undefined };
      }
      const text = (body as { body: string }).body;
      if (text.length > 65_536) return tooLong;
      comment.body = text;
      comment.updated = Date.now();
      return { status: 200, body: this.shown(comment) };
    }
    if (found(/^POST \/issues\/\d+\/labels$/) !== null) {
      for (const label of (body as { labels: string[] }).labels) this.labels.add(label);
      return { status: 200, body: [] };
    }
    if ((match = found(/^DELETE \/issues\/\d+\/labels\/(.+)$/)) !== null)
      return this.labels.delete(match[1]!)
        ? { status: 200, body: [] }
        : { status: 404, body: { message: "Label does not exist" } };
    if ((match = found(/^GET \/git\/trees\/([0-9a-f]+)$/)) !== null)
      return this.git().tree(match[1]!, url.searchParams.has("recursive"), this.isTruncating);
    if ((match = found(/^GET \/git\/blobs\/([0-9a-f]+)$/)) !== null) return this.git().blob(match[1]!);
    if ((match = found(/^GET \/git\/commits\/([0-9a-f]+)$/)) !== null) return this.git().commit(match[1]!);
    if ((match = found(/^GET \/commits\/(.+)$/)) !== null) return this.git().named(match[1]!);
    if ((match = found(/^GET \/compare\/(.+?)\.\.\.(.+)$/)) !== null) return this.git().compare(match[1]!, match[2]!);
    if ((match = found(/^GET \/git\/ref\/(.+)$/)) !== null) return this.git().ref(match[1]!);
    return { status: 404, body: { message: "Not Found" } };
  }

  private openPulls(from: string | null): Answer {
    const asked = this.pulls.filter(({ owner, branch }) => from === null || from === `${owner}:${branch}`);
    const body = asked.map(({ number, branch, sha }) => ({
      auto_merge: null,
      ...pullTemplate,
      number,
      head: { ...pullTemplate.head, ref: branch, sha },
    }));
    return { status: 200, body };
  }

  private git(): GitAnswers {
    return new GitAnswers(this.folder, this.url);
  }

  private page(url: URL): Answer {
    const size = Number(url.searchParams.get("per_page") ?? 30);
    const page = Number(url.searchParams.get("page") ?? 1);
    const since = Date.parse(url.searchParams.get("since") ?? "1970-01-01");
    const all = this.comments.filter(({ updated }) => updated >= since);
    const last = Math.max(1, Math.ceil(all.length / size));
    const link = (target: number, rel: string): string => {
      const address = new URL(url);
      address.searchParams.set("page", String(target));
      return `<${address.href}>; rel="${rel}"`;
    };
    const links = page < last ? [link(page + 1, "next"), link(last, "last")] : [];
    return {
      status: 200,
      body: all.slice((page - 1) * size, page * size).map((comment) => this.shown(comment)),
      ...(links.length === 0 ? {} : { headers: { link: links.join(", ") } }),
    };
  }

  private create(text: string): Answer {
    if (text.length > 65_536) return tooLong;
    const comment = this.add(text, this.login, this.login.endsWith("[bot]") ? "Bot" : "User");
    this.onCreate?.();
    this.onCreate = undefined;
    return { status: 201, body: this.shown(comment) };
  }

  private shown({ id, body, login, type, updated }: StoredComment): object {
    const user = { ...(template["user"] as object), login, type };
    return { ...template, id, body, user, updated_at: new Date(updated).toISOString(), performed_via_github_app: null };
  }

  private graphql({ query }: { query: string }): Answer {
    if (query.includes("viewer"))
      return { status: 200, body: { data: { viewer: { login: this.viewer ?? this.login } } } };
    const fields = [...query.matchAll(/(b\d+): object\(oid: "([0-9a-f]+)"\)/g)];
    const contents = this.git().contentsOf(fields.map(([, , id]) => id!));
    const blobs = fields.map(([, name, id], index) => {
      const bytes = contents[index];
      // Of the fields of a blob, another object has none.
      if (bytes === undefined) return [name, {}];
      const text = bytes.toString("utf8");
      if (this.huge.has(id!))
        return [name, { text: null, isTruncated: true, isBinary: false, byteSize: 101 * 1024 * 1024 }];
      const isBinary = bytes.includes(0);
      const isTruncated = bytes.length > 512_000;
      return [name, { text: isBinary ? null : text.slice(0, 512_000), isTruncated, isBinary, byteSize: bytes.length }];
    });
    return { status: 200, body: { data: { repository: Object.fromEntries(blobs) as object } } };
  }
}

const tooLong: Answer = {
  status: 422,
  body: {
    message: "Validation Failed",
    documentation_url: "",
    errors: [
      {
        resource: "IssueComment",
        code: "unprocessable",
        field: "data",
        message: "Body is too long (maximum is 65536 characters)",
      },
    ],
  },
};

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
