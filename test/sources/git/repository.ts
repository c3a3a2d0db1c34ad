import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { temporaryFolder } from "../../temporary-folder.ts";

const identity = {
  GIT_AUTHOR_NAME: "Test",
  GIT_AUTHOR_EMAIL: "test@example.com",
  GIT_AUTHOR_DATE: "2026-01-01T00:00:00Z",
  GIT_COMMITTER_NAME: "Test",
  GIT_COMMITTER_EMAIL: "test@example.com",
  GIT_COMMITTER_DATE: "2026-01-01T00:00:00Z",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
};

/** A real repository in a folder of its own, gone after the test. */
export class TestRepository {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  git(...args: readonly string[]): string {
    return execFileSync("git", ["-c", "protocol.file.allow=always", ...args], {
      cwd: this.folder,
      env: { ...process.env, ...identity },
      encoding: "utf8",
      stdio: ["pipe", "pipe", "pipe"],
    }).trim();
  }

  /** Writes files; null deletes one. */
  write(files: Readonly<Record<string, string | Uint8Array | null>>): this {
    for (const [name, content] of Object.entries(files)) {
      const path = join(this.folder, name);
      mkdirSync(dirname(path), { recursive: true });
      if (content === null) rmSync(path);
      else writeFileSync(path, content);
    }
    return this;
  }

  commit(files: Readonly<Record<string, string | Uint8Array | null>>, message = "change"): string {
    this.write(files).git("add", "-A");
    this.git("commit", "-q", "--allow-empty", "-m", message);
    return this.git("rev-parse", "HEAD");
  }
}

export function newRepository(context: TestContext, ...options: readonly string[]): TestRepository {
  const repository = new TestRepository(temporaryFolder(context));
  repository.git("init", "-q", "-b", "main", ...options);
  return repository;
}

export function cloneOf(context: TestContext, origin: TestRepository, ...options: readonly string[]): TestRepository {
  const clone = new TestRepository(temporaryFolder(context));
  clone.git("clone", "-q", ...options, `file://${origin.folder}`, ".");
  return clone;
}
