import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { devNull } from "node:os";
import { join } from "node:path";
import { findProgram } from "../find-program.ts";
import { InputError } from "../input-error.ts";
import type { Repository } from "./repository.ts";
import { defaultSilenceMs, Silence } from "./silence.ts";

/**
 * Variables that point git at another repository, index or set of objects, or that name a program to run. A hook sets
 * some of them for the repository that it runs in; the folder that the run started in decides here.
 */
const dropped = new Set([
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_COMMON_DIR",
  "GIT_NAMESPACE",
  "GIT_PREFIX",
  "GIT_EXTERNAL_DIFF",
  "GIT_DIFF_OPTS",
  "GIT_PAGER",
  "GIT_EDITOR",
  "GIT_GRAFT_FILE",
  "GIT_SHALLOW_FILE",
  "GIT_REPLACE_REF_BASE",
  "GIT_ATTR_SOURCE",
  "GIT_LITERAL_PATHSPECS",
  "GIT_GLOB_PATHSPECS",
  "GIT_NOGLOB_PATHSPECS",
  "GIT_ICASE_PATHSPECS",
]);

/** Settings of a repository that run programs, or that change what the plumbing prints. */
const settings = [
  "core.fsmonitor=false",
  `core.hooksPath=${devNull}`,
  "core.untrackedCache=false",
  "core.commitGraph=true",
  "diff.relative=false",
  "diff.autoRefreshIndex=false",
  "submodule.recurse=false",
  "color.ui=false",
  "gc.auto=0",
  "maintenance.auto=false",
];

/** The environment that git runs in: English messages, no prompts, no locks, no replaced objects. */
function gitEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !dropped.has(name));
  return {
    ...Object.fromEntries(kept),
    LC_ALL: "C",
    LANGUAGE: "",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_NO_LAZY_FETCH: "1",
  };
}

/** What a finished git process left. */
export interface GitResult {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface GitOptions {
  readonly environment?: NodeJS.ProcessEnv;
  /** The folder is trusted whoever owns it: on a runner, another user often made the checkout. */
  readonly isTrusted?: boolean;
  /** For how long git may say nothing, in milliseconds. */
  readonly silenceMs?: number | undefined;
}

/** Starts git in one folder; never through a shell, and without a way to the network unless it is asked for. */
export class Git {
  readonly folder: string;
  /** How many processes were started. */
  processes = 0;
  readonly silenceMs: number;
  #environment: NodeJS.ProcessEnv;
  readonly #isTrusted: boolean;
  readonly #gitFolder: string;
  readonly #program: string | undefined;

  constructor({ root, gitFolder }: Pick<Repository, "root" | "gitFolder">, options: GitOptions = {}) {
    this.folder = root;
    this.#gitFolder = gitFolder;
    const environment = options.environment ?? process.env;
    this.#environment = gitEnvironment(environment);
    this.#program = findProgram("git", environment["PATH"]);
    this.#isTrusted = options.isTrusted === true;
    this.silenceMs = options.silenceMs ?? defaultSilenceMs;
  }

  /** Sets more of the configuration, for all processes after this. Keys may hold any character. */
  configure(rows: readonly (readonly [key: string, value: string])[]): void {
    const count = Number(this.#environment["GIT_CONFIG_COUNT"] ?? 0);
    const more = rows.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${count + index}`, key],
      [`GIT_CONFIG_VALUE_${count + index}`, value],
    ]);
    this.#environment = {
      ...this.#environment,
      ...Object.fromEntries(more),
      GIT_CONFIG_COUNT: String(count + rows.length),
    };
  }

  /** @throws {InputError} where there is no git. */
  start(args: readonly string[], network: "no network" | "network" = "no network"): ChildProcessWithoutNullStreams {
    if (this.#program === undefined)
      throw new InputError("git-missing", "git is not installed, or not in PATH. Install it, or give files instead");
    this.processes += 1;
    const all = [
      ...settings,
      ...(network === "network" ? [] : ["protocol.allow=never"]),
      ...(this.#isTrusted ? [`safe.directory=${this.folder}`] : []),
    ];
    // The paths of a search are patterns, and ours; all others are names, and a stranger's.
    const paths = args[0] === "grep" ? [] : ["--literal-pathspecs"];
    return spawn(this.#program, ["--no-pager", ...paths, ...all.flatMap((one) => ["-c", one]), ...args], {
      cwd: this.folder,
      env: {
        ...this.#environment,
        ...(network === "network" ? { GIT_NO_LAZY_FETCH: "0" } : {}),
        // It compares two trees, but reads the index first, which lists all files: so it is given none.
        ...(args[0] === "diff-tree" ? { GIT_INDEX_FILE: join(this.#gitFolder, "no-index") } : {}),
      },
      stdio: ["pipe", "pipe", "pipe"],
      windowsHide: true,
    });
  }

  /** Runs to the end. Only a git that cannot be started, or says nothing for too long, throws. */
  async run(args: readonly string[], network: "no network" | "network" = "no network"): Promise<GitResult> {
    const child = this.start(args, network);
    child.stdin.on("error", () => undefined);
    child.stdin.end();
    const stdout: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    const silence = new Silence(child, args[0]!, this.silenceMs);
    silence.begin();
    const { status, stderr } = await Promise.race([ended(child), silence.stalled]);
    return { status, stdout: Buffer.concat(stdout), stderr };
  }
}

/** How much is kept of what a process complains about, in characters: git names each file that it could not search. */
export const mostComplaints = 16 * 1024 * 1024;

/** Waits for the end of a process, and keeps the start of what it complained about. */
export async function ended(
  child: ChildProcessWithoutNullStreams,
): Promise<{ readonly status: number; readonly stderr: string }> {
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    if (stderr.length < mostComplaints) stderr += chunk.toString("utf8");
  });
  return await new Promise((resolve, reject) => {
    child.on("error", (error) => reject(new InputError("git-missing", `git cannot be started: ${error.message}`)));
    child.on("close", (code, signal) =>
      resolve({
        status: code ?? 255,
        stderr: withoutCredentials(signal === null ? stderr : `${stderr}\nended by ${signal}`),
      }),
    );
  });
}

/** Remotes may be named with a token in their address, and git repeats them in what it says. */
const withoutCredentials = (text: string): string => text.replaceAll(/(?<=:\/\/)[^\s/?#"']+@/g, "(hidden)@");
