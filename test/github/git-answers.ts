import { execFileSync } from "node:child_process";

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const person = { date: "2026-01-01T00:00:00Z", name: "Test", email: "test@example.com" };

/** What GitHub's API says of the objects of a real repository. */
export class GitAnswers {
  private readonly folder: string;
  private readonly url: string;

  constructor(folder: string, url: string) {
    this.folder = folder;
    this.url = url;
  }

  tree(id: string, isRecursive: boolean, isTruncating: boolean): Answer {
    const output = this.git("ls-tree", "-z", ...(isRecursive ? ["-r", "-t"] : []), id).toString("utf8");
    const rows = output
      .split("\0")
      .filter(Boolean)
      .map((row) => {
        const [, mode, type, sha, path] = /^(\d+) (\w+) ([0-9a-f]+)\t(.*)$/s.exec(row)!;
        return { path, mode, type, sha };
      });
    const isCut = isRecursive && isTruncating;
    return { status: 200, body: { sha: id, url: this.url, tree: isCut ? rows.slice(0, 1) : rows, truncated: isCut } };
  }

  blob(id: string): Answer {
    const bytes = this.git("cat-file", "blob", id);
    return {
      status: 200,
      body: {
        content: bytes.toString("base64"),
        encoding: "base64",
        url: this.url,
        sha: id,
        size: bytes.length,
        node_id: "B",
      },
    };
  }

  commit(id: string): Answer {
    const parents = this.git("log", "-1", "--format=%P", id).toString("utf8").trim().split(" ").filter(Boolean);
    const at = (sha: string): object => ({ sha, url: this.url, html_url: this.url });
    return {
      status: 200,
      body: {
        ...at(id),
        node_id: "C",
        author: person,
        committer: person,
        message: "change",
        tree: { sha: id, url: this.url },
        parents: parents.map(at),
        verification: { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null },
      },
    };
  }

  private listed(sha: string): object {
    return {
      url: this.url,
      sha,
      node_id: "C",
      html_url: this.url,
      comments_url: this.url,
      commit: {
        url: this.url,
        author: person,
        committer: person,
        message: "change",
        comment_count: 0,
        tree: { sha, url: this.url },
      },
      author: null,
      committer: null,
      parents: [],
    };
  }

  /** The commit of a branch of the repository itself. */
  named(name: string): Answer {
    try {
      return { status: 200, body: this.listed(this.git("rev-parse", "--verify", name).toString("utf8").trim()) };
    } catch {
      return { status: 404, body: { message: "Not Found" } };
    }
  }

  /** What two commits have in common; of branches those of the repository itself. */
  compare(base: string, head: string): Answer {
    const listed = (sha: string): object => this.listed(sha);
    try {
      const name = (...args: readonly string[]): string =>
        this.git(...args)
          .toString("utf8")
          .trim();
      const places = ["url", "html_url", "permalink_url", "diff_url", "patch_url"].map((key) => [key, this.url]);
      return {
        status: 200,
        body: {
          ...Object.fromEntries(places),
          base_commit: listed(name("rev-parse", base)),
          merge_base_commit: listed(name("merge-base", base, head)),
          status: "diverged",
          ahead_by: 1,
          behind_by: 1,
          total_commits: 1,
          commits: [listed(name("rev-parse", head))],
        },
      };
    } catch {
      return { status: 404, body: { message: "Not Found" } };
    }
  }

  ref(name: string): Answer {
    try {
      const sha = this.git("rev-parse", "--verify", `refs/${name}`).toString("utf8").trim();
      return {
        status: 200,
        body: { ref: `refs/${name}`, node_id: "R", url: this.url, object: { type: "commit", sha, url: this.url } },
      };
    } catch {
      return { status: 404, body: { message: "Not Found" } };
    }
  }

  /** Blobs in one process, and nothing for what is none: a query may ask for a hundred. */
  contentsOf(ids: readonly string[]): (Buffer | undefined)[] {
    const output = this.gitWith(ids.map((id) => `${id}\n`).join(""), "cat-file", "--batch");
    let start = 0;
    return ids.map(() => {
      const end = output.indexOf(0x0a, start);
      const [, type, length] = output.subarray(start, end).toString("latin1").split(" ");
      const size = Number(length);
      start = end + size + 2;
      return type === "blob" ? output.subarray(end + 1, end + 1 + size) : undefined;
    });
  }

  private git(...args: readonly string[]): Buffer {
    return this.gitWith("", ...args);
  }

  private gitWith(input: string, ...args: readonly string[]): Buffer {
    return execFileSync("git", args, {
      cwd: this.folder,
      input,
      stdio: ["pipe", "pipe", "ignore"],
      maxBuffer: 256 * 1024 * 1024,
    });
  }
}
